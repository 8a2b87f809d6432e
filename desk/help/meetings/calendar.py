"""What was agreed as a calendar file (RFC 5545), with the rules of its time zone."""

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event, Timezone

from desk.help.contact.caller import Caller
from kb.text import digest
from kb.ways.models import Meeting, MeetingState

_RULES = timedelta(days=400)
"""Around the time, so that calendars know the clock changes near it."""
_RINGS = timedelta(minutes=-15)


def calendar_file(caller: Caller, meeting: Meeting) -> bytes:
    """Return the file. The same meeting has the same id, moved or cancelled a higher number."""
    words, zone = caller.words, caller.service.time_zone
    starts_at, ends_at = (
        moment.astimezone(zone) for moment in (meeting.starts_at, meeting.ends_at)
    )
    link = f"{caller.config.public_url}/{caller.locale}/meetings/{meeting.public_id}"
    is_cancelled = meeting.state is MeetingState.CANCELLED
    event = Event()
    event.add("uid", f"{digest('meeting', meeting.public_id)[:40]}@lotse")
    event.add("dtstamp", caller.now)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", words(f"calendar.{meeting.way}", brand=caller.config.brand))
    event.add("location", meeting.room or meeting.phone)
    event.add("description", words("calendar.text", link=link))
    event.add("url", link)
    event.add("sequence", meeting.version - 1)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if not is_cancelled:
        event.add_component(_alarm(words(f"calendar.{meeting.way}", brand=caller.config.brand)))
    return _calendar(caller, event, _rules(zone.key, starts_at))


def _calendar(caller: Caller, event: Event, rules: Timezone) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//{caller.config.brand}//Lotse//{caller.locale.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(rules)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _rules(zone: str, around: datetime) -> Timezone:
    first, last = (around - _RULES).date(), (around + _RULES).date()
    return Timezone.from_tzid(zone, first_date=first, last_date=last)


def _alarm(text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", _RINGS)
    return alarm
