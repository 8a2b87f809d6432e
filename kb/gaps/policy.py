"""Rules about gaps: who decides, when one comes back, and what it would save to fill one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kb.access import Viewer
from kb.gaps.models import Gap, GapState

WEEKS = 4
WINDOW = timedelta(weeks=WEEKS)
"""What is counted of late."""
SETTLED = 3
"""So many items, and a gap keeps its name and its members."""
_COMES_BACK_BY, _COMES_BACK_TIMES = 3, 1.5


@dataclass(frozen=True)
class Worth:
    """What filling a gap would save, and the numbers that say so."""

    questions: int
    """Without a good answer, in the last weeks."""
    cases: int
    share: float
    """Of those who find no answer write to us."""
    unhelpful: int = 0
    """Of the questions those that had an answer, which did not help."""

    @property
    def contacts(self) -> float:
        """Contacts a month."""
        return (self.questions * self.share + self.cases) * 30 / WINDOW.days


def may_look(viewer: Viewer) -> bool:
    return viewer.is_staff


def may_decide(viewer: Viewer) -> bool:
    return viewer.is_editor


def is_settled(gap: Gap, items: int) -> bool:
    """Say whether it keeps its members: somebody decided on it, or enough speaks for it."""
    return gap.state is not GapState.OPEN or gap.decided_at is not None or items >= SETTLED


def comes_back(gap: Gap, items: int) -> bool:
    """Say whether evidence has clearly grown since somebody put it away."""
    if gap.state not in {GapState.ANSWERED, GapState.NOT_OURS}:
        return False
    grown = items - gap.items_then
    return grown >= _COMES_BACK_BY and items >= _COMES_BACK_TIMES * gap.items_then


def by_week(moments: Iterable[datetime], *, now: datetime) -> list[int]:
    """Return how many there were in each of the last weeks, the oldest first."""
    counts = [0] * WEEKS
    for moment in moments:
        ago = (now - moment) // timedelta(weeks=1)
        if 0 <= ago < WEEKS:
            counts[WEEKS - 1 - ago] += 1
    return counts
