"""What an operator can say in the service file, and what of it is impossible.

Everything is frozen, unknown keys are refused, and every complaint is a sentence for a person.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    field_validator,
    model_validator,
)

from kb.config import Locale
from kb.ways.holidays import Holiday, Holidays
from kb.ways.hours import Hours, Opening
from kb.ways.models import Way
from kb.ways.slots import Agenda

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|(24):00)")
LONGEST_HORIZON = 60
FEWEST_DIGITS = 3
"""A service number may be as short as 110."""

Week = Mapping[int, tuple[Opening, ...]]


def week(value: object) -> Week:
    """Read opening hours like `mon-fri = ["08:00-18:00"]`.

    Raises:
        ValueError: with a sentence that says which day or time is wrong.
    """
    if not isinstance(value, dict):
        raise ValueError('must look like: mon-fri = ["08:00-18:00"]')  # noqa: TRY004  # pydantic
    found: dict[int, tuple[Opening, ...]] = {}
    for days, times in value.items():
        if not isinstance(times, list):
            raise ValueError(f'{days} must be a list of times like ["08:00-18:00"]')  # noqa: TRY004
        spans = tuple(sorted((_opening(each) for each in times), key=lambda one: one.opens))
        for day in _days(days):
            if day in found:
                raise ValueError(f"{DAYS[day]} is named twice")
            found[day] = spans
    return found


def _days(words: str) -> Iterator[int]:
    first, _, last = words.partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        raise ValueError(f"{words!r} is no day; days are {', '.join(DAYS)}, or mon-fri")
    start, end = DAYS.index(first), DAYS.index(last or first)
    if start > end:
        raise ValueError(f"{words!r} goes backwards")
    yield from range(start, end + 1)


def _opening(words: object) -> Opening:
    found = _SPAN.fullmatch(words) if isinstance(words, str) else None
    if found is None:
        raise ValueError(f"{words!r} is no time like 08:00-18:00 (midnight at the end is 24:00)")
    opens = time(int(found[1]), int(found[2]))
    closes = None if found[5] else time(int(found[3]), int(found[4]))
    if closes is not None and closes <= opens:
        raise ValueError(f"{words!r} ends before it begins; write a night as two days")
    return Opening(opens, closes)


OpenWeek = Annotated[Week, BeforeValidator(week)]


class Part(BaseModel):
    """A part of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Channel(Part):
    """A way to a person; its hours are those of the file where it has none of its own."""

    hours: OpenWeek | None = None
    text: Mapping[Locale, str] = {}
    """A sentence of the operator's, per language."""


class Call(Channel):
    """Customers call."""

    phone: str = Field(min_length=FEWEST_DIGITS, max_length=40)


class Timed(Channel):
    """Customers choose a time."""

    capacity: StrictInt = Field(default=1, ge=1, le=500)
    minutes: StrictInt = Field(default=30, ge=5, le=480)
    lead_minutes: StrictInt = Field(default=60, ge=0, le=20_160)
    horizon_days: StrictInt = Field(default=14, ge=1, le=LONGEST_HORIZON)


class Callback(Timed):
    """We call back, in a window the customer chooses."""

    minutes: StrictInt = Field(default=120, ge=15, le=480)
    horizon_days: StrictInt = Field(default=5, ge=1, le=LONGEST_HORIZON)


class Video(Channel):
    """A video call now."""

    link: str

    @field_validator("link")
    @classmethod
    def _has_a_room(cls, value: str) -> str:
        if not value.startswith("https://") or value.count("{room}") != 1:
            raise ValueError("must be an https:// address with {room} where the room's name goes")
        return value


class Appointment(Timed):
    """A meeting at a fixed time."""

    by: Literal["video", "phone"] = "phone"


class Service(Part):
    """The whole file."""

    time_zone: ZoneInfo = ZoneInfo("Europe/Berlin")
    country: str = Field(default="DE", pattern="^[A-Z]{2}$")
    """Whose numbers customers type without a country code."""
    holidays: Holidays = Holidays()
    hours: OpenWeek | None = None
    text: Mapping[Locale, str] = {}
    message: Channel = Channel()
    call: Call | None = None
    callback: Callback | None = None
    video: Video | None = None
    appointment: Appointment | None = None

    @field_validator("time_zone", mode="before")
    @classmethod
    def _zone(cls, value: object) -> ZoneInfo:
        try:
            return ZoneInfo(str(value))
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{value!r} is no time zone like Europe/Berlin") from error

    @field_validator("country")
    @classmethod
    def _country(cls, value: str) -> str:
        if value not in phonenumbers.SUPPORTED_REGIONS:
            raise ValueError(f"{value!r} is no country like DE")
        return value

    @field_validator("holidays", mode="before")
    @classmethod
    def _holidays(cls, value: object) -> Holidays:
        if isinstance(value, Holidays):
            return value
        if not isinstance(value, list):
            raise ValueError('must be a list like ["new-year", 2026-12-24]')  # noqa: TRY004
        return Holidays(
            named=frozenset(_holiday(each) for each in value if type(each) is not date),
            dates=frozenset(each for each in value if type(each) is date),
        )

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        for way in (Way.CALLBACK, Way.APPOINTMENT, Way.VIDEO):
            channel = self.channel(way)
            if channel is not None and not (self.hours or channel.hours):
                raise ValueError(f"[{way}] needs hours of its own, or [hours] for all")
        if self.appointment is not None and self.appointment.by == "video" and not self.video:
            raise ValueError('[appointment] by = "video" needs [video] with a link')
        return self

    def channel(self, way: Way) -> Channel | None:
        """Return what is said about a way; None when it is not offered."""
        found: Channel | None = getattr(self, way.value)
        return found

    def hours_of(self, way: Way) -> Hours | None:
        """Return when a way is open; None when that is not known."""
        channel = self.channel(way)
        chosen = (channel.hours if channel else None) or self.hours
        return Hours(self.time_zone, chosen, self.holidays) if chosen else None

    def agenda(self, way: Way) -> Agenda | None:
        """Return how the times of a way are given away; None when it has none."""
        channel, hours = self.channel(way), self.hours_of(way)
        if not isinstance(channel, Timed) or hours is None:
            return None
        return Agenda(
            hours=hours,
            length=timedelta(minutes=channel.minutes),
            capacity=channel.capacity,
            lead=timedelta(minutes=channel.lead_minutes),
            horizon=channel.horizon_days,
        )


def _holiday(words: Any) -> Holiday:  # noqa: ANN401  # as the file has it
    try:
        return Holiday(words)
    except ValueError as error:
        known = ", ".join(Holiday)
        raise ValueError(f"{words!r} is no holiday; known are {known}, and dates") from error
