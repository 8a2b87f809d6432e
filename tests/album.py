"""What is photographed: every page and state, of customers and of the desk, in one language.

A state that has to be brought about is brought about by the page itself, as people do it: a Step
types and clicks. Steps leave traces, so the pages they change come last.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page
from sqlmodel import Session, col, select

from kb.access import Role
from kb.cases.models import Case, CaseState
from kb.config import LOCALES, Locale
from kb.db import stored_id, transaction
from kb.people import actions, queries
from tests.running import PASSWORD, Lotse

Step = Callable[[Page], None]

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
ANGRY = {
    "de": "Das ist eine Frechheit, seit drei Tagen kein Internet und niemand hilft mir!",
    "en": "This is outrageous, three days without internet and nobody helps me!",
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
SLOW = {"de": "wlan-langsam", "en": "slow-wifi"}
PICTURED = {"de": "router-neustart-zuruecksetzen", "en": "restart-reset-router"}
STATES = (CaseState.NEW, CaseState.WAITING, CaseState.SOLVED)
AREAS = ("corrections", "tips", "waiting")


@dataclass(frozen=True)
class Shot:
    """A page: where it is, and what to do there before the picture."""

    name: str
    path: str
    then: Step | None = None
    is_of_desk: bool = False
    in_the_dark: bool = False
    """Whether it is taken in dark colours, too."""


@dataclass(frozen=True)
class Sitters:
    """Cases of the demo that show well, by language."""

    private_links: dict[CaseState, str]
    desk_case: int


def editor(locale: str) -> str:
    """Return the name the editor of this language signs in with."""
    return f"editor-{locale}"


def invite(lotse: Lotse) -> dict[Locale, Sitters]:
    """Add an editor per language, who sees more of the desk, and choose cases."""
    engine = lotse.engine()
    with transaction(engine) as session:
        for locale in LOCALES:
            if queries.by_login(session, editor(locale)) is None:
                actions.add_person(
                    session,
                    role=Role.EDITOR,
                    name="Rike Redaktion" if locale == "de" else "Rick Editor",
                    login=editor(locale),
                    password=PASSWORD,
                    locale=locale,
                )
        found = {locale: _sitters(session, locale) for locale in LOCALES}
    engine.dispose()
    return found


def _sitters(session: Session, locale: str) -> Sitters:
    newest = select(Case).where(Case.locale == locale).order_by(col(Case.id))
    links = {}
    for state in STATES:
        case = session.exec(newest.where(Case.state == state)).first()
        if case is None:
            raise RuntimeError(f"the demo has no case that is {state} in {locale}")
        links[state] = case.public_id
    unfinished = col(Case.state).in_([CaseState.OPEN, CaseState.NEW])
    return Sitters(links, stored_id(session.exec(newest.where(unfinished).limit(1)).one().id))


def shots(locale: str, sitters: Sitters) -> Iterator[Shot]:
    """Yield everything there is to see."""
    yield from _help_center(locale)
    yield from _ways_to_a_person(locale)
    yield from _own_cases(locale, sitters)
    yield from _dialogue(locale)
    yield from _desk(locale, sitters)
    yield from _curation()


def _help_center(locale: str) -> Iterator[Shot]:
    here, search = f"/{locale}", f"/{locale}/search?question="
    yield Shot("start", f"{here}/", in_the_dark=True)
    yield Shot("typing", f"{here}/", typed("#question", TYPED[locale], ".offer-line"))
    yield Shot("answer", search + QUESTIONS[locale], in_the_dark=True)
    yield Shot("feedback", search + QUESTIONS[locale], clicked("[value=no]", ".missing"))
    yield Shot("feedback-way", search + QUESTIONS[locale], _not_solved)
    yield Shot("answer-angry", search + ANGRY[locale])
    yield Shot("no-answer", search + NO_ANSWERS[locale])
    yield Shot("category", f"{here}/categories/internet")
    yield Shot("article", f"{here}/articles/{SLOW[locale]}", in_the_dark=True)
    yield Shot("pictures", f"{here}/articles/{PICTURED[locale]}", _scrolled, in_the_dark=True)
    yield Shot("zoom", f"{here}/articles/{PICTURED[locale]}", clicked(".zoom", "dialog[open]"))
    for name in ("privacy", "accessibility", "answers"):
        yield Shot(name, f"{here}/{name}")
    yield Shot("missing", f"{here}/articles/no-such-article")


def _ways_to_a_person(locale: str) -> Iterator[Shot]:
    contact = f"/{locale}/contact"
    yield Shot("contact", contact, in_the_dark=True)
    yield Shot(
        "contact-suggestions", contact, typed("#message", TROUBLES[locale], "#suggestions .hit")
    )
    yield Shot("contact-errors", contact, clicked("#contact-form > .button", ".notice"))
    for way in ("callback", "appointment", "video"):
        yield Shot(f"contact-{way}", f"{contact}/{way}")
    yield Shot("contact-callback-errors", f"{contact}/callback", _sent_empty)


def _own_cases(locale: str, sitters: Sitters) -> Iterator[Shot]:
    for state, link in sitters.private_links.items():
        yield Shot(f"case-{state.value}", f"/{locale}/cases/{link}", in_the_dark=True)
        yield Shot(f"case-{state.value}-notifications", f"/{locale}/cases/{link}/notifications")
    yield Shot("case-missing", f"/{locale}/cases/nope")
    yield Shot("my-cases", f"/{locale}/my-cases")
    yield Shot("sign-in-sent", f"/{locale}/sign-in", _asked_for_a_link)
    yield Shot("sign-in-spent", f"/{locale}/sign-in/nope")


def _dialogue(locale: str) -> Iterator[Shot]:
    report = f"/{locale}/articles/{SLOW[locale]}/report"
    yield Shot("report", report)
    yield Shot("report-errors", report, _sent_empty)
    yield Shot("correction-missing", f"/{locale}/corrections/nope")


def _desk(locale: str, sitters: Sitters) -> Iterator[Shot]:
    case = f"/desk/cases/{sitters.desk_case}"
    yield Shot("desk-sign-in", f"/desk/sign-in?language={locale}")
    yield Shot("desk-sign-in-wrong", f"/desk/sign-in?language={locale}", _wrong_password)
    yield Shot("desk", "/desk/cases", is_of_desk=True, in_the_dark=True)
    yield Shot("desk-nothing", "/desk/cases?words=xyzzy", is_of_desk=True)
    yield Shot("desk-account", "/desk/cases", _unfolded(".account"), is_of_desk=True)
    yield Shot("desk-case", case, waited(".offer"), is_of_desk=True, in_the_dark=True)
    yield Shot("desk-quoted", case, _quoted(TYPED[locale]), is_of_desk=True)
    yield Shot("desk-solve", f"{case}/solution", is_of_desk=True)
    yield Shot(
        "desk-solve-kept", f"{case}/solution", _previewed(*ESSENCES[locale]), is_of_desk=True
    )
    yield Shot("desk-missing", "/desk/cases/999999", is_of_desk=True)


def _curation() -> Iterator[Shot]:
    for area in AREAS:
        yield Shot(f"desk-{area}", f"/desk/curation/{area}", is_of_desk=True, in_the_dark=True)
    yield Shot("desk-areas", "/desk/curation/corrections", _unfolded(".areas"), is_of_desk=True)


SEND = "main form [type=submit]"


def typed(field: str, text: str, awaited: str) -> Step:
    """Type into a field."""

    def step(page: Page) -> None:
        page.fill(field, text)
        page.wait_for_selector(awaited)

    return step


def clicked(what: str, awaited: str) -> Step:
    """Click the first of these."""

    def step(page: Page) -> None:
        page.locator(what).first.click()
        page.wait_for_selector(awaited)

    return step


def waited(awaited: str) -> Step:
    """Wait for what comes by itself."""

    def step(page: Page) -> None:
        page.wait_for_selector(awaited)

    return step


def _unfolded(where: str) -> Step:
    """Open what folds where it is narrow; where it is wide, it is open."""

    def step(page: Page) -> None:
        button = page.locator(f"{where} .fold__open")
        if button.is_visible():
            button.click()

    return step


def _scrolled(page: Page) -> None:
    """Look at every picture, because they are fetched only then."""
    for image in page.locator(".prose img").all():
        image.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")


def _not_solved(page: Page) -> None:
    page.locator("[value=no]").first.click()
    page.locator("[value='did not work']").click()
    page.wait_for_selector("#way")


def _sent_empty(page: Page) -> None:
    """Send a form as a browser would that checks nothing."""
    page.locator(SEND).last.evaluate("button => { button.form.noValidate = true; }")
    page.locator(SEND).last.click()
    page.wait_for_selector("[role=alert].notice, .field--wrong")


def _asked_for_a_link(page: Page) -> None:
    page.fill("[name=email]", "kim@example.com")
    page.locator(SEND).first.click()
    page.wait_for_load_state("networkidle")


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
