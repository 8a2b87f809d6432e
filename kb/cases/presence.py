"""Who has a case open at this moment, and who is writing in it: known by signs of life only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, delete, select, update

from kb import clock, outbox
from kb.db import UtcDateTime, hold
from kb.people.models import Person

HERE = timedelta(seconds=45)
"""After the last sign of life."""
TYPING = timedelta(seconds=15)
_OLD = timedelta(hours=1)


class CasePresence(SQLModel, table=True):
    """Somebody of the staff has the page of a case open."""

    __tablename__ = "case_presence"

    case_id: int = Field(foreign_key="customer_case.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    seen_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    typed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


@dataclass(frozen=True)
class Onlooker:
    """Somebody else who has the case open."""

    person_id: int
    name: str
    is_typing: bool


def seen(session: Session, case_id: int, person_id: int, *, is_typing: bool = False) -> None:
    """Note a sign of life; others are told when somebody comes or begins to write."""
    now = clock.now()
    stale = col(CasePresence.seen_at) < now - _OLD
    session.exec(delete(CasePresence).where(stale))
    key = CasePresence(case_id=case_id, person_id=person_id, seen_at=now - _OLD)
    found = hold(session, key)
    is_new = found.seen_at < now - HERE or (is_typing and not _types(found, now))
    found.seen_at = now
    found.typed_at = now if is_typing else found.typed_at
    session.add(found)
    session.flush()
    if is_new:
        outbox.note(session, outbox.Subject.CASE, case_id)


def gone(session: Session, case_id: int, person_id: int, *, only_typing: bool = False) -> None:
    """Note that somebody has closed the page, or has stopped writing."""
    here = (col(CasePresence.case_id) == case_id, col(CasePresence.person_id) == person_id)
    if only_typing:
        session.exec(update(CasePresence).where(*here).values(typed_at=None))
    else:
        session.exec(delete(CasePresence).where(*here))
    outbox.note(session, outbox.Subject.CASE, case_id)


def others(
    session: Session, case_ids: Collection[int], person_id: int | None
) -> dict[int, list[Onlooker]]:
    """Return by case who else has it open, by name."""
    now = clock.now()
    rows: Sequence[tuple[CasePresence, str]] = session.exec(
        select(CasePresence, Person.name)
        .join(Person, col(Person.id) == col(CasePresence.person_id))
        .where(
            col(CasePresence.case_id).in_(case_ids),
            col(CasePresence.person_id) != (person_id or 0),
            col(CasePresence.seen_at) >= now - HERE,
            col(Person.is_active),
        )
        .order_by(col(Person.name))
    ).all()
    found: dict[int, list[Onlooker]] = {}
    for row, name in rows:
        here = Onlooker(row.person_id, name, _types(row, now))
        found.setdefault(row.case_id, []).append(here)
    return found


def _types(row: CasePresence, now: datetime) -> bool:
    return row.typed_at is not None and row.typed_at >= now - TYPING
