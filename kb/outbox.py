"""The outbox: what changed, in the same transaction as the change, for whoever follows it.

A note names a subject, never its content. The number of a note only grows, and notes are committed
in the order of their numbers, so a follower that remembers the last number it has worked through
knows whether it is up to date.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from threading import Event

import structlog
from sqlalchemy import Engine, Index
from sqlmodel import Field, Session, SQLModel, col, func, select

from kb import clock
from kb.db import UtcDateTime, enum_column

log = structlog.get_logger()

_PAUSE = 2.0
"""Seconds between two looks of whoever follows."""


class Subject(StrEnum):
    """What a note is about."""

    ARTICLE = "article"
    SOLUTION = "solution"
    CASE = "case"


INDEXED = frozenset({Subject.ARTICLE, Subject.SOLUTION})
"""What the search index follows; the other notes are for pages that are open."""


class OutboxNote(SQLModel, table=True):
    """One change, to be followed."""

    __tablename__ = "outbox_note"
    __table_args__ = (
        Index("ix_outbox_note_by_subject", "subject", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    subject: Subject = Field(sa_column=enum_column(Subject))
    subject_id: int
    noted_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


_TURN = 0x6C6F747365
"""The advisory lock whose holder writes the next notes."""


def note(session: Session, subject: Subject, subject_id: int) -> None:
    """Write down, in this transaction, that the subject changed.

    On PostgreSQL the next to note waits until this transaction ends; SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.exec(select(func.pg_advisory_xact_lock(_TURN)))
    session.add(OutboxNote(subject=subject, subject_id=subject_id))


def since(session: Session, number: int) -> dict[Subject, set[int]]:
    """Return the subjects that notes after this number name."""
    rows = session.exec(
        select(OutboxNote.subject, OutboxNote.subject_id)
        .where(col(OutboxNote.id) > number)
        .distinct()
    ).all()
    found: dict[Subject, set[int]] = {subject: set() for subject in Subject}
    for subject, subject_id in rows:
        found[Subject(subject)].add(subject_id)
    return found


def position(session: Session, among: Iterable[Subject] = Subject) -> int:
    """Return the number of the newest note about one of these subjects, 0 when there is none."""
    newest = select(func.max(col(OutboxNote.id)))
    found = (
        session.exec(newest.where(col(OutboxNote.subject) == subject)).one() for subject in among
    )
    return max((number or 0 for number in found), default=0)


def noted_at(session: Session, number: int) -> datetime | None:
    """Return when a note was written; None when there is none of this number (any more)."""
    found = session.get(OutboxNote, number)
    return found.noted_at if found is not None else None


def follow_until(
    stop: Event, engine: Engine, subjects: Iterable[Subject], work: Callable[[], object], name: str
) -> None:
    """Do some work whenever a note comes, as long as it says there is more, until told to stop.

    What fails is tried again later; `name` says in the log what waits.
    """
    followed, seen = tuple(subjects), -1
    while not stop.is_set():
        try:
            with Session(engine) as session:
                newest = position(session, followed)
            if newest != seen:
                while work() and not stop.is_set():
                    pass
                seen = newest
        except Exception as error:  # noqa: BLE001  # whatever it is: the thread must outlive it
            log.warning("work_waits", name=name, kind=type(error).__name__)
        stop.wait(_PAUSE)
