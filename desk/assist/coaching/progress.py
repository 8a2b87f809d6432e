"""A plan on its way: followed live, given another way, done together, ended, switched off."""

from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Stream
from sqlmodel import Session

from desk import rendering
from desk.assist.coaching import sending
from desk.assist.coaching.following import coached, mark
from desk.assist.coaching.views import CoachedPanel
from desk.assist.work import LARGEST_ID, CurrentWork, Work
from desk.deps import CurrentFields, Fields
from desk.live import Channel
from desk.rendering import HTTPRequest
from desk.site import site_of
from kb.cases.models import Case, Outcome
from kb.coaching import actions, policy, queries
from kb.coaching.actions import Happened
from kb.coaching.models import (
    CoachingPlan,
    CoachingStep,
    EventKind,
    HelpLevel,
    PauseReason,
    PlanState,
)
from kb.db import stored_id
from kb.errors import InvalidInput, NotFound
from kb.people.models import Person

LONGEST_MARK = 64
LONGEST_KEY = 80
Shown = Response[Any] | Redirect


@get("/coaching", sync_to_thread=True)
def show_coached(request: HTTPRequest, work: CurrentWork) -> Response[bytes] | Redirect:
    """Show how it goes to a page that is open; to everybody else, the case."""
    if not rendering.wants_fragment(request):
        return work.back("coached")
    return rendering.respond(request, fragment=CoachedPanel(coached(work)))


@get("/coaching/events", sync_to_thread=True)
def follow_coached(
    work: CurrentWork, request: HTTPRequest, seen: FromQuery[str] = ""
) -> Response[bytes] | Stream:
    """Tell the open page when something happens, for as long as who looks may work here."""
    person_id, case_id = work.viewer.person_id, work.case_id

    def look(session: Session) -> str | None:
        person, case = session.get(Person, person_id), session.get(Case, case_id)
        is_staff = person is not None and person.is_active and person.viewer.is_staff
        return mark(session, case) if is_staff and case is not None else None

    channel = Channel(look, f"desk {person_id} {case_id}", seen[:LONGEST_MARK], case_id)
    return site_of(request).live.respond(channel)


@post("/coaching/{plan_id:int}/ways", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def send_way(
    request: HTTPRequest, work: CurrentWork, plan_id: FromPath[int], fields: CurrentFields
) -> Shown:
    """Send another way for the step that did not work; their page shows it at once."""
    plan = _sent(work, plan_id)
    step = _step(work, plan, fields)
    key = fields.line("key", limit=LONGEST_KEY)
    sending.send_way(work, plan, step, fields.text("way"), key=key)
    return _coached(request, work)


@post("/coaching/{plan_id:int}/progress", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def note_done(
    request: HTTPRequest, work: CurrentWork, plan_id: FromPath[int], fields: CurrentFields
) -> Shown:
    """Go on by one step, while both work through it together."""
    plan = _sent(work, plan_id)
    if plan.level is not HelpLevel.TOGETHER:
        raise InvalidInput(field="level")
    step, key = _step(work, plan, fields), fields.line("key", limit=LONGEST_KEY)
    event = Happened(EventKind.DONE, f"desk:{key}", work.viewer.person_id, step)
    actions.record(work.session, plan, event)
    return _coached(request, work)


@post("/coaching/{plan_id:int}/ending", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def end_plan(request: HTTPRequest, work: CurrentWork, plan_id: FromPath[int]) -> Shown:
    """Take over: the customer does nothing more."""
    actions.end(work.session, _sent(work, plan_id), Outcome.HANDED_OVER)
    return _coached(request, work)


@post("/coaching/pause", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def pause_coaching(request: HTTPRequest, work: CurrentWork) -> Shown:
    """Switch coaching off for this case."""
    actions.pause(work.session, work.case, PauseReason.AGENT, by=work.viewer.person_id)
    return _coached(request, work)


@post("/coaching/resumption", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def resume_coaching(request: HTTPRequest, work: CurrentWork) -> Shown:
    """Switch it on again."""
    actions.resume(work.session, work.case)
    return _coached(request, work)


def _coached(request: HTTPRequest, work: Work) -> Shown:
    work.session.flush()
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=CoachedPanel(coached(work)))
    return work.back("coached")


def _sent(work: Work, plan_id: int) -> CoachingPlan:
    found = queries.plan(work.session, work.case_id, plan_id) if plan_id <= LARGEST_ID else None
    if found is None or found.state is PlanState.DRAFT:
        raise NotFound
    return found


def _step(work: Work, plan: CoachingPlan, fields: Fields) -> CoachingStep:
    steps = queries.steps(work.session, stored_id(plan.id))
    found = policy.progress(steps, ()).at(fields.line("step", limit=16))
    if found is None:
        raise NotFound
    return found.step


HANDLERS = [
    show_coached,
    follow_coached,
    send_way,
    note_done,
    end_plan,
    pause_coaching,
    resume_coaching,
]
