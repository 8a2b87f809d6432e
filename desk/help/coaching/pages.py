"""The coaching page: look at it, follow it, say how it goes. Nothing is changed by looking."""

from dataclasses import replace
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import Provide
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Stream
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from desk import rendering, uploads
from desk.deps import CurrentFields, Fields
from desk.help.coaching import happening, showing
from desk.help.coaching.own import CurrentOwnPlan, OwnPlan, provide_own_plan
from desk.help.coaching.views import Coach, CoachPage, CoachPanel
from desk.live import Channel
from desk.rendering import HTTPRequest
from desk.security import limit_searches, visitor_of
from desk.site import site_of
from desk.uploads import TAKES_FILES, CurrentUpload, FileField, Upload
from kb.coaching import queries
from kb.errors import InvalidInput

LONGEST_MARK = 32
Shown = Response[Any] | Redirect


@get("/", sync_to_thread=True)
def show_coaching(
    request: HTTPRequest,
    own: CurrentOwnPlan,
    show: FromQuery[str] = "",
    step: FromQuery[str] = "",
    told: FromQuery[str] = "",
) -> Response[bytes]:
    """Show the one thing that comes next."""
    return _respond(request, showing.coach(own, show=show, step=step, told=told))


@get("/events", sync_to_thread=True)
def follow_coaching(
    request: HTTPRequest, own: CurrentOwnPlan, seen: FromQuery[str] = ""
) -> Response[bytes] | Stream:
    """Tell the open page when the agent has sent something."""
    link = own.plan.public_id

    def look(session: Session) -> str | None:
        plan = queries.by_private_link(session, link)
        return showing.mark(session, plan) if plan is not None else None

    visitor = f"{visitor_of(request)} {link}"
    channel = Channel(look, visitor, seen[:LONGEST_MARK], own.case.id)
    return site_of(request).live.respond(channel)


@post(
    "/steps/{key:str}/progress",
    sync_to_thread=True,
    status_code=303,
    guards=[limit_searches],
    keeps_nothing=True,  # taps, many of them, and no words: counted by the minute
)
def note_progress(
    request: HTTPRequest, own: CurrentOwnPlan, key: FromPath[str], fields: CurrentFields
) -> Shown:
    """Note that a step was seen, done, tried again or left out."""
    own.must_be_the_customers()
    return _happened(request, own, fields, step=key)


@post("/steps/{key:str}/failure", sync_to_thread=True, status_code=303, **TAKES_FILES)
def note_failure(
    request: HTTPRequest, own: CurrentOwnPlan, key: FromPath[str], upload: CurrentUpload
) -> Shown:
    """Note that a step did not work, with what was seen instead, or a picture of it."""
    own.must_be_the_customers()
    fields = Fields(upload.fields | {"what": "failed"})
    if refused := uploads.refusal(own.session, upload, own.case.id):
        again = happening.again(own, fields, step=key, show="failure")
        again = replace(again, error="", files=FileField(upload.limits.megabytes, refused=refused))
        return _respond(request, again, status=422)
    return _happened(request, own, fields, step=key, upload=upload)


@post("/words", sync_to_thread=True, status_code=303)
def take_words(request: HTTPRequest, own: CurrentOwnPlan, fields: CurrentFields) -> Shown:
    """Take a call for help, a question, the wish that we do it, or whether it is solved."""
    own.must_be_the_customers()
    return _happened(request, own, fields, step=fields.line("step", limit=16))


@get(["/words", "/steps/{key:str}/progress", "/steps/{key:str}/failure"], sync_to_thread=True)
def return_to_coaching(own: CurrentOwnPlan) -> Redirect:
    """Lead back from the address of a form: another language, or the page loaded again."""
    return own.back()


def _happened(
    request: HTTPRequest,
    own: OwnPlan,
    fields: Fields,
    *,
    step: str,
    upload: Upload | None = None,
) -> Shown:
    try:
        told = happening.happened(own, fields, step=step, upload=upload)
    except InvalidInput as problem:
        own.session.rollback()
        again = happening.again(own, fields, step=step)
        return _respond(request, again, status=problem.status)
    except IntegrityError:  # pressed twice: the other request has noted it in this moment
        own.session.rollback()
        return own.back()
    if told is None:
        return Response(b"", status_code=204)
    if not rendering.wants_fragment(request):
        return own.back(told)
    shown = _respond(request, showing.coach(own, told=told))
    shown.headers["hx-replace-url"] = own.url  # loaded again, it goes on from here
    return shown


def _respond(request: HTTPRequest, coach: Coach, *, status: int = 200) -> Response[bytes]:
    return rendering.respond(
        request, page=CoachPage(coach), fragment=CoachPanel(coach), status=status
    )


router = Router(
    "/coaching/{public_id:str}",
    dependencies={"own": Provide(provide_own_plan, sync_to_thread=True)},
    route_handlers=[
        show_coaching,
        follow_coaching,
        note_progress,
        note_failure,
        take_words,
        return_to_coaching,
    ],
)
