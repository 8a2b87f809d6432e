"""What a customer sees of a call-back, a video call or an appointment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from desk.help.contact.caller import Caller
from desk.help.contact.forms import ContactForm
from desk.help.contact.talking import days_of
from desk.help.contact.views import DayView
from desk.rendering import PrivateView
from kb.cases.models import Case
from kb.ways import policy
from kb.ways.models import Meeting, Way


@dataclass(frozen=True)
class Agreement:
    """What was agreed, in words."""

    way: str
    state: str
    day: str
    time: str
    zone: str
    phone: str
    room: str
    is_confirmed: bool
    can_change: bool
    has_time: bool
    """A video call that begins now has none to speak of."""
    url: str
    case_url: str


@dataclass(frozen=True)
class MeetingPage(PrivateView):
    """The private page."""

    template: ClassVar[str] = "help/meeting.html"
    meeting: Agreement


@dataclass(frozen=True)
class MovePage(PrivateView):
    """Another time for the same meeting."""

    template: ClassVar[str] = "help/move.html"
    meeting: Agreement
    days: Sequence[DayView]
    errors: dict[str, str]
    is_late: bool


def meeting_page(caller: Caller, meeting: Meeting, case: Case) -> MeetingPage:
    """Return the page of a meeting."""
    return MeetingPage(agreement(caller, meeting, case))


def move_page(
    caller: Caller, meeting: Meeting, case: Case, form: ContactForm, *, is_late: bool = False
) -> MovePage:
    """Return the page on which another time is chosen."""
    errors = {"slot": "contact.error.slot"} if not is_late and "slot" in form.errors() else {}
    return MovePage(
        meeting=agreement(caller, meeting, case),
        days=days_of(caller, form),
        errors=errors if form.key else {},
        is_late=is_late,
    )


def agreement(caller: Caller, meeting: Meeting, case: Case) -> Agreement:
    """Put what was agreed into words."""
    teller = caller.teller
    return Agreement(
        way=meeting.way.value,
        state=meeting.state.value,
        day=teller.date(meeting.starts_at),
        time=teller.between(meeting.starts_at, meeting.ends_at),
        zone=caller.service.time_zone.key.replace("_", " "),
        phone=meeting.phone,
        room=meeting.room,
        is_confirmed=meeting.confirmed_at is not None,
        can_change=policy.may_change(meeting, at=caller.now),
        has_time=meeting.way is not Way.VIDEO,
        url=f"/{caller.locale}/meetings/{meeting.public_id}",
        case_url=f"/{caller.locale}/cases/{case.public_id}",
    )
