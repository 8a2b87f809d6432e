"""What is photographed of the desk: cases, the rooms of curation, an article's tabs, coaching.

A coaching plan is made in the first picture of it and looked at in the others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.poses import (
    Shot,
    Step,
    clicked,
    previewed,
    quoted,
    unfolded,
    waited,
    wrong_password,
)

TYPED = {"de": "wlan langsam", "en": "wifi slow"}
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
AREAS = (
    "today",
    "gaps",
    "articles",
    "categories",
    "words",
    "corrections",
    "tips",
    "waiting",
    "findings",
    "answers",
    "corrections/flags",
    "evaluations",
    "evaluations/questions/new",
)
PARTS = ("review", "history")
SETTINGS = ("health", "beside", "phrases", "settings")
CURATION = "/desk/curation"
_SEND = "button[formaction$='/sending'], form[action$='/sending'] .button"
_SIDEBAR = "#assist .offers, #assist .empty"


@dataclass(frozen=True)
class Desk:
    """What of the demo shows well at the desk, in one language."""

    case: int
    coached: int
    """The case that is coached."""
    article: str
    """The public id of an article with pictures and steps."""


def of_desk(locale: str, desk: Desk) -> Iterator[Shot]:
    """Yield what agents and editors see."""
    yield from _cases(locale, desk)
    yield from _coaching(desk)
    yield from _curation()
    yield from _article(locale, desk)


def _cases(locale: str, desk: Desk) -> Iterator[Shot]:
    case = f"/desk/cases/{desk.case}"
    yield Shot("desk-sign-in", f"/desk/sign-in?language={locale}")
    yield Shot("desk-sign-in-wrong", f"/desk/sign-in?language={locale}", wrong_password)
    yield _room("desk", "/desk/cases")
    yield _room("desk-nothing", "/desk/cases?words=xyzzy", is_dark=False)
    yield _room("desk-account", "/desk/cases", unfolded(".account"), is_dark=False)
    yield _room("desk-helped", "/desk/helped")
    yield _room("desk-case", case, _beside)
    yield _room("desk-quoted", case, quoted(TYPED[locale]), is_dark=False)
    yield _room("desk-solve", f"{case}/solution", is_dark=False)
    yield _room("desk-solve-kept", f"{case}/solution", previewed(*ESSENCES[locale]), is_dark=False)
    yield _room("desk-missing", "/desk/cases/999999", is_dark=False)


def _coaching(desk: Desk) -> Iterator[Shot]:
    case = f"/desk/cases/{desk.coached}"
    yield _room("desk-plan", case, _begun)
    yield _room("desk-coached", case, _sent)
    yield _room("coaching", case, _looked_at)
    yield _room("coaching-failure", case, _shown("failure"), is_dark=False)
    yield _room("coaching-help", case, _shown("help"), is_dark=False)


def _curation() -> Iterator[Shot]:
    for area in AREAS:
        yield _room(f"desk-{area.replace('/', '-')}", f"{CURATION}/{area}")
    yield _room("desk-areas", f"{CURATION}/corrections", unfolded(".areas"), is_dark=False)
    yield _room("desk-gap", f"{CURATION}/gaps", _first("main a[href*='/gaps/']"))
    yield _room("desk-finding", f"{CURATION}/findings", _first("main a[href*='/findings/']"))
    yield _room("desk-new-article", f"{CURATION}/articles/new", is_dark=False)


def _article(locale: str, desk: Desk) -> Iterator[Shot]:
    article = f"{CURATION}/articles/{desk.article}"
    yield _room("desk-editor", f"{article}/{locale}", waited("#preview--pane .prose"))
    yield _room(
        "desk-hints", f"{article}/{locale}", clicked("[data-pane=hints]", ".hint"), is_dark=False
    )
    for part in PARTS:
        yield _room(f"desk-{part}", f"{article}/{locale}/{part}", is_dark=False)
    for part in SETTINGS:
        yield _room(f"desk-{part}", f"{article}/{part}", is_dark=False)


def _room(name: str, path: str, then: Step | None = None, *, is_dark: bool = True) -> Shot:
    return Shot(name, path, then, is_of_desk=True, in_the_dark=is_dark)


def _beside(page: Page) -> None:
    """Wait for what stands beside a case; what hardly fits is folded away."""
    page.wait_for_selector(_SIDEBAR, state="attached")


def _first(link: str) -> Step:
    """Follow the first of these."""

    def step(page: Page) -> None:
        address = page.locator(link).first.get_attribute("href")
        page.goto(address or "")

    return step


def _begun(page: Page) -> None:
    """Make a plan of the first suggestion, or look again at one that is begun."""
    if page.locator("a[href*='/coaching/']").count():
        _first("a[href*='/coaching/']")(page)
        return
    page.locator("form[action$='/coaching'] button").first.click()
    page.wait_for_url(re.compile(r"/coaching/\d+$"))


def _sent(page: Page) -> None:
    if not page.locator("a[href^='/de/coaching/'], a[href^='/en/coaching/']").count():
        _begun(page)
        page.locator("input[name=level][value=steps]").check()
        page.locator(_SEND).last.click()
        page.wait_for_url(re.compile(r"#coached$"))


def _looked_at(page: Page) -> None:
    _sent(page)
    _first("a[href^='/de/coaching/'], a[href^='/en/coaching/']")(page)


def _shown(screen: str) -> Step:
    """Open a form on the customer's screen."""

    def step(page: Page) -> None:
        _looked_at(page)
        page.goto(f"{page.url.split('?')[0]}?show={screen}")

    return step
