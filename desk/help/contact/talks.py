"""Call-back, video call, appointment: a form each, and a case with what was agreed in the end."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from desk import rendering
from desk.deps import CurrentFields
from desk.help import trail
from desk.help.contact import baggage, opening
from desk.help.contact.caller import Caller, CurrentCaller
from desk.help.contact.forms import ContactForm, new_key, talk_form
from desk.help.contact.talking import blank, needs_phone, offered, talk_page
from desk.rendering import HTTPRequest
from kb.db import stored_id
from kb.errors import SlotTaken
from kb.ways import queries


@get("/contact/{way:str}", sync_to_thread=True)
def show_talk(
    request: HTTPRequest,
    caller: CurrentCaller,
    way: FromPath[str],
) -> Response[bytes]:
    """Show the times to choose from, and the form."""
    prints = trail.brought(request.query_params)
    form = blank(caller, offered(caller, way), prints, new_key())
    return rendering.respond(request, page=talk_page(caller, form))


@post("/contact/{way:str}", sync_to_thread=True, status_code=303)
def agree(
    request: HTTPRequest, caller: CurrentCaller, fields: CurrentFields, way: FromPath[str]
) -> Response[Any]:
    """Agree on a time and lead to its private page; sent twice, it is one meeting."""
    form = _form(caller, fields, way)
    if address := _known(caller, form):
        return Redirect(address, status_code=303)
    items = baggage.packed(caller, form.prints, fields)
    if errors := form.errors():
        page = talk_page(caller, form, errors=errors, items=items)
        return rendering.respond(request, page=page, status=422)
    try:
        meeting = opening.arrange(caller, form, baggage.kept(caller, form.prints, fields))
    except SlotTaken as problem:
        page = talk_page(caller, form, items=items, is_late=True)
        return rendering.respond(request, page=page, status=problem.status)
    return Redirect(_address(caller, meeting.public_id), status_code=303)


def _form(caller: Caller, fields: CurrentFields, way: str) -> ContactForm:
    found = offered(caller, way)
    needed = needs_phone(caller, found)
    return talk_form(fields, found, needs_phone=needed, country=caller.service.country)


def _known(caller: Caller, form: ContactForm) -> str:
    case = opening.known_case(caller, form)
    if case is None:
        return ""
    meetings = queries.of_case(caller.session, stored_id(case.id))
    private = f"/{caller.locale}/cases/{case.public_id}"
    return _address(caller, meetings[0].public_id) if meetings else private


def _address(caller: Caller, public_id: str) -> str:
    return f"/{caller.locale}/meetings/{public_id}"


HANDLERS = [show_talk, agree]
