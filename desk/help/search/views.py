"""What search shows: the answer card, what was found, and what did not work."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup
from sqlmodel import Session

from desk import markdown
from desk.help.feedback.views import FeedbackState
from desk.help.search.asking import Asked
from desk.help.trail import Footprints
from desk.rendering import View
from kb.access import Viewer
from kb.articles import queries as articles
from kb.articles.policy import address
from kb.questions.policy import is_askable
from retrieval.results import Answer, Found, Hit, NoAnswer

SURE, LIKELY = 0.85, 0.65
IN_QUOTE = 4
"""Heading level inside the answer card."""
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
class QuoteView:
    """A quoted piece with its source."""

    html: Markup
    title: str
    section: str
    url: str
    locale: str
    is_foreign: bool
    updated: datetime | None


@dataclass(frozen=True)
class AnswerView:
    """The answer card."""

    quotes: list[QuoteView]
    confidence: str
    """Message key: how sure we are, in words."""


@dataclass(frozen=True)
class Results(View):
    """The fragment below the search box."""

    template: ClassVar[str] = "help/_results.html"
    question: str = ""
    is_typing: bool = False
    is_askable: bool = False
    is_down: bool = False
    answer: AnswerView | None = None
    feedback: FeedbackState | None = None
    hits: Sequence[HitView] = ()
    notices: Sequence[str] = ()
    corrected: dict[str, str] = field(default_factory=dict)
    contact_url: str = ""


@dataclass(frozen=True)
class SearchPage(Results):
    """The page around it."""

    template: ClassVar[str] = "help/search.html"


def typing(text: str, found: Found | None, *, locale: str) -> Results:
    """Return suggestions for words still being typed."""
    return Results(
        question=text,
        is_typing=True,
        is_askable=is_askable(text),
        is_down=found is None and is_askable(text),
        hits=hit_views(found.hits if found else [], locale, Footprints()),
        notices=sorted(found.notices) if found else (),
        corrected=found.corrected if found else {},
        contact_url=f"/{locale}/contact",
    )


def results(session: Session, viewer: Viewer, asked: Asked, *, locale: str) -> SearchPage:
    """Return the page of a question that was asked in full."""
    prints = Footprints(question=asked.public_id)
    reply = asked.reply
    if reply is None:
        return SearchPage(
            question=asked.text,
            is_askable=is_askable(asked.text),
            is_down=is_askable(asked.text),
            contact_url=f"/{locale}/contact",
        )
    given = reply.answer
    return SearchPage(
        question=asked.text,
        is_askable=True,
        answer=_answer(session, viewer, given, locale, prints) if given else None,
        feedback=_feedback(given, prints),
        hits=hit_views(_others(reply.found.hits, given), locale, prints),
        notices=sorted(reply.found.notices),
        corrected=reply.found.corrected,
        contact_url=prints.link(f"/{locale}/contact"),
    )


def hit_views(hits: Sequence[Hit], locale: str, prints: Footprints) -> list[HitView]:
    """Return what was found, as links that remember the question."""
    return [
        HitView(
            title=hit.passage.title,
            section=hit.passage.section,
            url=prints.link(address(hit.passage.locale, hit.passage.slug), hit.passage.anchor),
            excerpt=markdown.excerpt(hit.passage.text),
            locale=hit.passage.locale,
            is_foreign=hit.passage.locale != locale,
        )
        for hit in hits
        if hit.passage.slug
    ]


def outcome(asked: Asked) -> str:
    """Return what is counted: answered, or why not."""
    if asked.reply is None:
        return "unavailable"
    given = asked.reply.outcome
    return given.reason.value if isinstance(given, NoAnswer) else "answered"


def _answer(
    session: Session, viewer: Viewer, answer: Answer, locale: str, prints: Footprints
) -> AnswerView:
    where = markdown.links(session, viewer, locale, [each.quote for each in answer.citations])
    known = articles.by_revisions(
        session, viewer, [each.passage.source_id for each in answer.citations]
    )
    quotes = []
    for each in answer.citations:
        passage, source = each.passage, known.get(each.passage.source_id)
        quotes.append(
            QuoteView(
                html=markdown.render(each.quote, where, top=IN_QUOTE).html,
                title=passage.title,
                section=passage.section,
                url=prints.link(address(passage.locale, passage.slug), passage.anchor),
                locale=passage.locale,
                is_foreign=passage.locale != locale,
                updated=source.revision.created_at if source else None,
            )
        )
    return AnswerView(quotes, _in_words(answer.confidence))


def _in_words(confidence: float) -> str:
    if confidence >= SURE:
        return "answer.sure"
    return "answer.likely" if confidence >= LIKELY else "answer.perhaps"


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
