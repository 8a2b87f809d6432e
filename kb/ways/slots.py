"""Which times a customer can choose. Pure: what is taken is an argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kb.ways.hours import Hours, Span, windows


@dataclass(frozen=True)
class Agenda:
    """How the times of one way are cut and given away."""

    hours: Hours
    length: timedelta
    capacity: int
    """How many people can have the same time."""
    lead: timedelta
    """How long before it starts a time can be chosen at the latest."""
    horizon: int
    """How many days ahead, today included."""


def slots(agenda: Agenda, now: datetime) -> list[Span]:
    """Return every time there is, from the shortest notice to the horizon."""
    today, earliest = agenda.hours.day_of(now), now + agenda.lead
    return [
        window
        for ahead in range(agenda.horizon)
        for window in windows(agenda.hours, today + timedelta(days=ahead), agenda.length)
        if window.starts_at >= earliest
    ]


def free_slots(agenda: Agenda, now: datetime, taken: Sequence[Span]) -> list[Span]:
    """Return the times that still have a place."""
    return [
        slot
        for slot in slots(agenda, now)
        if sum(slot.overlaps(other) for other in taken) < agenda.capacity
    ]
