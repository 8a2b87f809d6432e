"""When somebody is there. Pure: hours are the walls' time, moments are UTC, the zone is between.

An opening is turned into moments at its two ends only, and cut into windows between them. So the
night the clocks go forward has an hour less and the night they go back an hour more, and no window
starts at a time that is not there, or is missing because its name comes twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kb.ways.holidays import Holidays

LOOKS_AHEAD = 400
"""Days in which the next opening is looked for."""
ALWAYS = timedelta(days=7)
"""What is open for so long closes, as far as anybody cares, never."""


@dataclass(frozen=True)
class Opening:
    """From when to when on a day's clock; midnight at the end is None."""

    opens: time
    closes: time | None


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of time, in UTC; its end does not belong to it."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Hours:
    """The opening hours of a week in a time zone, and the days off."""

    zone: ZoneInfo
    week: Mapping[int, Sequence[Opening]] = field(default_factory=dict)
    """By weekday, Monday is 0."""
    holidays: Holidays = field(default_factory=Holidays)

    def day_of(self, moment: datetime) -> date:
        """Return the day it is there."""
        return moment.astimezone(self.zone).date()


def openings(hours: Hours, day: date) -> list[Span]:
    """Return when it is open on this day."""
    if day in hours.holidays:
        return []
    found = [_span(hours.zone, day, opening) for opening in hours.week.get(day.weekday(), ())]
    return sorted(span for span in found if span.starts_at < span.ends_at)


def is_open(hours: Hours, moment: datetime) -> bool:
    """Say whether somebody is there."""
    return _at(hours, moment) is not None


def closes_at(hours: Hours, moment: datetime) -> datetime | None:
    """Return when it closes, if it is open and ever closes; midnight may be no end."""
    current = _at(hours, moment)
    if current is None:
        return None
    end = current.ends_at
    while end - moment < ALWAYS:
        following = _at(hours, end)
        if following is None:
            return end
        end = following.ends_at
    return None


def next_opening(hours: Hours, moment: datetime) -> datetime | None:
    """Return when it opens next, if it is closed and ever opens."""
    today = hours.day_of(moment)
    for ahead in range(LOOKS_AHEAD):
        for span in openings(hours, today + timedelta(days=ahead)):
            if span.starts_at >= moment:
                return span.starts_at
    return None


def windows(hours: Hours, day: date, length: timedelta) -> list[Span]:
    """Return the day's openings cut into windows of this length; a rest too short is left out."""
    return [window for span in openings(hours, day) for window in _cut(span, length)]


def _at(hours: Hours, moment: datetime) -> Span | None:
    today = hours.day_of(moment)
    for day in (today - timedelta(days=1), today):
        for span in openings(hours, day):
            if span.starts_at <= moment < span.ends_at:
                return span
    return None


def _span(zone: ZoneInfo, day: date, opening: Opening) -> Span:
    """Of a time that comes twice, the first opens and the second closes."""
    end_day = day if opening.closes else day + timedelta(days=1)
    opens = datetime.combine(day, opening.opens, tzinfo=zone)
    closes = datetime.combine(end_day, opening.closes or time(0), tzinfo=zone)
    return Span(opens.astimezone(UTC), _end(closes))


def _end(closes: datetime) -> datetime:
    """A closing time the clocks jump over comes after the jump, never before the opening."""
    return max(closes.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def _cut(span: Span, length: timedelta) -> Iterator[Span]:
    start = span.starts_at
    while start + length <= span.ends_at:
        yield Span(start, start + length)
        start += length
