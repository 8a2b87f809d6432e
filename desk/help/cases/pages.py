"""The customer's private page of a case. Whoever has the link is the customer."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from desk import rendering
from desk.deps import CurrentFields, CurrentLocale, CurrentSession, CurrentViewer
from desk.help.cases.views import can_answer, case_page
from desk.help.contact.forms import new_key
from desk.rendering import HTTPRequest
from kb.access import Viewer
from kb.cases import actions, queries
from kb.cases.models import Case
from kb.errors import InvalidInput, NotAllowed, NotFound


@get("/cases/{public_id:str}", sync_to_thread=True)
def show_case(
    request: HTTPRequest, session: CurrentSession, viewer: CurrentViewer, public_id: FromPath[str]
) -> Response[bytes]:
    """Show what was said and where the case stands."""
    page = case_page(session, viewer, _case(session, public_id), key=new_key())
    return rendering.respond(request, page=page)


@post("/cases/{public_id:str}/messages", sync_to_thread=True, status_code=303)
def answer_case(
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    fields: CurrentFields,
    public_id: FromPath[str],
) -> Response[Any]:
    """Add the customer's message; sent twice, it is one message."""
    case = _case(session, public_id)
    if not can_answer(case, viewer):
        raise NotAllowed
    author = Viewer(person_id=case.customer_id)
    body, key = fields.text("body"), fields.line("key", limit=64) or new_key()
    try:
        actions.say(session, case, author=author, body=body, idempotency_key=f"{case.id}:{key}")
    except InvalidInput as problem:
        page = case_page(session, viewer, case, key=key, body=body, error="contact.error.message")
        return rendering.respond(request, page=page, status=problem.status)
    return Redirect(f"/{locale}/cases/{public_id}", status_code=303)


def _case(session: CurrentSession, public_id: str) -> Case:
    found = queries.by_private_link(session, public_id)
    if found is None:
        raise NotFound
    return found


router = Router("/", route_handlers=[show_case, answer_case])
