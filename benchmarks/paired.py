"""Time two ways in turn, A B A B, so that a drifting machine spoils both alike."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Paired:
    """Medians in milliseconds, and how many times faster ours is, pair by pair."""

    name: str
    ours: float
    plain: float
    ratio: float
    lowest: float
    highest: float


def paired(
    name: str, *, ours: Callable[[], object], plain: Callable[[], object], rounds: int = 9
) -> Paired:
    """Run each way once to warm up, then `rounds` times in turn."""
    ours()
    plain()
    pairs = [(_milliseconds(ours), _milliseconds(plain)) for _ in range(rounds)]
    ratios = sorted(other / own for own, other in pairs)
    return Paired(
        name=name,
        ours=round(median(own for own, _ in pairs), 2),
        plain=round(median(other for _, other in pairs), 2),
        ratio=round(median(ratios), 2),
        lowest=round(ratios[0], 2),
        highest=round(ratios[-1], 2),
    )


def _milliseconds(way: Callable[[], object]) -> float:
    started = perf_counter()
    way()
    return (perf_counter() - started) * 1000
