"""How customers put it: which words they ask with, and which articles they found too late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from kb.access import Audience
from kb.questions.models import Feedback, Question

_MOST = 5_000


@dataclass(frozen=True)
class Late:
    """A question that an article answered, though it was found only late."""

    question_id: int
    text: str
    locale: str
    revision_id: int
    rank: int
    """Place of the article among the results when it was asked; 0: not among them."""


def asked(session: Session, *, since: datetime, locale: str) -> Sequence[tuple[str, list[int]]]:
    """Return what customers asked of late, with the revisions that were found, newest first."""
    rows = session.exec(
        select(Question.text, Question.hits)
        .where(
            Question.asked_at >= since,
            Question.locale == locale,
            Question.audience == Audience.PUBLIC,
        )
        .order_by(col(Question.id).desc())
        .limit(_MOST)
    ).all()
    return [(text, list(hits)) for text, hits in rows]


@dataclass(frozen=True)
class Moment:
    """A question, when it was asked, and what stood first among the results then."""

    text: str
    asked_at: datetime
    first: int
    """A revision; 0: nothing was found."""


def moments(session: Session, *, since: datetime, locale: str) -> list[Moment]:
    """Return what customers asked of late, newest first, as far as it is not erased."""
    rows = session.exec(
        select(Question.text, Question.asked_at, Question.hits)
        .where(
            Question.asked_at >= since,
            Question.locale == locale,
            Question.audience == Audience.PUBLIC,
            Question.text != "",
        )
        .order_by(col(Question.id).desc())
        .limit(_MOST)
    ).all()
    return [Moment(text, at, hits[0] if hits else 0) for text, at, hits in rows]


def late(session: Session, *, since: datetime, locale: str, limit: int) -> list[Late]:
    """Return questions of which a reader said that an article helped which did not come first."""
    rows = session.exec(
        select(Question, Feedback.revision_id)
        .join(Feedback, col(Feedback.question_id) == col(Question.id))
        .where(
            Question.asked_at >= since,
            Question.locale == locale,
            Question.audience == Audience.PUBLIC,
            col(Feedback.helpful).is_(True),
        )
        .order_by(col(Question.id).desc())
        .limit(_MOST)
    ).all()
    found: dict[tuple[str, int], Late] = {}
    for question, revision_id in rows:
        rank = question.hits.index(revision_id) + 1 if revision_id in question.hits else 0
        if rank != 1:
            key = (" ".join(question.text.casefold().split()), revision_id)
            found.setdefault(key, Late(question.id or 0, question.text, locale, revision_id, rank))
    return list(found.values())[:limit]
