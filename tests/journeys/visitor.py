"""A person with a browser; what must never happen on a page is noted down while they visit it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from desk import i18n
from kb.config import Locale
from tests.running import PASSWORD, Lotse

PHONE = (360, 740)
DESKTOP = (1280, 900)
NARROWEST = 320
GRAVE = {"serious", "critical"}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
AXE = Axe()
SETTLED = """() => new Promise(resolve => setTimeout(() => resolve(
  !document.querySelector(".htmx-request, .htmx-settling, .htmx-swapping")), 60))"""


@dataclass(frozen=True)
class Person:
    """Who visits: the language they read, the screen they have, whether scripts run on it."""

    locale: Locale = "de"
    screen: tuple[int, int] = PHONE
    has_scripts: bool = True


class Visitor:
    """Somebody on the site."""

    def __init__(self, browser: Browser, lotse: Lotse, person: Person) -> None:
        self._lotse = lotse
        self.person = person
        self.t = i18n.words(person.locale)
        width, height = person.screen
        self.context: BrowserContext = browser.new_context(
            base_url=lotse.url,
            viewport={"width": width, "height": height},
            locale=person.locale,
            java_script_enabled=person.has_scripts,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(20_000)
        self.context.on("request", self._note_request)
        self.context.on("console", self._note_complaint)
        self.context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self.faults: list[str] = []
        self.page: Page = self.context.new_page()

    def go(self, path: str) -> None:
        """Open a page, and look at it."""
        self.page.goto(path)
        self.look()

    def look(self) -> None:
        """Find every grave barrier, and what sticks out of a very narrow screen."""
        self._settle()
        where = self.page.url.removeprefix(self._lotse.url)
        if self.person.has_scripts:
            found = AXE.run(self.page, options=RULES).response["violations"]
            self.faults += [_told(where, one) for one in found if one["impact"] in GRAVE]
        width, height = self.person.screen
        self.page.set_viewport_size({"width": NARROWEST, "height": height})
        reaches = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size({"width": width, "height": height})
        if reaches > NARROWEST:
            self.faults.append(f"{where} is {reaches} px wide on a screen of {NARROWEST}")

    def _settle(self) -> None:
        """Wait until nothing is under way any more; streams of news stay open and do not count."""
        self.page.wait_for_load_state("load")
        if self.person.has_scripts:
            self.page.wait_for_function(SETTLED)

    def sign_in(self) -> None:
        """Sign in as the agent of this language."""
        self.go("/desk")
        self.page.get_by_label(self.t("sign_in.login")).fill(self.person.locale)
        self.page.get_by_label(self.t("sign_in.password")).fill(PASSWORD)
        self.page.get_by_role("button", name=self.t("sign_in.submit")).click()
        self.page.wait_for_url("**/desk/cases*")
        self.look()

    def press(self, key: str) -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=self.t(key), exact=True).first.click()

    def follow(self, key: str) -> None:
        """Follow the link with these words in the middle of the page, and look."""
        self.page.locator("main").get_by_role("link", name=self.t(key)).first.click()
        self.look()

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self._lotse.url}/", "data:")):
            self.faults.append(f"asked {request.url}")

    def _note_complaint(self, message: ConsoleMessage) -> None:
        is_about_a_form = any(f"status of {code}" in message.text for code in (409, 422))
        if message.type in {"error", "warning"} and not is_about_a_form:
            self.faults.append(f"{message.page and message.page.url}: {message.text}")


@contextmanager
def visiting(browser: Browser, lotse: Lotse) -> Iterator[Callable[[Person], Visitor]]:
    """Let people visit; in the end nothing may have gone wrong on any page they saw."""
    visitors: list[Visitor] = []

    def start(person: Person) -> Visitor:
        visitors.append(Visitor(browser, lotse, person))
        return visitors[-1]

    yield start
    faults = [fault for visitor in visitors for fault in visitor.faults]
    for visitor in visitors:
        visitor.context.close()
    assert faults == [], faults


def _told(where: str, violation: dict[str, Any]) -> str:
    places = [node["html"][:160] for node in violation["nodes"][:3]]
    return f"{where}: {violation['id']} ({violation['impact']}) {places}"
