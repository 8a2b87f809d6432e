"""The private page of a meeting. Whoever has the link is the customer; only a POST changes it."""

from dataclasses import dataclass
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, SkipValidation
from litestar.response import Redirect

from desk import rendering
from desk.deps import CurrentFields
from desk.help.contact import letters, opening
from desk.help.contact.caller import Caller, CurrentCaller, provide_caller
from desk.help.contact.forms import ContactForm, slot_of
from desk.help.meetings.calendar import calendar_file
from desk.help.meetings.views import meeting_page, move_page
from desk.rendering import HTTPRequest
from kb.cases.models import Case
from kb.errors import MeetingOver, NotFound, SlotTaken
from kb.people.models import Person
from kb.ways import actions, policy, queries
from kb.ways.models import Meeting
from kb.ways.slots import Agenda

CALENDAR = "text/calendar"


@dataclass(frozen=True)
class Visit:
    """Somebody with the link of a meeting."""

    caller: Caller
    meeting: Meeting
    case: Case
    email: str

    def back(self) -> Redirect:
        """Lead to the page again."""
        path = f"/{self.caller.locale}/meetings/{self.meeting.public_id}"
        return Redirect(path, status_code=303)


CurrentMeeting = NamedDependency[SkipValidation[Visit]]


def provide_meeting(caller: CurrentCaller, public_id: FromPath[str]) -> Visit:
    """Return the meeting of this link.

    Raises:
        NotFound: there is none.
    """
    meeting = queries.by_public_id(caller.session, public_id)
    if meeting is None:
        raise NotFound
    case = caller.session.get_one(Case, meeting.case_id)
    customer = caller.session.get_one(Person, case.customer_id)
    return Visit(caller, meeting, case, customer.email)


@get("/", sync_to_thread=True)
def show_meeting(request: HTTPRequest, visit: CurrentMeeting) -> Response[bytes]:
    """Show what was agreed."""
    page = meeting_page(visit.caller, visit.meeting, visit.case)
    return rendering.respond(request, page=page)


@get("/calendar.ics", sync_to_thread=True)
def show_calendar(visit: CurrentMeeting) -> Response[bytes]:
    """Give the file calendars understand."""
    headers = {
        "content-disposition": 'attachment; filename="lotse.ics"',
        "cache-control": "no-store",
        "x-robots-tag": "noindex",
    }
    content = calendar_file(visit.caller, visit.meeting)
    return Response(content, media_type=CALENDAR, headers=headers)


@get("/time", sync_to_thread=True)
def show_times(request: HTTPRequest, visit: CurrentMeeting) -> Response[bytes]:
    """Show the other times there are."""
    _agenda(visit)
    form = ContactForm(way=visit.meeting.way)
    page = move_page(visit.caller, visit.meeting, visit.case, form)
    return rendering.respond(request, page=page)


@post("/time", sync_to_thread=True, status_code=303)
def move(request: HTTPRequest, visit: CurrentMeeting, fields: CurrentFields) -> Response[Any]:
    """Move the meeting."""
    caller, meeting = visit.caller, visit.meeting
    agenda, chosen = _agenda(visit), slot_of(fields.line("slot", limit=20))
    form = ContactForm(way=meeting.way, needs_slot=True, slot=chosen, key=meeting.public_id)
    if chosen is None:
        page = move_page(caller, meeting, visit.case, form)
        return rendering.respond(request, page=page, status=422)
    try:
        if chosen != meeting.starts_at:
            _moved(visit, form, agenda)
    except SlotTaken as problem:
        page = move_page(caller, meeting, visit.case, form, is_late=True)
        return rendering.respond(request, page=page, status=problem.status)
    return visit.back()


@post("/confirmation", sync_to_thread=True, status_code=303)
def confirm(visit: CurrentMeeting) -> Redirect:
    """Note that the customer will be there."""
    actions.confirm(visit.caller.session, visit.meeting)
    return visit.back()


@post("/cancellation", sync_to_thread=True, status_code=303)
def cancel(visit: CurrentMeeting) -> Redirect:
    """Cancel the meeting; its time is free for others."""
    caller, meeting = visit.caller, visit.meeting
    version = meeting.version
    letters.forget_reminder(caller, meeting)
    actions.cancel(caller.session, meeting)
    if meeting.version != version:
        letters.cancelled(caller, meeting, visit.email)
    return visit.back()


def _agenda(visit: Visit) -> Agenda:
    agenda = visit.caller.service.agenda(visit.meeting.way)
    if agenda is None or not policy.may_change(visit.meeting, at=visit.caller.now):
        raise MeetingOver
    return agenda


def _moved(visit: Visit, form: ContactForm, agenda: Agenda) -> None:
    caller, meeting = visit.caller, visit.meeting
    span = opening.chosen(caller, form, agenda)
    letters.forget_reminder(caller, meeting)
    actions.move(caller.session, meeting, span, capacity=agenda.capacity)
    letters.agreed(caller, meeting, visit.email)


router = Router(
    "/meetings/{public_id:str}",
    route_handlers=[show_meeting, show_calendar, show_times, move, confirm, cancel],
    dependencies={
        "caller": Provide(provide_caller, sync_to_thread=True),
        "visit": Provide(provide_meeting, sync_to_thread=True),
    },
)
