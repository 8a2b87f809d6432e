"""What is photographed: every page and state, of customers and of the desk, in one language.

A state that has to be brought about is brought about by the page itself, as people do it: a Step
types and clicks. Steps leave traces, so the pages they change come last.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from desk.demonstration import ask_demo
from kb.access import Role
from kb.articles.models import Article, Translation
from kb.cases.models import Case, CaseState
from kb.config import LOCALES, Locale
from kb.db import stored_id, transaction
from kb.people import actions, queries
from tests.album_desk import TYPED, Desk, of_desk
from tests.poses import Shot, asked_for_a_link, clicked, not_solved, scrolled, sent_empty, typed
from tests.running import PASSWORD, Lotse

QUESTIONS = {
    "de": "Wie ändere ich mein WLAN-Passwort?",
    "en": "How do I move my eSIM to a new phone?",
}
NO_ANSWERS = {"de": "Verkaufen Sie auch Waschmaschinen?", "en": "Do you sell washing machines?"}
TROUBLES = {
    "de": "Seit gestern blinkt mein Router rot und das Internet geht nicht mehr.",
    "en": "Since yesterday my router blinks red and the internet is gone.",
}
ANGRY = {
    "de": "Das ist eine Frechheit, seit drei Tagen kein Internet und niemand hilft mir!",
    "en": "This is outrageous, three days without internet and nobody helps me!",
}
SLOW = {"de": "wlan-langsam", "en": "slow-wifi"}
PICTURED = {"de": "router-neustart-zuruecksetzen", "en": "restart-reset-router"}
STATES = (CaseState.NEW, CaseState.WAITING, CaseState.SOLVED)


@dataclass(frozen=True)
class Sitters:
    """Cases of the demo that show well, by language."""

    private_links: dict[CaseState, str]
    desk: Desk


def editor(locale: str) -> str:
    """Return the name the editor of this language signs in with."""
    return f"editor-{locale}"


def invite(lotse: Lotse) -> dict[Locale, Sitters]:
    """Add an editor per language, who sees more of the desk, and what they find to do."""
    engine = lotse.engine()
    ask_demo(engine)
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
    first, second = session.exec(newest.where(unfinished).limit(2)).all()
    article = session.exec(
        select(Article.public_id)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .where(Translation.slug == PICTURED[locale])
    ).one()
    return Sitters(links, Desk(stored_id(first.id), stored_id(second.id), article))


def shots(locale: str, sitters: Sitters) -> Iterator[Shot]:
    """Yield everything there is to see."""
    yield from _help_center(locale)
    yield from _ways_to_a_person(locale)
    yield from _own_cases(locale, sitters)
    yield from _dialogue(locale)
    yield from of_desk(locale, sitters.desk)


def _help_center(locale: str) -> Iterator[Shot]:
    here, search = f"/{locale}", f"/{locale}/search?question="
    yield Shot("start", f"{here}/", in_the_dark=True)
    yield Shot("typing", f"{here}/", typed("#question", TYPED[locale], ".offer-line"))
    yield Shot("answer", search + QUESTIONS[locale], in_the_dark=True)
    yield Shot("feedback", search + QUESTIONS[locale], clicked("[value=no]", ".missing"))
    yield Shot("feedback-way", search + QUESTIONS[locale], not_solved)
    yield Shot("answer-angry", search + ANGRY[locale])
    yield Shot("no-answer", search + NO_ANSWERS[locale])
    yield Shot("category", f"{here}/categories/internet")
    yield Shot("article", f"{here}/articles/{SLOW[locale]}", in_the_dark=True)
    yield Shot("pictures", f"{here}/articles/{PICTURED[locale]}", scrolled, in_the_dark=True)
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
    yield Shot("contact-callback-errors", f"{contact}/callback", sent_empty)


def _own_cases(locale: str, sitters: Sitters) -> Iterator[Shot]:
    for state, link in sitters.private_links.items():
        yield Shot(f"case-{state.value}", f"/{locale}/cases/{link}", in_the_dark=True)
        yield Shot(f"case-{state.value}-notifications", f"/{locale}/cases/{link}/notifications")
    yield Shot("case-missing", f"/{locale}/cases/nope")
    yield Shot("my-cases", f"/{locale}/my-cases")
    yield Shot("sign-in-sent", f"/{locale}/sign-in", asked_for_a_link)
    yield Shot("sign-in-spent", f"/{locale}/sign-in/nope")


def _dialogue(locale: str) -> Iterator[Shot]:
    report = f"/{locale}/articles/{SLOW[locale]}/report"
    yield Shot("report", report)
    yield Shot("report-errors", report, sent_empty)
    yield Shot("correction-missing", f"/{locale}/corrections/nope")
