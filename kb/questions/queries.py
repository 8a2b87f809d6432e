"""What can be read about questions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, func, select

from kb.access import Audience
from kb.questions import policy
from kb.questions.models import Feedback, Question, Wish


def by_public_id(session: Session, public_id: str) -> Question | None:
    return session.exec(select(Question).where(Question.public_id == public_id)).first()


def feedback(session: Session, public_id: str) -> Feedback | None:
    return session.exec(select(Feedback).where(Feedback.public_id == public_id)).first()


def helped(session: Session) -> Sequence[tuple[Question, int]]:
    """Return questions whose answer helped, with the revision it quoted."""
    rows = session.exec(
        select(Question, Feedback.revision_id)
        .join(Feedback, col(Feedback.question_id) == col(Question.id))
        .where(col(Feedback.helpful).is_(True))
        .order_by(col(Question.id), col(Feedback.revision_id))
    ).all()
    return [(question, revision_id) for question, revision_id in rows]


def popular(session: Session, locale: str, *, since: datetime, limit: int) -> Sequence[Question]:
    """Return what customers often ask and find answered, each as it was asked last.

    How often is decided here; whether the words may be shown, and whether what answered is still
    on show, by who shows them.
    """
    newest = session.exec(
        select(func.max(col(Question.id)))
        .where(
            Question.locale == locale,
            Question.audience == Audience.PUBLIC,
            col(Question.answer).is_not(None),
            col(Question.wording).is_not(None),
            col(Question.follows).is_(None),
            col(Question.asked_at) >= since,
        )
        .group_by(col(Question.wording))
        .having(
            func.count() >= policy.POPULAR_TIMES,
            func.count(func.distinct(func.date(Question.asked_at))) >= policy.POPULAR_DAYS,
        )
        .order_by(func.count().desc(), func.max(col(Question.id)))
        .limit(limit)
    ).all()
    by_id = {one.id: one for one in _questions(session, newest)}
    return [by_id[number] for number in newest]


def chain(session: Session, question: Question, *, length: int) -> list[Question]:
    """Return the questions this one follows up, the first one first; itself is not among them."""
    found: list[Question] = []
    seen = {question.public_id}
    earlier = question.follows
    while earlier and earlier not in seen and len(found) < length:
        seen.add(earlier)
        one = by_public_id(session, earlier)
        if one is None:
            break
        found.insert(0, one)
        earlier = one.follows
    return found


def waiting_clause() -> ColumnElement[bool]:
    """Return the SQL form of `policy.is_waiting`."""
    return and_(
        col(Wish.confirmed_at).is_not(None),
        col(Wish.stopped_at).is_(None),
        col(Wish.told_at).is_(None),
        col(Wish.email).is_not(None),
    )


def waiting(session: Session) -> Sequence[tuple[Wish, Question]]:
    """Return the wishes that wait for an answer with their questions, the oldest first."""
    rows = session.exec(
        select(Wish, Question)
        .join(Question, col(Question.id) == col(Wish.question_id))
        .where(waiting_clause())
        .order_by(col(Wish.created_at), col(Wish.id))
    ).all()
    return [(wish, question) for wish, question in rows]


def waiting_with(session: Session, question: Question) -> Sequence[Wish]:
    """Return the wishes that wait for the answer to this question, however it was written."""
    return session.exec(
        select(Wish)
        .join(Question, col(Question.id) == col(Wish.question_id))
        .where(
            waiting_clause(),
            Question.wording == question.wording,
            Question.locale == question.locale,
        )
        .order_by(col(Wish.id))
    ).all()


def _questions(session: Session, ids: Sequence[int | None]) -> Sequence[Question]:
    return session.exec(select(Question).where(col(Question.id).in_(ids))).all()
