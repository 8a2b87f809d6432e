"""What can be done with golden questions. Actions never commit: the caller's transaction does."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlmodel import Session, col, delete

from kb import clock
from kb.access import Viewer
from kb.db import stored_id
from kb.errors import InvalidInput, NotAllowed
from kb.evaluations.causes import Cause
from kb.golden import policy
from kb.golden.models import GoldenArticle, GoldenQuestion, GoldenTurn, Verdict
from kb.text import one_line


@dataclass(frozen=True)
class Wanted:
    """A question and the articles that answer it; none: nothing may be quoted."""

    words: str
    locale: str
    articles: frozenset[int] = frozenset()
    gap_id: int | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Outcome:
    """How a question came out when it was asked."""

    verdict: Verdict
    cause: Cause | None = None
    quoted_id: int | None = None


def add(session: Session, wanted: Wanted, *, by: Viewer) -> GoldenQuestion:
    """Add a question; who adds it has confirmed it.

    Raises:
        NotAllowed: the viewer is no editor.
        InvalidInput: there are no words, or too many articles.
    """
    _check(wanted, by)
    question = GoldenQuestion(
        locale=wanted.locale,
        words=one_line(wanted.words, limit=policy.LONGEST),
        gap_id=wanted.gap_id,
        made_by=by.person_id,
        confirmed_by=by.person_id,
    )
    session.add(question)
    session.flush()
    _expect(session, question, wanted.articles)
    return question


def change(session: Session, question: GoldenQuestion, wanted: Wanted, *, by: Viewer) -> None:
    """Give it other words or another answer; whoever does so has made it.

    Raises:
        NotAllowed, InvalidInput: as when one is added.
    """
    _check(wanted, by)
    question.words = one_line(wanted.words, limit=policy.LONGEST)
    question.locale = wanted.locale
    question.made_by = question.confirmed_by = by.person_id
    question.confirmed_at, question.asked_at = clock.now(), None
    session.add(question)
    session.exec(delete(GoldenArticle).where(col(GoldenArticle.question_id) == question.id))
    _expect(session, question, wanted.articles)


def confirm(session: Session, question: GoldenQuestion, *, by: Viewer) -> None:
    """Say that what is expected is still right.

    Raises:
        NotAllowed: the viewer is no editor.
    """
    _must_set(by)
    question.confirmed_by, question.confirmed_at = by.person_id, clock.now()
    session.add(question)


def retire(session: Session, question: GoldenQuestion, *, by: Viewer) -> None:
    """Ask it no more; what it was stays.

    Raises:
        NotAllowed: the viewer is no editor.
    """
    _must_set(by)
    question.retired_at = question.retired_at or clock.now()
    session.add(question)


def note(session: Session, question: GoldenQuestion, outcome: Outcome) -> bool:
    """Note how it came out, and return whether it did so otherwise than before."""
    now = clock.now()
    has_turned = (question.verdict, question.cause) != (outcome.verdict, outcome.cause)
    question.asked_at, question.quoted_id = now, outcome.quoted_id
    if has_turned:
        if question.verdict is not outcome.verdict:
            question.since = now
        question.verdict, question.cause = outcome.verdict, outcome.cause
        session.add(
            GoldenTurn(
                question_id=stored_id(question.id),
                verdict=outcome.verdict,
                cause=outcome.cause,
                turned_at=now,
            )
        )
    session.add(question)
    return has_turned


def _expect(session: Session, question: GoldenQuestion, articles: Iterable[int]) -> None:
    for article_id in sorted(set(articles)):
        session.add(GoldenArticle(question_id=stored_id(question.id), article_id=article_id))
    session.flush()


def _check(wanted: Wanted, by: Viewer) -> None:
    _must_set(by)
    if not one_line(wanted.words):
        raise InvalidInput(field="words")
    if len(wanted.articles) > policy.MOST_ARTICLES:
        raise InvalidInput(field="articles")


def _must_set(by: Viewer) -> None:
    if not policy.may_set(by):
        raise NotAllowed
