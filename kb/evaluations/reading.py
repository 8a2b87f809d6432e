"""A run read question by question: what failed and why, and what changed from another run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task

_EVERYTHING = "all"
"""The scope of a search as customers search; other tasks have one scope."""


@dataclass(frozen=True)
class Line:
    """One question of a run."""

    id: str
    locale: str
    asked: str
    expected: str
    got: str
    score: float | None
    """None: not scored, which is not nought."""
    cause: str

    @property
    def has_failed(self) -> bool:
        return bool(self.cause) or (self.score is not None and self.score < 1)

    def is_scored_like(self, other: "Line") -> bool:
        """Say whether both were scored: from what was not, nothing has changed."""
        return self.score is not None and other.score is not None


@dataclass(frozen=True)
class Mean:
    """How a run came out in one language; `half` is half of the 95 % interval."""

    locale: str
    share: float
    half: float
    questions: int

    @property
    def low(self) -> float:
        return max(self.share - self.half, 0.0)

    @property
    def high(self) -> float:
        return min(self.share + self.half, 1.0)


def lines(run: EvalRun) -> list[Line]:
    """Return the questions of a run, each once."""
    return [
        _line(run.task, one)
        for one in run.per_query
        if run.task is not Task.SEARCH or one.get("scope") == _EVERYTHING
    ]


def means(run: EvalRun) -> list[Mean]:
    """Return how it came out by the measure that says the most, in each language."""
    figures = run.figures
    if run.task is Task.PARITY:
        told = figures.get("parity", {}).get(run.task.measure, {})
        count = int(told.get("articles", 0))
        return [Mean(one, told[one], 0.0, count) for one in ("de", "en") if one in told]
    part = figures.get("ranking" if run.task is Task.SEARCH else "averages", {})
    found = []
    for group, values in sorted(part.items()):
        locale, _, scope = group.partition(" ")
        share = values.get(run.task.measure)
        if share is not None and scope in {"", _EVERYTHING}:
            half = float(values.get(f"{run.task.measure} ±") or 0.0)
            found.append(Mean(locale, float(share), half, int(values.get("n", 0))))
    return found


def changed(before: EvalRun, after: EvalRun) -> list[tuple[Line, Line]]:
    """Return the questions both have that came out otherwise, what became worse first."""
    earlier = {(one.id, one.locale): one for one in lines(before)}
    pairs = [
        (earlier[one.id, one.locale], one)
        for one in lines(after)
        if (one.id, one.locale) in earlier and one.is_scored_like(earlier[one.id, one.locale])
    ]
    moved = [(old, new) for old, new in pairs if _step(old, new)]
    return sorted(moved, key=lambda pair: _step(*pair))


def is_better(old: Line, new: Line) -> bool:
    return _step(old, new) > 0


def shared(before: EvalRun, after: EvalRun) -> int:
    """Return how many questions both runs asked."""
    asked = {(one.id, one.locale) for one in lines(before)}
    return sum((one.id, one.locale) in asked for one in lines(after))


def failed(found: Sequence[Line]) -> list[Line]:
    return [one for one in found if one.has_failed]


def _line(task: Task, row: Mapping[str, Any]) -> Line:
    score = row.get(task.measure)
    return Line(
        id=str(row.get("query_id", "")),
        locale=str(row.get("lang", "")),
        asked=str(row.get("asked") or ""),
        expected=str(row.get("expected") or ""),
        got=str(row.get("got") or ""),
        score=None if score is None else float(score),
        cause=str(row.get("cause") or ""),
    )


def _step(old: Line, new: Line) -> float:
    """Return how much better it is; of two equal scores, whether it failed counts."""
    step = (new.score or 0.0) - (old.score or 0.0)
    return step or float(old.has_failed) - float(new.has_failed)
