"""The one place that words and shows Problems, whatever went wrong.

Everything that can be raised becomes a Problem first; a Problem becomes a page, a fragment for
htmx, or JSON for the API. No response ever carries a traceback or the text of an exception.
"""

import secrets
import traceback
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlencode

import structlog
from litestar import MediaType, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from desk import i18n, rendering
from desk.rendering import HTTPRequest, PrivateView
from kb import errors
from kb.errors import Problem

SIGN_IN = "/desk/sign-in"
log = structlog.get_logger()


@dataclass(frozen=True)
class ProblemNotice(PrivateView):
    """What htmx puts at the top of the page that is already there."""

    template: ClassVar[str] = "_problem.html"
    message: str
    reference: str


@dataclass(frozen=True)
class ProblemPage(ProblemNotice):
    """A page of its own."""

    template: ClassVar[str] = "problem.html"
    status: int
    heading: str


@dataclass(frozen=True)
class DeskProblemPage(ProblemPage):
    """The same for the staff, with the way back to their work."""

    template: ClassVar[str] = "desk_problem.html"


def show_problem(request: HTTPRequest, error: Exception) -> Response[Any]:
    """Tell the visitor what happened and what to do."""
    problem = as_problem(error)
    if isinstance(problem, errors.SignInNeeded) and request.method == "GET":
        return _sign_in_first(request)
    if request.scope["path"].startswith("/api/"):
        return _as_json(request, problem)
    words = i18n.words(rendering.locale_of(request))
    reference = str(problem.details.get("reference", ""))
    message = words(problem.message)
    kind = DeskProblemPage if f"{request.scope['path']}/".startswith("/desk/") else ProblemPage
    response = rendering.respond(
        request,
        page=kind(message, reference, problem.status, _heading(words, problem.status)),
        fragment=ProblemNotice(message, reference),
        status=problem.status,
    )
    if "seconds" in problem.details:
        response.headers["retry-after"] = str(problem.details["seconds"])
    return response


def as_problem(error: Exception) -> Problem:
    """Return what a person may be told about any exception."""
    match error:
        case Problem():
            return error
        case HTTPException():
            return _from_status(error.status_code)
        case IntegrityError():
            return errors.StaleRevision()
        case DBAPIError() | PoolTimeout():
            cause = error.orig if isinstance(error, DBAPIError) else error
            log.error("database_failed", kind=type(cause).__name__)
            return errors.DatabaseUnavailable()
        case OverflowError() | RecursionError() | UnicodeError():
            return errors.BadRequest()
        case _:
            return _unexpected(error)


def _from_status(status: int) -> Problem:
    match status:
        case HTTPStatus.NOT_FOUND | HTTPStatus.METHOD_NOT_ALLOWED:
            return errors.NotFound()
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return errors.TooLarge()
        case _ if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return errors.BadRequest()
        case _:
            return errors.Unexpected(reference="")


def _unexpected(error: Exception) -> Problem:
    """Log where it happened, never what was said: messages of exceptions may hold text."""
    reference = secrets.token_hex(4)
    places = [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    log.error("unexpected", reference=reference, kind=type(error).__name__, places=places)
    return errors.Unexpected(reference=reference)


def _heading(words: i18n.Words, status: int) -> str:
    key = f"problem.heading.{status}"
    return words(key if key in words.entries else "problem.heading.other")


def _sign_in_first(request: HTTPRequest) -> Response[Any]:
    query = request.scope["query_string"].decode("latin-1")
    wanted = request.scope["path"] + (f"?{query}" if query else "")
    address = f"{SIGN_IN}?{urlencode({'next': wanted})}"
    if rendering.wants_fragment(request):
        return Response("", status_code=HTTPStatus.NO_CONTENT, headers={"hx-redirect": address})
    return Redirect(address, status_code=303)


def _as_json(request: HTTPRequest, problem: Problem) -> Response[Any]:
    words = i18n.words(rendering.locale_of(request))
    content = {"error": {"code": problem.message, "message": words(problem.message)}}
    return Response(content, status_code=problem.status, media_type=MediaType.JSON)


HANDLERS: dict[int | type[Exception], Any] = {Exception: show_problem}
