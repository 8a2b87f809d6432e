"""What editors did with today's tasks: who sees to one, until when it rests, why it is put away.

A task that was dismissed comes back when what it rests on has changed and clearly weighs more.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, select

from kb import clock
from kb.access import Viewer
from kb.curation import policy
from kb.curation.tasks import Task, TaskKind
from kb.db import UtcDateTime, enum_column, hold
from kb.errors import InvalidInput, NotAllowed
from kb.text import one_line

_CLEARLY_MORE = 1.5
LONGEST_NOTE = 300


class Rest(StrEnum):
    """How long a task can be put off."""

    WEEK = "week"
    MONTH = "month"

    @property
    def span(self) -> timedelta:
        return timedelta(days=7 if self is Rest.WEEK else 30)


class Dismissal(StrEnum):
    """Why a task is not worth doing."""

    NOT_WORTH = "not worth it"
    NOT_TRUE = "not true"
    NOT_OURS = "not ours"
    DONE = "done elsewhere"


class TaskMark(SQLModel, table=True):
    """What was decided about one task; without a row nothing was."""

    __tablename__ = "task_mark"

    kind: TaskKind = Field(sa_column=enum_column(TaskKind, primary_key=True))
    subject: str = Field(primary_key=True)
    assignee_id: int | None = Field(default=None, foreign_key="person.id")
    rests_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dismissed: Dismissal | None = Field(
        default=None, sa_column=enum_column(Dismissal, nullable=True)
    )
    note: str = ""
    evidence: str = ""
    """What it rested on when it was dismissed."""
    weight: float = 0.0
    """And what it weighed."""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)


def is_due(task: Task, mark: TaskMark | None, *, now: datetime) -> bool:
    """Say whether a task belongs on today's list."""
    if mark is None:
        return True
    if mark.rests_until is not None and now < mark.rests_until:
        return False
    if mark.dismissed is None:
        return True
    return mark.evidence != task.evidence and task.weight >= _CLEARLY_MORE * mark.weight


def of_tasks(session: Session, tasks: Iterable[Task]) -> dict[str, TaskMark]:
    """Return what was decided about these tasks, by their keys."""
    wanted = {task.key for task in tasks}
    found = session.exec(select(TaskMark)).all()
    by_key = {f"{mark.kind}:{mark.subject}": mark for mark in found}
    return {key: mark for key, mark in by_key.items() if key in wanted}


def assign(session: Session, task: Task, *, to: int | None, by: Viewer) -> None:
    """Say who sees to it, or that nobody does."""
    mark = _mark(session, task, by=by)
    mark.assignee_id = to
    session.add(mark)


def put_off(session: Session, task: Task, rest: Rest, *, by: Viewer) -> None:
    """Let it rest for a while."""
    mark = _mark(session, task, by=by)
    mark.rests_until = clock.now() + rest.span
    session.add(mark)


def dismiss(
    session: Session, task: Task, why: Dismissal | None, *, note: str = "", by: Viewer
) -> None:
    """Put it away for as long as what it rests on stays what it is.

    Raises:
        InvalidInput: no reason is given.
    """
    if why is None:
        raise InvalidInput(field="why")
    mark = _mark(session, task, by=by)
    mark.dismissed, mark.note = why, one_line(note, limit=LONGEST_NOTE)
    mark.evidence, mark.weight = task.evidence, task.weight
    session.add(mark)


def take_back(session: Session, kind: TaskKind, subject: str, *, by: Viewer) -> None:
    """Put a task that rests, or was dismissed, back on the list."""
    if not policy.may_decide(by):
        raise NotAllowed
    mark = session.get(TaskMark, (kind, subject))
    if mark is not None:
        mark.rests_until, mark.dismissed = None, None
        session.add(mark)


def _mark(session: Session, task: Task, *, by: Viewer) -> TaskMark:
    if not policy.may_decide(by):
        raise NotAllowed
    mark = hold(session, TaskMark(kind=task.kind, subject=task.subject))
    mark.decided_by, mark.decided_at = by.person_id, clock.now()
    return mark
