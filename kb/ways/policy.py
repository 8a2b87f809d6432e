"""Rules about meetings, and in which order the ways are shown."""

from datetime import datetime, timedelta

from kb.ways.models import Meeting, MeetingState, Way

REMINDS_BEFORE = (timedelta(hours=24), timedelta(hours=2))
FEWEST_REPLIES = 10
"""From how many first replies on a waiting time says something."""
LOOKS_BACK = timedelta(days=28)
NEAREST = (Way.MESSAGE, Way.CALL, Way.CALLBACK, Way.VIDEO, Way.APPOINTMENT)
VOICE_FIRST = (Way.CALL, Way.CALLBACK, Way.VIDEO, Way.MESSAGE, Way.APPOINTMENT)
"""For somebody in distress: a voice before a form."""


def place_in_line(way: Way, *, is_open: bool, voice_first: bool) -> tuple[bool, int]:
    """Return what ways are sorted by: what is open now, then what is nearest."""
    order = VOICE_FIRST if voice_first else NEAREST
    return (not is_open, order.index(way))


def may_change(meeting: Meeting, *, at: datetime) -> bool:
    """A customer moves, confirms or cancels what is agreed, until it begins."""
    return meeting.state is MeetingState.AGREED and at < meeting.starts_at


def may_decide(meeting: Meeting) -> bool:
    """An agent says what became of it, until somebody has."""
    return meeting.state is MeetingState.AGREED


def remind_at(starts_at: datetime, *, now: datetime) -> datetime | None:
    """Return when to remind: a day before, or shortly before, or not at all when it is soon."""
    for before in REMINDS_BEFORE:
        if starts_at - before > now + timedelta(hours=1):
            return starts_at - before
    return None
