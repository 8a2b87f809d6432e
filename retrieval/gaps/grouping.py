"""Which vectors belong together. Pure: rows of unit length in, numbers of groups out.

Two ways that go together. What is new joins the nearest group, where it is near enough; what joins
none is fitted with what stands alone or nearly so, by average linkage. A group that many speak for
is never taken apart, so that its name is the same tomorrow.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.engines.protocols import Vectors

JOIN = 0.55
"""Cosine to a group's centroid from which a vector joins; chosen on the tuning half, see docs."""
CUT = 0.43
"""Mean cosine between two groups from which they become one."""
_AT_ONCE = 3_000
"""So many rows are fitted at once: the work grows with their square."""

Labels = NDArray[np.int64]


def centroid(rows: Vectors) -> Vectors:
    """Return the mean direction."""
    mean = rows.mean(axis=0)
    length = float(np.linalg.norm(mean))
    return np.asarray(mean / length if length else mean, dtype=np.float32)


def joined(rows: Vectors, centroids: Vectors, *, threshold: float = JOIN) -> Labels:
    """Return for each row the nearest centroid, or -1 where none is near enough."""
    if not len(centroids) or not len(rows):
        return np.full(len(rows), -1, dtype=np.int64)
    near = rows @ centroids.T
    best = near.argmax(axis=1)
    return np.where(near[np.arange(len(rows)), best] >= threshold, best, -1).astype(np.int64)


def fitted(rows: Vectors, *, cut: float = CUT) -> Labels:
    """Return the group of each row, by average linkage; many rows are thinned out first."""
    if len(rows) < 2:  # noqa: PLR2004  # nothing to compare
        return np.zeros(len(rows), dtype=np.int64)
    if len(rows) <= _AT_ONCE:
        return _linked(rows, cut)
    fine, seeds = _thinned(rows)
    return _linked(seeds, cut)[fine]


def keeping_names(before: Sequence[int | None], now: Sequence[int]) -> dict[int, int | None]:
    """Return which old group each new one goes on: the one most of it comes from, each once.

    >>> keeping_names([7, 7, 8, None], [0, 0, 0, 1])
    {0: 7, 1: None}
    """
    shared = Counter(zip(now, before, strict=True))
    going: dict[int, int | None] = dict.fromkeys(now)
    taken: set[int] = set()
    for (new, old), _ in sorted(
        shared.items(), key=lambda one: (-one[1], one[0][1] or 0, one[0][0])
    ):
        if old is not None and going[new] is None and old not in taken:
            going[new] = old
            taken.add(old)
    return going


def _linked(rows: Vectors, cut: float) -> Labels:
    from scipy.cluster.hierarchy import fcluster, linkage  # noqa: PLC0415  # heavy, and seldom
    from scipy.spatial.distance import squareform  # noqa: PLC0415  # as above

    apart = np.clip(1 - rows @ rows.T, 0, 2)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart, checks=False), method="average")
    return np.asarray(fcluster(tree, t=1 - cut, criterion="distance") - 1, dtype=np.int64)


def _thinned(rows: Vectors) -> tuple[Labels, Vectors]:
    """Return rows that stand for all, and for each row the one that stands for it.

    The threshold gives way until so few are left as can be compared with each other.
    """
    near = 0.8
    while True:
        fine, seeds = _leaders(rows, near)
        if len(seeds) <= _AT_ONCE or near < CUT:
            return fine, np.vstack([centroid(rows[fine == seed]) for seed in range(len(seeds))])
        near -= 0.05


def _leaders(rows: Vectors, near: float) -> tuple[Labels, Vectors]:
    seeds = np.empty((0, rows.shape[1]), dtype=np.float32)
    fine = np.full(len(rows), -1, dtype=np.int64)
    for start in range(0, len(rows), 256):
        part = rows[start : start + 256]
        found = joined(part, seeds, threshold=near)
        for at in np.flatnonzero(found < 0):
            mine = joined(part[at : at + 1], seeds, threshold=near)[0]
            if mine < 0:
                seeds = np.vstack([seeds, part[at : at + 1]])
                mine = len(seeds) - 1
            found[at] = mine
        fine[start : start + 256] = found
    return fine, seeds
