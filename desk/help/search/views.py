"""What search shows: the answer card, what was found, and what did not work."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import urlencode

from desk import markdown
from desk.help.feedback.views import FeedbackState
from desk.help.person_first import PersonFirst, person_first
from desk.help.search.asking import Asked, Asker, Asking
from desk.help.search.card import AnswerView, answer_view
from desk.help.search.dialogue import Turn, turns
from desk.help.trail import Footprints
from desk.rendering import View
from kb.affect import Affect
from kb.articles.policy import address
from kb.questions.policy import is_askable
from retrieval.language.spelling import respelt
from retrieval.results import Answer, Found, Hit, NoAnswer

BESIDE_ANSWER, INSTEAD_OF_ANSWER = 6, 4
"""How many articles are listed."""


@dataclass(frozen=True)
class HitView:
    """One thing found."""

    title: str
    section: str
    url: str
    excerpt: str
    locale: str
    is_foreign: bool


@dataclass(frozen=True)
class Meant:
    """What may have been meant: words spelt otherwise, which were looked for as well."""

    text: str
    url: str


@dataclass(frozen=True)
class Results(View):
    """The fragment below the search box."""

    template: ClassVar[str] = "help/_results.html"
    question: str = ""
    """What was said."""
    understood: str = ""
    """The question a follow-up stands for; empty where it stands for itself."""
    public_id: str = ""
    """Of the question that was kept."""
    is_askable: bool = False
    is_down: bool = False
    answer_url: str = ""
    """Where the answer will be, while only words were compared."""
    answer: AnswerView | None = None
    feedback: FeedbackState | None = None
    hits: Sequence[HitView] = ()
    notices: Sequence[str] = ()
    meant: Meant | None = None
    turns: Sequence[Turn] = ()
    popular: Sequence[str] = ()
    contact_url: str = ""
    person_first: PersonFirst | None = None


@dataclass(frozen=True)
class SearchPage(Results):
    """The page around it."""

    template: ClassVar[str] = "help/search.html"


def nothing_asked(text: str, often: Sequence[str], *, locale: str) -> Results:
    """Return what is shown without a question: what others ask."""
    return Results(question=text, popular=often, contact_url=f"/{locale}/contact")


def at_once(asker: Asker, wanted: Asking, found: Found | None, affect: Affect | None) -> Results:
    """Return what words alone found; the page asks for the answer itself."""
    locale, prints = asker.locale, Footprints(question=wanted.key)
    contact_url = prints.link(f"/{locale}/contact")
    return Results(
        question=wanted.said,
        understood=_understood(wanted),
        is_askable=True,
        answer_url=search_url(locale, wanted, key=wanted.key),
        hits=hit_views(found.hits if found else [], locale, prints),
        turns=turns(asker.session, asker.viewer, wanted.earlier),
        contact_url=contact_url,
        person_first=person_first(affect, contact_url),
    )


def results(asker: Asker, asked: Asked) -> Results:
    """Return what came of a question that was asked in full."""
    locale, wanted, reply = asker.locale, asked.asking, asked.reply
    prints = Footprints(question=asked.public_id)
    if reply is None:
        return Results(
            question=wanted.said,
            is_askable=is_askable(asked.text),
            is_down=is_askable(asked.text),
            contact_url=f"/{locale}/contact",
        )
    given, contact_url = reply.answer, prints.link(f"/{locale}/contact")
    return Results(
        question=wanted.said,
        understood=_understood(wanted),
        public_id=asked.public_id,
        is_askable=True,
        answer=_answer(asker, asked, given, prints) if given else None,
        feedback=_feedback(given, prints),
        hits=hit_views(_others(reply.found.hits, given), locale, prints),
        notices=sorted(reply.found.notices),
        meant=meant(wanted.text, reply.found, locale),
        turns=turns(asker.session, asker.viewer, wanted.earlier),
        contact_url=contact_url,
        person_first=person_first(asked.affect, contact_url),
    )


def _answer(asker: Asker, asked: Asked, given: Answer, prints: Footprints) -> AnswerView:
    card = answer_view(asker, given, prints)
    if not (asked.can_be_worded and asked.public_id):
        return card
    return replace(card, wording_url=f"/{asker.locale}/questions/{asked.public_id}/wording")


def hit_views(hits: Sequence[Hit], locale: str, prints: Footprints) -> list[HitView]:
    """Return what was found, as links that remember the question."""
    return [
        HitView(
            title=hit.passage.title,
            section=hit.passage.section,
            url=prints.link(
                address(hit.passage.locale, hit.passage.slug),
                hit.passage.anchor,
                device=hit.passage.device,
            ),
            excerpt=markdown.excerpt(hit.passage.text),
            locale=hit.passage.locale,
            is_foreign=hit.passage.locale != locale,
        )
        for hit in hits
        if hit.passage.slug
    ]


def meant(text: str, found: Found, locale: str) -> Meant | None:
    """Return the question as it may have been meant, if words were taken for others."""
    right = respelt(text, found.corrected)
    if right == text:
        return None
    return Meant(right, search_url(locale, Asking(right, right)))


def search_url(locale: str, wanted: Asking, *, key: str = "") -> str:
    """Return where this is asked."""
    after = wanted.earlier[-1].public_id if wanted.earlier else ""
    given = {"question": wanted.said, "after": after, "key": key}
    return f"/{locale}/search?{urlencode({name: value for name, value in given.items() if value})}"


def outcome(asked: Asked) -> str:
    """Return what is counted: answered, or why not."""
    if asked.reply is None:
        return "unavailable"
    given = asked.reply.outcome
    return given.reason.value if isinstance(given, NoAnswer) else "answered"


def _understood(wanted: Asking) -> str:
    return wanted.text if wanted.text != wanted.said else ""


def _feedback(answer: Answer | None, prints: Footprints) -> FeedbackState | None:
    if answer is None or not answer.citations:
        return None
    return FeedbackState(answer.citations[0].passage.source_id, prints.question)


def _others(hits: Sequence[Hit], answer: Answer | None) -> list[Hit]:
    """What the card quotes need not be listed again; without an answer, only the closest."""
    if answer is None:
        return list(hits[:INSTEAD_OF_ANSWER])
    quoted = {each.passage.family_id for each in answer.citations}
    return [hit for hit in hits if hit.passage.family_id not in quoted][:BESIDE_ANSWER]
