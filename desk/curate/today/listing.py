"""Today's list: what every source found, without what rests, the worthiest first."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from sqlmodel import Session

from desk.curate.today.sources import SOURCES
from kb import clock
from kb.curation import marks
from kb.curation.marks import TaskMark
from kb.curation.tasks import Task

log = structlog.get_logger()


@dataclass(frozen=True)
class Marked:
    """A task and what was decided about it."""

    task: Task
    mark: TaskMark | None


@dataclass(frozen=True)
class Found:
    """Everything the sources found."""

    due: Sequence[Marked]
    resting: Sequence[Marked]
    """Put off or put away, and still there."""
    silent: Sequence[str]
    """Sources that failed."""


def find(session: Session, *, author_id: int | None = None) -> Found:
    """Ask every source; one that fails is named, and the others count.

    Args:
        session: the caller's.
        author_id: where four eyes are asked for, who looks: their own work is for others to check.
    """
    tasks: list[Task] = []
    silent: list[str] = []
    for source in SOURCES:
        try:
            with session.begin_nested():
                tasks += source.work(session)
        except Exception as error:  # noqa: BLE001  # a list without it is better than none
            log.warning("source_failed", source=source.name, kind=type(error).__name__)
            silent.append(source.name)
    tasks = [task for task in tasks if author_id is None or task.others_only != author_id]
    known = marks.of_tasks(session, tasks)
    now = clock.now()
    ranked = sorted(tasks, key=lambda task: (-task.weight, task.since, task.key))
    told = [Marked(task, known.get(task.key)) for task in ranked]
    due = [one for one in told if marks.is_due(one.task, one.mark, now=now)]
    resting = [one for one in told if one not in due]
    return Found(due, resting, silent)


def task(session: Session, key: str) -> Task | None:
    """Return the task of this name, if it is still there."""
    found = find(session)
    every = (one.task for one in (*found.due, *found.resting))
    return next((one for one in every if one.key == key), None)
