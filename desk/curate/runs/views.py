"""What the staff sees of evaluation runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desk.curate.areas import Tab
from desk.rendering import PrivateView
from kb.evaluations.reading import Line, Mean
from kb.evaluations.tasks import Task


@dataclass(frozen=True)
class RunRow:
    """A run in a list."""

    url: str
    number_: int
    task: Task
    dataset: str
    system: str
    revision: str
    ran_at: datetime
    means: Sequence[Mean]


@dataclass(frozen=True)
class RunList(PrivateView):
    """The latest runs."""

    template: ClassVar[str] = "curate/runs/list.html"
    areas: Sequence[Tab]
    shelves: Sequence[Tab]
    rows: Sequence[RunRow]


@dataclass(frozen=True)
class Change:
    """A question that came out otherwise."""

    line: Line
    is_better: bool
    before: str
    """Why it failed before; empty: it did not, or nobody knows."""


@dataclass(frozen=True)
class Comparison:
    """What changed from an earlier run."""

    row: RunRow
    better: int
    worse: int
    same: int
    changes: Sequence[Change]


@dataclass(frozen=True)
class RunPage(PrivateView):
    """One run."""

    template: ClassVar[str] = "curate/runs/run.html"
    areas: Sequence[Tab]
    row: RunRow
    others: Sequence[RunRow]
    """Runs of the same data, to compare with."""
    comparison: Comparison | None
    whys: Sequence[Tab]
    failed: Sequence[Line]
    more: int
    asked: int
