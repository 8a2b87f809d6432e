"""Photographs every page at 360 and 1280 pixels, in German and English, light and some dark.

    python tests/shots.py [--out var/shots] [--only PATTERN]

The demo is served from a copy of `var/shots-home`, which is prepared once. The pictures are for
looking at: `index.html` shows them side by side.
"""

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright
from sqlmodel import Session, col, select

from kb.cases.models import Case, CaseState
from kb.config import LOCALES
from kb.db import stored_id
from tests.running import PASSWORD, Lotse, chromium, furnish

WIDTHS = {360: 740, 1280: 900}
QUESTIONS = {
    "de": "Wie ändere ich mein WLAN-Passwort?",
    "en": "How do I move my eSIM to a new phone?",
}
NO_ANSWERS = {"de": "Verkaufen Sie auch Waschmaschinen?", "en": "Do you sell washing machines?"}
TYPED = {"de": "wlan langsam", "en": "wifi slow"}
TROUBLES = {
    "de": "Seit gestern blinkt mein Router rot und das Internet geht nicht mehr.",
    "en": "Since yesterday my router blinks red and the internet is gone.",
}
ESSENCES = {
    "de": (
        "Jana Petersen, 0171 3920014: Seit heute morgen rotes Licht, kein Internet.",
        "Der Router war zurückzusetzen: Reset-Loch 10 Sekunden drücken.",
    ),
    "en": (
        "Jane Peters, 0171 3920014: red light since this morning, no internet.",
        "The router had to be reset: press the reset hole for 10 seconds.",
    ),
}
IN_THE_DARK = ("start", "answer", "article", "desk-case")

Step = Callable[[Page], None]


@dataclass(frozen=True)
class Shot:
    """A page: where it is, and what to do there before the picture."""

    name: str
    path: str
    then: Step | None = None
    is_of_desk: bool = False


@dataclass(frozen=True)
class Sitters:
    """Cases of the demo that show well, by language."""

    private_link: str
    desk_case: int


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("var/shots"))
    parser.add_argument("--only", default="", help="Names to take, as a regular expression.")
    wanted = parser.parse_args()
    browser_path = chromium()
    if browser_path is None:
        sys.exit("There is no chromium to take pictures with.")
    kept = Lotse(wanted.out.resolve().parent / "shots-home")
    furnish(kept)
    wanted.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        lotse = Lotse(Path(shutil.copytree(kept.home, Path(folder, "home"))))
        sitters = {locale: _sitters(lotse, locale) for locale in LOCALES}
        with lotse.serving(), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
            )
            for locale in LOCALES:
                shots = list(_shots(locale, sitters[locale]))
                for width in WIDTHS:
                    _take(browser, lotse, shots, _Setting(locale, width, wanted))
            browser.close()
    _contact_sheet(wanted.out)


def _sitters(lotse: Lotse, locale: str) -> Sitters:
    """Choose a case that waits for its customer, and a fresh one for the agent."""
    engine = lotse.engine()
    with Session(engine) as session:
        newest = select(Case).where(Case.locale == locale).order_by(col(Case.id))
        waiting = session.exec(newest.where(Case.state == CaseState.WAITING)).first()
        unfinished = col(Case.state).in_([CaseState.OPEN, CaseState.NEW])
        first = session.exec(newest.where(unfinished)).first()
    engine.dispose()
    if waiting is None or first is None:
        raise RuntimeError(f"the demo has no case to show in {locale}")
    return Sitters(waiting.public_id, stored_id(first.id))


