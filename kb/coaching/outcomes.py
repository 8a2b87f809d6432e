"""How each help episode ended, whether it held, and whether the next one went without an agent.

An episode is a case from its opening, or from being taken up again, to its next end. Decided from
what was noted when it happened; what is not known stays unknown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kb.cases.models import Outcome
from kb.coaching.models import HelpLevel
from kb.coaching.policy import DURABLE_AFTER


class Holding(StrEnum):
    """Whether what was solved stayed solved."""

    HOLDS = "holds"
    REOPENED = "reopened"
    """Within seven days: it had not been solved."""
    TOO_EARLY = "too early"
    NOT_SOLVED = "not solved"


@dataclass(frozen=True)
class Ended:
    """A case came to an end, and was perhaps taken up again, in itself or in one that follows."""

    case_id: int
    customer_id: int
    topic: int | None
    """The category of the article that helped, or of what was linked."""
    outcome: Outcome
    at: datetime
    reopened_at: datetime | None = None


@dataclass(frozen=True)
class Help:
    """A plan that was sent, and how it ended."""

    sent_at: datetime
    level: HelpLevel | None
    outcome: Outcome
    lost_at: int | None = None
    """The step it ended at without success."""


@dataclass(frozen=True)
class Episode:
    """How it ended, with the help that was given."""

    case_id: int
    customer_id: int
    topic: int | None
    outcome: Outcome
    level: HelpLevel | None
    lost_at: int | None
    holding: Holding
    at: datetime


@dataclass(frozen=True)
class Next:
    """The next time after an episode that needed us, for the same person and topic."""

    case_id: int
    next_id: int | None
    """None: there was no next time yet."""
    alone: bool | None
    """Solved without an agent; None: not known, or not over."""


def episodes(endings: Sequence[Ended], helps: Sequence[Help], *, now: datetime) -> list[Episode]:
    """Return the episodes of one case, oldest first; a plan belongs to the end after it was sent.

    Args:
        endings: of the case, oldest first.
        helps: its plans, oldest first.
        now: to tell what is too early to be known.
    """
    found, begun = [], 0
    for ended in endings:
        until = sum(one.sent_at <= ended.at for one in helps)
        found.append(_episode(ended, helps[begun:until], now))
        begun = until
    return found


def independence(found: Iterable[Episode], *, still_open: Sequence[Ended] = ()) -> list[Next]:
    """Return for each episode that needed us whether the next one did, by person and topic.

    Args:
        found: episodes of any cases.
        still_open: cases that are not over; `at` is when they were opened.
    """
    told: dict[tuple[int, int | None], list[tuple[datetime, int, Outcome | None]]] = {}
    for one in found:
        lane = told.setdefault((one.customer_id, one.topic), [])
        lane.append((one.at, one.case_id, one.outcome))
    for case in still_open:
        lane = told.setdefault((case.customer_id, case.topic), [])
        lane.append((case.at, case.case_id, None))
    return [
        _next(lane, place)
        for (_, topic), lane in told.items()
        if topic is not None
        for place in _needed_us(lane)
    ]


def _episode(ended: Ended, helps: Sequence[Help], now: datetime) -> Episode:
    outcome, level = ended.outcome, None
    lost_at = next((one.lost_at for one in reversed(helps) if one.lost_at is not None), None)
    last = helps[-1] if helps else None
    if outcome in _HELPED:
        level = next((one.level for one in reversed(helps) if one.outcome in _HELPED), None)
    elif outcome is Outcome.UNKNOWN and last is not None:
        outcome = last.outcome
    return Episode(
        case_id=ended.case_id,
        customer_id=ended.customer_id,
        topic=ended.topic,
        outcome=outcome,
        level=level,
        lost_at=lost_at,
        holding=holding(outcome, ended, now=now),
        at=ended.at,
    )


def holding(outcome: Outcome, ended: Ended, *, now: datetime) -> Holding:
    """Say whether it held for seven days."""
    if outcome not in _SOLVED:
        return Holding.NOT_SOLVED
    until = ended.reopened_at or now
    if until - ended.at >= DURABLE_AFTER:
        return Holding.HOLDS
    return Holding.REOPENED if ended.reopened_at else Holding.TOO_EARLY


_HELPED = frozenset({Outcome.SOLVED_COACHED, Outcome.SOLVED_BY_AGENT})
_SOLVED = _HELPED | {Outcome.SOLVED_ALONE}


def _needed_us(lane: list[tuple[datetime, int, Outcome | None]]) -> list[int]:
    """Return the places of those that ended with help; the lane is put in order."""
    lane.sort(key=lambda one: (one[0], one[1]))
    return [
        place
        for place, (_, _, outcome) in enumerate(lane)
        if outcome in {*_HELPED, Outcome.HANDED_OVER}
    ]


def _next(lane: Sequence[tuple[datetime, int, Outcome | None]], place: int) -> Next:
    case_id = lane[place][1]
    later = next((one for one in lane[place + 1 :] if one[1] != case_id), None)
    if later is None:
        return Next(case_id, None, None)
    _, next_id, outcome = later
    is_known = outcome in {*_SOLVED, Outcome.HANDED_OVER, Outcome.GAVE_UP}
    return Next(case_id, next_id, outcome is Outcome.SOLVED_ALONE if is_known else None)
