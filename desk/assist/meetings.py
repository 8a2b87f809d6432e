"""Call-backs, video calls, appointments: those of today, those of a case, what came of them."""

from datetime import UTC, datetime, time, timedelta
from http import HTTPStatus

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect
from sqlmodel import Session

from desk import i18n, rendering
from desk.assist.meeting_views import MeetingRow, meeting_rows
from desk.assist.work import LARGEST_ID, CurrentWork, Work
from desk.deps import CurrentFields
from desk.rendering import HTTPRequest
from desk.site import site_of
from desk.times import Teller
from kb import clock
from kb.access import Viewer
from kb.errors import InvalidInput, NotFound
from kb.people.models import Person
from kb.ways import actions, queries
from kb.ways.models import Meeting, MeetingState

DECISIONS = (MeetingState.DONE, MeetingState.MISSED)


def today(request: HTTPRequest, session: Session, viewer: Viewer) -> list[MeetingRow]:
    """Return what is agreed for today, by the service's clock."""
    words = i18n.words(rendering.locale_of(request))
    teller = Teller(words, site_of(request).service.time_zone, clock.now())
    day = teller.now.astimezone(teller.zone).date()
    midnights = [
        datetime.combine(one, time(0), tzinfo=teller.zone).astimezone(UTC)
        for one in (day, day + timedelta(days=1))
    ]
    return meeting_rows(teller, queries.between(session, viewer, *midnights))


def of_case(work: Work) -> list[MeetingRow]:
    """Return what was agreed in a case."""
    customer = work.session.get_one(Person, work.case.customer_id)
    teller = Teller(i18n.words(work.locale), work.service.time_zone, clock.now())
    found = queries.of_case(work.session, work.case_id)
    return meeting_rows(teller, ((one, work.case, customer) for one in found))


@post("/meetings/{meeting_id:int}/outcome", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def decide(work: CurrentWork, fields: CurrentFields, meeting_id: FromPath[int]) -> Redirect:
    """Note that we talked, or that nobody was reached."""
    known = meeting_id <= LARGEST_ID
    meeting = work.session.get(Meeting, meeting_id) if known else None
    if meeting is None or meeting.case_id != work.case_id:
        raise NotFound
    state = next((one for one in DECISIONS if one == fields.line("state")), None)
    if state is None:
        raise InvalidInput(field="state")
    actions.decide(work.session, meeting, state, by=work.viewer.person_id)
    return work.back("meetings")


HANDLERS = [decide]