def _shots(locale: str, sitters: Sitters) -> Iterator[Shot]:
    here, case = f"/{locale}", f"/desk/cases/{sitters.desk_case}"
    article = {"de": "wlan-langsam", "en": "slow-wifi"}[locale]
    search = f"{here}/search?question="
    yield Shot("start", f"{here}/")
    yield Shot("typing", f"{here}/", _typed("#question", TYPED[locale], ".offer-line"))
    yield Shot("answer", search + QUESTIONS[locale])
    yield Shot("feedback", search + QUESTIONS[locale], _clicked("[value=no]", ".missing"))
    yield Shot("no-answer", search + NO_ANSWERS[locale])
    yield Shot("category", f"{here}/categories/internet")
    yield Shot("article", f"{here}/articles/{article}")
    yield Shot("contact", f"{here}/contact")
    yield Shot(
        "contact-suggestions",
        f"{here}/contact",
        _typed("#message", TROUBLES[locale], "#suggestions .hit"),
    )
    yield Shot("contact-errors", f"{here}/contact", _clicked("#contact-form > .button", ".notice"))
    yield Shot("case", f"{here}/cases/{sitters.private_link}")
    yield Shot("missing", f"{here}/articles/no-such-article")
    yield Shot("sign-in", "/desk/sign-in")
    yield Shot("sign-in-wrong", "/desk/sign-in", _wrong_password)
    for which in ("open", "mine", "waiting", "solved"):
        yield Shot(f"desk-{which}", f"/desk/cases?list={which}", is_of_desk=True)
    yield Shot("desk-nothing", "/desk/cases?words=xyzzy", is_of_desk=True)
    yield Shot("desk-case", case, _waited(".offer"), is_of_desk=True)
    yield Shot("desk-quoted", case, _quoted(TYPED[locale]), is_of_desk=True)
    yield Shot("desk-solve", f"{case}/solution", is_of_desk=True)
    yield Shot(
        "desk-solve-kept", f"{case}/solution", _previewed(*ESSENCES[locale]), is_of_desk=True
    )


def _typed(field: str, text: str, awaited: str) -> Step:
    def step(page: Page) -> None:
        page.fill(field, text)
        page.wait_for_selector(awaited)

    return step


def _clicked(what: str, awaited: str) -> Step:
    def step(page: Page) -> None:
        page.locator(what).first.click()
        page.wait_for_selector(awaited)

    return step


def _waited(awaited: str) -> Step:
    def step(page: Page) -> None:
        page.wait_for_selector(awaited)

    return step


def _quoted(words: str) -> Step:
    """Search in the sidebar, and put what is found into the reply."""

    def step(page: Page) -> None:
        page.fill("#assist-words", words)
        page.press("#assist-words", "Enter")
        page.locator(".offer__actions [form=reply-form]").first.click()
        page.wait_for_selector("#reply[data-announce]")

    return step


def _wrong_password(page: Page) -> None:
    page.fill("#login", "somebody")
    page.fill("#password", "not this one")
    page.click("#sign-in-form button")
    page.wait_for_selector(".notice")


def _previewed(problem: str, resolution: str) -> Step:
    def step(page: Page) -> None:
        page.check("[name=outcome] >> nth=0")
        page.fill("#essence-problem", problem)
        page.fill("#essence-resolution", resolution)
        page.locator("#solution [type=submit]").first.click()
        page.wait_for_selector("#kept")

    return step


@dataclass(frozen=True)
class _Setting:
    locale: str
    width: int
    wanted: argparse.Namespace

    def target(self, name: str, *, dark: bool) -> Path:
        shade = "-dark" if dark else ""
        return Path(self.wanted.out, f"{name}-{self.locale}-{self.width}{shade}.png")


def _take(browser: Browser, lotse: Lotse, shots: list[Shot], setting: _Setting) -> None:
    for dark in (False, True):
        context = browser.new_context(
            base_url=lotse.url,
            viewport={"width": setting.width, "height": WIDTHS[setting.width]},
            locale=setting.locale,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        chosen = [shot for shot in shots if not dark or shot.name in IN_THE_DARK]
        chosen = [shot for shot in chosen if re.search(setting.wanted.only, shot.name)]
        for shot in sorted(chosen, key=lambda one: one.is_of_desk):
            if shot.is_of_desk and not context.cookies():
                _sign_in(page, setting.locale)
            page.goto(shot.path)
            if shot.then is not None:
                shot.then(page)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=setting.target(shot.name, dark=dark), full_page=True)
        context.close()


def _sign_in(page: Page, locale: str) -> None:
    page.goto("/desk/sign-in")
    page.fill("#login", locale)
    page.fill("#password", PASSWORD)
    page.click("#sign-in-form button")
    page.wait_for_url("**/desk/cases*")


def _contact_sheet(folder: Path) -> None:
    """Write a page with every picture."""
    figures = "".join(
        f'<figure><a href="{path.name}"><img src="{path.name}" alt="" height="420"></a>'
        f"<figcaption>{path.stem}</figcaption></figure>"
        for path in sorted(folder.glob("*.png"))
    )
    style = "body{font:14px sans-serif;display:flex;flex-wrap:wrap}img{border:1px solid #ccc}"
    head = f'<!doctype html><meta charset="utf-8"><title>Lotse</title><style>{style}</style>'
    Path(folder, "index.html").write_text(head + figures)


if __name__ == "__main__":
    main()
