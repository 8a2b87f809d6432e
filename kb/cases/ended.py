"""Every time a case ended: a row of its own, which also says when the case was taken up again.

Written with whatever ends a case or takes it up, in the same transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from kb import clock
from kb.cases import policy
from kb.cases.models import Case, Outcome
from kb.db import UtcDateTime, enum_column, stored_id


class CaseEnding(SQLModel, table=True):
    """A case came to an end."""

    __tablename__ = "case_ending"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="customer_case.id", index=True)
    outcome: Outcome = Field(sa_column=enum_column(Outcome))
    ended_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    reopened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def note(session: Session, case: Case) -> None:
    """Note where a case stands now: that it has ended, how, or that it goes on."""
    last = _last(session, case)
    if case.state in policy.UNFINISHED:
        if last is not None and last.reopened_at is None:
            last.reopened_at = clock.now()
            session.add(last)
    elif last is None or last.reopened_at is not None:
        at = policy.ended_at(case) or clock.now()
        session.add(CaseEnding(case_id=stored_id(case.id), outcome=case.outcome, ended_at=at))
    elif last.outcome is not case.outcome:  # somebody knows better how it ended
        last.outcome = case.outcome
        session.add(last)


def endings(session: Session, case_ids: Iterable[int]) -> Sequence[CaseEnding]:
    """Return how these cases ended, oldest first."""
    return session.exec(
        select(CaseEnding)
        .where(col(CaseEnding.case_id).in_(set(case_ids)))
        .order_by(col(CaseEnding.id))
    ).all()


def _last(session: Session, case: Case) -> CaseEnding | None:
    return session.exec(
        select(CaseEnding)
        .where(CaseEnding.case_id == stored_id(case.id))
        .order_by(col(CaseEnding.id).desc())
    ).first()
