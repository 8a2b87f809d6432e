"""How far may the confidence be trusted? Reliability, and what is answered at which precision.

Of questions with a confidence each, and whether the first hit was right: answering only from some
confidence up answers fewer questions, and more of them right.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

import numpy as np

from evals.ask import Asked
from evals.datasets.golden import Dataset
from evals.scorers import is_right

WANTED = 0.9
"""The precision at which coverage is reported."""
BY_CHANCE = "calibration error, by chance up to"
"""A measured error below this tells nothing against the confidence: the questions are too few."""
_DRAWS = 2_000
_OFTEN = 0.95
_SEED = 7
_BINS = 10
_POINTS = 200
"""More points of a curve are not kept: nobody sees the difference."""


@dataclass(frozen=True)
class Judged:
    """What was told of one question, and how it was."""

    confidence: float
    right: bool
    answerable: bool = True


@dataclass(frozen=True)
class Point:
    """Everything answered from this confidence up."""

    confidence: float
    answered: float
    """Share of all questions."""
    precision: float
    """Share of the answers that rest on a right article."""
    covered: float
    """Share of the answerable questions that were answered right."""


@dataclass(frozen=True)
class Bin:
    """Questions of about the same confidence, and how many of them were right."""

    low: float
    n: int
    expected: float
    right: float


def judged(dataset: Dataset, asked: Sequence[Asked]) -> dict[str, list[Judged]]:
    """Return what is known of the questions of a data set, by language."""
    unanswerable = {query.id for query in dataset.queries if query.answerable is False}
    found: dict[str, list[Judged]] = {}
    for one in asked:
        told = Judged(one.confidence, is_right(dataset, one), one.query_id not in unanswerable)
        found.setdefault(one.lang, []).append(told)
    return dict(sorted(found.items()))


def figures(told: Sequence[Judged]) -> dict[str, Any]:
    """Return all figures of one group of questions, as plain data for a row of kb."""
    line, reliability = curve(told), bins(told)
    best = at_precision(line)
    return {
        "n": len(told),
        "answerable": sum(one.answerable for one in told),
        "right": sum(one.right for one in told),
        "answered at 90 %": round(best.answered, 4) if best else 0.0,
        "covered at 90 %": round(best.covered, 4) if best else 0.0,
        "confidence for 90 %": best.confidence if best else None,
        "area": round(area(told), 4),
        "calibration error": error(reliability),
        BY_CHANCE: error_by_chance(reliability),
        "bins": [asdict(one) for one in reliability],
        "curve": [_rounded(one) for one in _thinned(line)],
    }


def curve(told: Sequence[Judged]) -> list[Point]:
    """Return a point for each confidence that occurs, highest first."""
    answerable = sum(one.answerable for one in told) or 1
    ordered = sorted(told, key=lambda one: -one.confidence)
    found, right = [], 0
    for number, one in enumerate(ordered, start=1):
        right += one.right
        is_last = number == len(ordered) or ordered[number].confidence < one.confidence
        if is_last:  # equal confidences cannot be told apart by any threshold
            share = number / len(ordered)
            found.append(Point(one.confidence, share, right / number, right / answerable))
    return found


def at_precision(line: Sequence[Point], wanted: float = WANTED) -> Point | None:
    """Return the point that answers most at this precision; None where none reaches it."""
    enough = [point for point in line if point.precision >= wanted]
    return max(enough, key=lambda point: point.answered, default=None)


def area(told: Sequence[Judged]) -> float:
    """Return the area under risk over coverage: 0 is best, the share of wrong ones is chance."""
    line = curve(told)
    total, before = 0.0, 0.0
    for point in line:
        total += (1 - point.precision) * (point.answered - before)
        before = point.answered
    return total


def bins(told: Sequence[Judged]) -> list[Bin]:
    """Return ten bins of confidence, those without a question left out."""
    groups: dict[int, list[Judged]] = {}
    for one in told:
        groups.setdefault(min(int(one.confidence * _BINS), _BINS - 1), []).append(one)
    return [
        Bin(
            low=number / _BINS,
            n=len(group),
            expected=round(fmean(one.confidence for one in group), 3),
            right=round(fmean(one.right for one in group), 3),
        )
        for number, group in sorted(groups.items())
    ]


def error(found: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean distance of probability and share."""
    everything = sum(one.n for one in found) or 1
    return round(sum(one.n * abs(one.expected - one.right) for one in found) / everything, 4)


def error_by_chance(found: Sequence[Bin]) -> float:
    """Return what confidences that hold exactly would stay under in 95 of 100 draws.

    Few questions a bin are off by chance alone, and the error only counts distances. Source: the
    consistency resampling of Bröcker and Smith, 2007, "Increasing the reliability of reliability
    diagrams".
    """
    sizes = np.array([one.n for one in found])
    expected = np.array([one.expected for one in found])
    if not sizes.sum():
        return 0.0
    drawn = np.random.default_rng(_SEED).binomial(sizes, expected, size=(_DRAWS, len(found)))
    errors = np.abs(drawn - sizes * expected).sum(axis=1) / sizes.sum()
    return round(float(np.quantile(errors, _OFTEN)), 4)


def _thinned(line: Sequence[Point]) -> list[Point]:
    step = max(1, -(-len(line) // _POINTS))
    return [point for at, point in enumerate(line) if at % step == 0 or at == len(line) - 1]


def _rounded(point: Point) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(point).items()}
