"""Plans on the desk: begun from an article, written, sent, and kept for the next case."""

from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from desk import rendering
from desk.assist.coaching import drafting, sending
from desk.assist.coaching.editing import editor
from desk.assist.coaching.forms import asked, plan_edit
from desk.assist.coaching.views import Editor, EditorPage
from desk.assist.work import LARGEST_ID, CurrentWork, Work
from desk.deps import CurrentFields, Fields
from desk.rendering import HTTPRequest
from kb.coaching import actions, queries, templates, writing
from kb.coaching.models import CoachingPlan, PlanState
from kb.coaching.writing import PlanEdit
from kb.db import stored_id
from kb.errors import InvalidInput, NotFound, StaleRevision

Shown = Response[Any] | Redirect
_SAID = frozenset({"saved", "template"})


@post("/coaching", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def begin_plan(work: CurrentWork, fields: CurrentFields) -> Redirect:
    """Begin a plan from an article anybody may read, or from a template made of one."""
    article_id = fields.number("article")
    if article_id is None:
        raise NotFound
    actions.settle_all(work.session)
    new = drafting.new_plan(
        work,
        article_id,
        anchor=fields.line("anchor"),
        template_id=fields.number("template") or 0,
    )
    plan = writing.draft(work.session, work.case, new, by=work.viewer)
    return _to(work, plan, saved="")


@get("/coaching/{plan_id:int}", sync_to_thread=True)
def show_plan(
    request: HTTPRequest, work: CurrentWork, plan_id: FromPath[int], saved: FromQuery[str] = ""
) -> Response[bytes]:
    """Show the editor of a plan."""
    plan = _plan(work, plan_id)
    return _show(request, editor(work, plan, saved=saved if saved in _SAID else ""))


@post("/coaching/{plan_id:int}", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def save_plan(
    request: HTTPRequest, work: CurrentWork, plan_id: FromPath[int], fields: CurrentFields
) -> Shown:
    """Keep what was written; the button that was pressed may move a step as well."""
    plan = _plan(work, plan_id)
    return _kept(request, work, plan, fields) or _to(work, plan, anchor=asked(fields)[1])


@post("/coaching/{plan_id:int}/sending", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def send_plan(
    request: HTTPRequest, work: CurrentWork, plan_id: FromPath[int], fields: CurrentFields
) -> Shown:
    """Keep what was written and send it: a message in the case, with the private link."""
    plan = _plan(work, plan_id)
    if plan.state is not PlanState.DRAFT:
        return work.back("coached")
    if refused := _kept(request, work, plan, fields):
        return refused
    try:
        sending.send(work, plan)
    except InvalidInput as problem:
        errors = [str(problem.details.get("field", ""))]
        return _show(request, editor(work, plan, errors=errors), status=problem.status)
    return work.back("coached")


@post("/coaching/{plan_id:int}/device", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def choose_device(work: CurrentWork, plan_id: FromPath[int], fields: CurrentFields) -> Redirect:
    """Take the steps of another device from the article, instead of those that are there."""
    plan = _plan(work, plan_id)
    if plan.state is PlanState.DRAFT:
        writing.touch(work.session, plan, fields.number("version") or 0)
        new = drafting.for_device(work, plan.article_id, fields.line("device", limit=40))
        plan.device = new.device
        writing.fill(work.session, plan, new.steps)
    return _to(work, plan)


@post("/coaching/{plan_id:int}/templates", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def keep_template(
    request: HTTPRequest, work: CurrentWork, plan_id: FromPath[int], fields: CurrentFields
) -> Shown:
    """Keep the plan for cases like this one."""
    plan = _plan(work, plan_id)
    if refused := _kept(request, work, plan, fields):
        return refused
    templates.keep(work.session, plan, title=plan.title, by=work.viewer)
    return _to(work, plan, saved="template")


def _kept(
    request: HTTPRequest, work: Work, plan: CoachingPlan, fields: Fields
) -> Response[bytes] | None:
    """Keep what was written, or show it again with what a colleague has made of it meanwhile."""
    steps = queries.steps(work.session, stored_id(plan.id))
    typed = plan_edit(fields, steps)
    try:
        writing.edit(work.session, plan, typed)
    except StaleRevision as problem:
        return _stale(request, work, plan, typed, status=problem.status)
    return None


def _stale(
    request: HTTPRequest, work: Work, plan: CoachingPlan, typed: PlanEdit, *, status: int
) -> Response[bytes]:
    work.session.rollback()
    work.session.refresh(plan)
    return _show(request, editor(work, plan, typed=typed, is_stale=True), status=status)


def _show(request: HTTPRequest, shown: Editor, *, status: int = HTTPStatus.OK) -> Response[bytes]:
    return rendering.respond(request, page=EditorPage(shown), status=status)


def _to(work: Work, plan: CoachingPlan, *, anchor: str = "", saved: str = "saved") -> Redirect:
    place = f"#step-{anchor}" if anchor.isalnum() else ""
    said = f"?saved={saved}" if saved else ""
    return Redirect(f"{work.url}/coaching/{plan.id}{said}{place}", status_code=303)


def _plan(work: Work, plan_id: int) -> CoachingPlan:
    found = queries.plan(work.session, work.case_id, plan_id) if plan_id <= LARGEST_ID else None
    if found is None:
        raise NotFound
    return found


HANDLERS = [begin_plan, show_plan, save_plan, send_plan, choose_device, keep_template]
