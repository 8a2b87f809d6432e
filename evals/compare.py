"""Compare two runs question by question, with a paired bootstrap interval for the difference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich_click import ClickException

from evals.measures import MEASURES
from kb.evaluations.models import EvalRun

_ROUNDS = 2_000
_SEED = 20_260_101
EVERYTHING = "both"
"""The group of every question of a scope, in whatever language."""

Key = tuple[str, str]
Pair = tuple[float, float]
Rows = Mapping[Key, Mapping[str, object]]


class NotComparable(ClickException):
    """The runs asked different questions."""


@dataclass(frozen=True)
class Difference:
    """B minus A for one measure, with the middle 95 % of what resampling gives."""

    group: str
    measure: str
    questions: int
    before: float
    after: float
    low: float
    high: float

    @property
    def change(self) -> float:
        return self.after - self.before

    @property
    def is_certain(self) -> bool:
        """Zero lies outside the interval."""
        return self.low > 0 or self.high < 0


def compare(before: EvalRun, after: EvalRun, *, pooled: bool = False) -> list[Difference]:
    """Return the differences for every language, scope and measure; pooled: of all as well.

    Raises:
        NotComparable: the runs are of different data.
    """
    if (before.dataset_digest, before.task) != (after.dataset_digest, after.task):
        raise NotComparable(f"{before.dataset} and {after.dataset} are not the same data")
    left, right = _by_key(before.per_query), _by_key(after.per_query)
    groups: dict[str, list[Key]] = {}
    for key in sorted(left.keys() & right.keys()):
        groups.setdefault(f"{left[key]['lang']} {key[1]}", []).append(key)
        if pooled:
            groups.setdefault(f"{EVERYTHING} {key[1]}", []).append(key)
    random = np.random.default_rng(_SEED)
    found = (
        _difference(group, measure, _scored(keys, measure, left, right), random)
        for group, keys in sorted(groups.items())
        for measure in MEASURES[before.task]
    )
    return [one for one in found if one is not None]


def _scored(keys: Sequence[Key], measure: str, left: Rows, right: Rows) -> list[Pair]:
    """Return the scores of each question that was scored both times."""
    pairs = [(left[key].get(measure), right[key].get(measure)) for key in keys]
    return [(float(str(a)), float(str(b))) for a, b in pairs if a is not None and b is not None]


def _difference(
    group: str, measure: str, pairs: Sequence[Pair], random: np.random.Generator
) -> Difference | None:
    if not pairs:
        return None
    before, after = np.array(pairs).T
    low, high = interval(after - before, random)
    return Difference(group, measure, len(pairs), before.mean(), after.mean(), low, high)


def interval(
    changes: NDArray[np.float64], random: np.random.Generator | None = None
) -> tuple[float, float]:
    """Return the middle 95 % of what resampling gives for a mean of paired differences."""
    random = random or np.random.default_rng(_SEED)
    drawn = random.integers(0, len(changes), size=(_ROUNDS, len(changes)))
    low, high = np.percentile(changes[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def _by_key(rows: Sequence[Mapping[str, object]]) -> Rows:
    return {(str(row["query_id"]), str(row["scope"])): row for row in rows}
