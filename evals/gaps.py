"""Do gaps hold together what asks the same, and are they the same tomorrow?

The topics are hidden from what groups. Beside it stands k-means on the same vectors with as many
groups as were found: it has to be told how many, which nobody knows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score

from evals.datasets.intents import Item
from kb.config import Config
from kb.gaps.policy import SETTLED
from retrieval.assembly import build_engines
from retrieval.engines.protocols import Vectors
from retrieval.gaps import grouping

_SEED = 7
_DAYS = 20
_LATE = 0.1
_AT_ONCE = 256
Groups = NDArray[np.int64]


@dataclass(frozen=True)
class Grouped:
    """How well one way groups."""

    way: str
    questions: int
    topics: int
    groups: int
    ami: float
    """Adjusted mutual information: 1 the topics exactly, 0 no better than chance."""
    purity: float
    """Share of questions in a group most of which are of their topic; many groups flatter it."""
    everyday: float
    """Adjusted mutual information of our own questions among them, in two languages."""


@dataclass(frozen=True)
class Stability:
    """What becomes of groups when a tenth more arrives."""

    questions: int
    kept: float
    """Share that stays in its group."""
    settled_kept: float
    """The same of those whose group three or more spoke for."""
    kmeans_kept: float
    """The same where k-means is fitted anew, and each group goes on under its best name."""


@dataclass(frozen=True)
class Measured:
    """All figures."""

    ways: tuple[Grouped, ...]
    stability: Stability


def measure(
    items: Sequence[Item], config: Config, tell: Callable[[str, int, int], None], sample: int
) -> Measured:
    """Group the questions, at once and day by day, and compare with k-means."""
    chosen = _chosen(items, sample)
    rows = _vectors([item.text for item in chosen], config, tell)
    order = np.array(Random(_SEED).sample(range(len(chosen)), len(chosen)))  # noqa: S311  # fixed
    at_once = grouping.fitted(rows)
    daily = _days(rows, np.array_split(order, _DAYS))
    found = {"at once": at_once, "day by day": daily}
    ways = [_grouped(way, chosen, groups) for way, groups in found.items()]
    for way, groups in found.items():
        count = len(np.unique(groups))
        fitted = KMeans(count, n_init=1, random_state=_SEED).fit_predict(rows)
        ways.append(_grouped(f"k-means, as many as {way}", chosen, fitted.astype(np.int64)))
    return Measured(tuple(ways), _stability(rows, order))


def purity(topics: Groups, groups: Groups) -> float:
    """Return the share of questions that are of their group's most frequent topic."""
    right = sum(int(np.bincount(topics[groups == group]).max()) for group in np.unique(groups))
    return right / len(topics)


def advance(rows: Vectors, groups: Groups, arrived: Groups) -> None:
    """Put what has arrived into groups, as the desk does; -1 is in none. Changes `groups`."""
    names, sizes = np.unique(groups[groups >= 0], return_counts=True)
    settled = names[sizes >= SETTLED]
    middles = np.array([grouping.centroid(rows[groups == name]) for name in settled])
    near = grouping.joined(rows[arrived], middles)
    groups[arrived[near >= 0]] = settled[near[near >= 0]]
    small = np.flatnonzero(np.isin(groups, names[sizes < SETTLED]))
    loose = np.concatenate([small, arrived[near < 0]])
    found = grouping.fitted(rows[loose])
    before = [int(name) if name >= 0 else None for name in groups[loose]]
    goes_on = grouping.keeping_names(before, [int(label) for label in found])
    fresh = iter(range(int(groups.max()) + 1, len(rows) * 2))
    named = {new: next(fresh) if old is None else old for new, old in goes_on.items()}
    groups[loose] = [named[int(label)] for label in found]


def _days(rows: Vectors, days: Sequence[Groups]) -> Groups:
    groups = np.full(len(rows), -1, dtype=np.int64)
    for arrived in days:
        advance(rows, groups, arrived)
    return groups


def _stability(rows: Vectors, order: Groups) -> Stability:
    late = int(len(order) * _LATE)
    first, last = order[late:], order[:late]
    groups = np.full(len(rows), -1, dtype=np.int64)
    advance(rows, groups, first)
    before = groups.copy()
    advance(rows, groups, last)
    names, sizes = np.unique(before[first], return_counts=True)
    settled = first[np.isin(before[first], names[sizes >= SETTLED])]
    return Stability(
        questions=len(first),
        kept=float((groups[first] == before[first]).mean()),
        settled_kept=float((groups[settled] == before[settled]).mean()),
        kmeans_kept=_kmeans_kept(rows, first, len(names)),
    )


def _kmeans_kept(rows: Vectors, first: Groups, count: int) -> float:
    old = KMeans(count, n_init=1, random_state=_SEED).fit_predict(rows[first])
    new = KMeans(count, n_init=1, random_state=_SEED).fit_predict(rows)[first]
    names = grouping.keeping_names([int(name) for name in old], [int(name) for name in new])
    return float(np.mean([names[int(one)] == was for one, was in zip(new, old, strict=True)]))


def _grouped(way: str, items: Sequence[Item], groups: Groups) -> Grouped:
    names, topics = np.unique([item.topic for item in items], return_inverse=True)
    own = np.array([item.topic.startswith("everyday:") for item in items])
    return Grouped(
        way=way,
        questions=len(items),
        topics=len(names),
        groups=len(np.unique(groups)),
        ami=float(adjusted_mutual_info_score(topics, groups)),
        purity=purity(topics, groups),
        everyday=float(adjusted_mutual_info_score(topics[own], groups[own])),
    )


def _chosen(items: Sequence[Item], sample: int) -> list[Item]:
    """Take so many, the same ones each time; our own questions are always among them."""
    own = [item for item in items if item.topic.startswith("everyday:")]
    others = [item for item in items if not item.topic.startswith("everyday:")]
    if sample and sample < len(items):
        count = max(0, sample - len(own))
        others = Random(_SEED).sample(others, count)  # noqa: S311  # a fixed choice
    return [*others, *own]


def _vectors(
    texts: Sequence[str], config: Config, tell: Callable[[str, int, int], None]
) -> Vectors:
    embedder = build_engines(config).embedder
    parts = []
    for start in range(0, len(texts), _AT_ONCE):
        tell("embed", start, len(texts))
        parts.append(embedder.embed(texts[start : start + _AT_ONCE]))
    return np.vstack(parts)
