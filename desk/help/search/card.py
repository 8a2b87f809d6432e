"""The answer card: what is quoted, where it stands, how sure we are, how old it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from desk import markdown
from desk.help.search.asking import Asker
from desk.help.trail import Footprints
from kb import clock
from kb.articles import queries as articles
from kb.articles.devices import label
from kb.articles.policy import address
from kb.articles.queries import Published
from retrieval.results import Answer

SURE, LIKELY = 0.85, 0.65
IN_QUOTE = 4
"""Heading level inside the answer card."""
_A_MONTH, _A_YEAR = 60, 700
"""Days from which age is told in months, and in years."""


@dataclass(frozen=True)
class Age:
    """How old something is: `age.<unit>` with a count."""

    unit: str
    count: int


@dataclass(frozen=True)
class Verified:
    """When somebody last checked that the article is right, and who if they are named."""

    at: datetime
    by: str


@dataclass(frozen=True)
class QuoteView:
    """A quoted piece with its source."""

    html: Markup
    title: str
    section: str
    devices: str
    """What it is for, where that is not all devices."""
    url: str
    locale: str
    is_foreign: bool
    updated: datetime | None
    age: Age | None
    verified: Verified | None


@dataclass(frozen=True)
class AnswerView:
    """The answer card."""

    quotes: Sequence[QuoteView]
    confidence: str
    """Message key: how sure we are, in words."""
    tenths: int
    """Of ten answers that we are so sure of, how many are right."""
    wording_url: str = ""
    """What says it in a model's words, if there is one."""


def answer_view(asker: Asker, answer: Answer, prints: Footprints) -> AnswerView:
    """Return the card of an answer."""
    session, viewer, locale = asker.session, asker.viewer, asker.locale
    where = markdown.links(session, viewer, locale, [each.quote for each in answer.citations])
    known = articles.by_revisions(
        session, viewer, [each.passage.source_id for each in answer.citations]
    )
    quotes = []
    for each in answer.citations:
        passage, source = each.passage, known.get(each.passage.source_id)
        updated = source.revision.created_at if source else None
        quotes.append(
            QuoteView(
                html=markdown.render(each.quote, where, top=IN_QUOTE).html,
                title=passage.title,
                section=passage.section,
                devices=" · ".join(map(label, passage.devices)),
                url=prints.link(
                    address(passage.locale, passage.slug), passage.anchor, device=passage.device
                ),
                locale=passage.locale,
                is_foreign=passage.locale != locale,
                updated=updated,
                age=age(updated, clock.now()) if updated else None,
                verified=_verified(source) if source else None,
            )
        )
    return AnswerView(quotes, in_words(answer.confidence), int(answer.confidence * 10))


def _verified(source: Published) -> Verified | None:
    at = source.translation.verified_at
    return Verified(at, source.translation.verified_by) if at is not None else None


def in_words(confidence: float) -> str:
    """Return the message key of how sure we are."""
    if confidence >= SURE:
        return "answer.sure"
    return "answer.likely" if confidence >= LIKELY else "answer.perhaps"


def age(moment: datetime, now: datetime) -> Age:
    """Return how long ago something was, as people say it."""
    days = max((now - moment).days, 0)
    if days < _A_MONTH:
        return Age("days", days) if days else Age("today", 0)
    return Age("months", days // 30) if days < _A_YEAR else Age("years", days // 365)
