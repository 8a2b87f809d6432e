"""What can be read about golden questions, for staff."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from kb import clock, outbox
from kb.golden import policy
from kb.golden.models import GoldenArticle, GoldenQuestion, GoldenTurn, Verdict
from kb.outbox import Subject

WEEKS = 8


@dataclass(frozen=True)
class Tally:
    """How many came out how, of those that were asked."""

    right: int = 0
    found: int = 0
    wrong: int = 0

    @property
    def all(self) -> int:
        return self.right + self.found + self.wrong


def by_id(session: Session, number: int) -> GoldenQuestion | None:
    """Return a question that is in use."""
    found = session.get(GoldenQuestion, number)
    return found if found is not None and found.retired_at is None else None


def standing(session: Session) -> Sequence[GoldenQuestion]:
    """Return all that are in use: the worst first, and of those what turned last."""
    found = session.exec(select(GoldenQuestion).where(_in_use())).all()
    order = {None: 1, Verdict.WRONG: 0, Verdict.FOUND: 2, Verdict.RIGHT: 3}
    return sorted(found, key=lambda one: (order[one.verdict], -_moment(one), one.id or 0))


def expected(session: Session, ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return the articles that answer each of these questions; none where nothing does."""
    wanted = set(ids)
    found: dict[int, set[int]] = {number: set() for number in wanted}
    for row in session.exec(
        select(GoldenArticle).where(col(GoldenArticle.question_id).in_(wanted))
    ):
        found[row.question_id].add(row.article_id)
    return {number: frozenset(articles) for number, articles in found.items()}


def of_article(session: Session, article_id: int, locale: str) -> Sequence[GoldenQuestion]:
    """Return those an article is to answer, in one language."""
    return session.exec(
        select(GoldenQuestion)
        .join(GoldenArticle, col(GoldenArticle.question_id) == col(GoldenQuestion.id))
        .where(_in_use(), GoldenArticle.article_id == article_id, GoldenQuestion.locale == locale)
        .order_by(col(GoldenQuestion.id))
    ).all()


def due(session: Session, *, limit: int) -> Sequence[GoldenQuestion]:
    """Return those to ask now: new ones, all of them after a change has settled, and daily."""
    now = clock.now()
    changed = outbox.noted_at(session, outbox.position(session, (Subject.ARTICLE,)))
    before = now - policy.AGAIN
    if changed is not None and changed + policy.SETTLES <= now:
        before = max(before, changed + policy.SETTLES)
    asked_at = col(GoldenQuestion.asked_at)
    return session.exec(
        select(GoldenQuestion)
        .where(_in_use(), or_(asked_at.is_(None), asked_at < before))
        .order_by(asked_at.is_not(None), asked_at, col(GoldenQuestion.id))
        .limit(limit)
    ).all()


def wrong(session: Session) -> int:
    """Return how many come out wrong."""
    found = select(func.count(col(GoldenQuestion.id))).where(
        _in_use(), col(GoldenQuestion.verdict) == Verdict.WRONG
    )
    return session.exec(found).one()


def turns(session: Session, question_id: int | None) -> Sequence[GoldenTurn]:
    """Return when a question turned, the latest first."""
    return session.exec(
        select(GoldenTurn)
        .where(GoldenTurn.question_id == question_id)
        .order_by(col(GoldenTurn.id).desc())
    ).all()


def tally(questions: Iterable[GoldenQuestion]) -> Tally:
    """Count how these came out."""
    return _tally(one.verdict for one in questions)


def by_week(session: Session, *, weeks: int = WEEKS) -> list[tuple[datetime, Tally]]:
    """Return how all that were in use stood at the end of each of the last weeks, oldest first."""
    turned = session.exec(select(GoldenTurn).order_by(col(GoldenTurn.id))).all()
    retired = {
        one.id: one.retired_at
        for one in session.exec(
            select(GoldenQuestion).where(col(GoldenQuestion.retired_at).is_not(None))
        )
    }
    now = clock.now()
    ends = [now - timedelta(weeks=back) for back in reversed(range(weeks))]
    return [(end, _at(turned, retired, end)) for end in ends]


def _at(
    turned: Sequence[GoldenTurn], retired: dict[int | None, datetime | None], end: datetime
) -> Tally:
    stood: dict[int, Verdict] = {}
    for turn in turned:
        if turn.turned_at <= end:
            stood[turn.question_id] = turn.verdict
    return _tally(
        verdict
        for number, verdict in stood.items()
        if (gone := retired.get(number)) is None or gone > end
    )


def _tally(verdicts: Iterable[Verdict | None]) -> Tally:
    count = Counter(verdicts)
    return Tally(count[Verdict.RIGHT], count[Verdict.FOUND], count[Verdict.WRONG])


def _moment(one: GoldenQuestion) -> float:
    return one.since.timestamp() if one.since else 0.0


def _in_use() -> ColumnElement[bool]:
    return col(GoldenQuestion.retired_at).is_(None)
