"""The ways to a person as they are this moment: which are open, until when, or from when on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from desk.i18n import Words
from desk.times import Teller
from kb.ways import hours, policy
from kb.ways.models import Way
from kb.ways.service_file import Service

_ALWAYS = {
    Way.MESSAGE: "ways.any_time",
    Way.CALLBACK: "ways.your_window",
    Way.APPOINTMENT: "ways.your_time",
}
"""A message can be written, and a time be chosen, in the middle of the night."""
_ABOUT = timedelta(minutes=5)
"""A usual wait is told no finer, and rounded up."""


@dataclass(frozen=True)
class WayNow:
    """One way, with what can honestly be said about it now."""

    way: str
    is_open: bool
    when: str
    """In words; empty where nothing is known."""
    wait: str
    note: str
    """The operator's own sentence."""


def ways_now(
    service: Service,
    words: Words,
    now: datetime,
    *,
    wait: timedelta | None = None,
    voice_first: bool = False,
) -> tuple[WayNow, ...]:
    """Return the ways that are offered, best first."""
    teller = Teller(words, service.time_zone, now)
    found = [_now(service, teller, way, wait) for way in Way if service.channel(way) is not None]

    def line(one: WayNow) -> tuple[bool, int]:
        return policy.place_in_line(Way(one.way), is_open=one.is_open, voice_first=voice_first)

    return tuple(sorted(found, key=line))


def phone_of(service: Service) -> str:
    """Return the number customers can call, if there is one."""
    return service.call.phone if service.call is not None else ""


def _now(service: Service, teller: Teller, way: Way, wait: timedelta | None) -> WayNow:
    channel, opened = service.channel(way), service.hours_of(way)
    is_message = way is Way.MESSAGE
    return WayNow(
        way=way.value,
        is_open=way in _ALWAYS or opened is None or hours.is_open(opened, teller.now),
        when=_when(way, opened, teller),
        wait=_wait(teller, wait) if is_message else "",
        note=(channel.text if channel else {}).get(teller.words.locale, ""),
    )


def _when(way: Way, opened: hours.Hours | None, teller: Teller) -> str:
    words, now = teller.words, teller.now
    if way in _ALWAYS:
        return words(_ALWAYS[way])
    if opened is None:
        return ""
    if hours.is_open(opened, now):
        closes = hours.closes_at(opened, now)
        return _until(teller, closes) if closes else words("ways.always")
    opens = hours.next_opening(opened, now)
    if opens is None:
        return words("ways.closed")
    return words("ways.again", day=teller.day(opens), time=teller.time(opens))


def _until(teller: Teller, closes: datetime) -> str:
    return teller.words("ways.until", time=teller.time(closes))


def _wait(teller: Teller, wait: timedelta | None) -> str:
    if wait is None:
        return teller.words("ways.wait_unknown")
    rounded = ceil(wait / _ABOUT) * _ABOUT
    return teller.words("ways.wait", length=teller.length(rounded))
