"""Contact: the ways to a person; a message, suggestions while it is written, a case at the end."""

from dataclasses import replace
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import Provide
from litestar.response import Redirect

from desk import notices, rendering, uploads
from desk.deps import CurrentFields, CurrentRetrieval
from desk.help import trail
from desk.help.contact import baggage, opening, talks
from desk.help.contact.caller import CurrentCaller, provide_caller
from desk.help.contact.forms import ContactForm, contact_form, new_key
from desk.help.contact.panel import contact_page
from desk.help.contact.talking import subject_of
from desk.help.contact.views import ContactSuggestions
from desk.help.search import asking
from desk.help.search.asking import Asker
from desk.help.search.views import hit_views
from desk.rendering import HTTPRequest
from desk.security import limit_searches
from desk.uploads import TAKES_FILES, CurrentUpload

SUGGESTIONS = 3


@get("/contact", sync_to_thread=True)
def show_contact(
    request: HTTPRequest,
    caller: CurrentCaller,
) -> Response[bytes]:
    """Show the ways to a person, the form, and what was asked and read before."""
    prints = trail.brought(request.query_params)
    form = ContactForm(subject=subject_of(caller, prints), key=new_key(), prints=prints)
    return rendering.respond(request, page=contact_page(caller, form))


@post("/contact", sync_to_thread=True, status_code=303, **TAKES_FILES)
def send_message(
    request: HTTPRequest, caller: CurrentCaller, upload: CurrentUpload
) -> Response[Any]:
    """Open a case and lead to its private page; sent twice, it is one case."""
    form, refused = contact_form(upload.fields), uploads.refusal(caller.session, upload, None)
    errors = form.errors()
    if errors or refused:
        shown = replace(upload.field, refused=refused)
        items = baggage.packed(caller, form.prints, upload.fields)
        page = contact_page(caller, form, errors=errors, baggage=items, files=shown)
        status = 422 if errors else upload.status
        return rendering.respond(request, page=page, status=status)
    case = opening.known_case(caller, form)
    if case is None:
        case = opening.open_case(caller, form, baggage.kept(caller, form.prints, upload.fields))
        uploads.keep(caller.session, opening.first_message(caller, case), upload)
        notices.opened(caller.session, caller.config, case)
    return Redirect(f"/{caller.locale}/cases/{case.public_id}", status_code=303)


@post(
    "/contact/suggestions",
    sync_to_thread=True,
    status_code=200,
    guards=[limit_searches],
    keeps_nothing=True,
)
def show_suggestions(
    request: HTTPRequest, caller: CurrentCaller, retrieval: CurrentRetrieval, fields: CurrentFields
) -> Response[bytes]:
    """Show articles that may spare the message. Sent, not in the address: it is personal."""
    form = contact_form(fields)
    asker = Asker(caller.session, caller.viewer, caller.locale)
    words = asking.cleaned(form.words)
    found = asking.suggest(retrieval, asker, words, limit=SUGGESTIONS)
    hits = hit_views(found.hits if found else [], caller.locale, form.prints)
    return rendering.respond(request, fragment=ContactSuggestions(hits))


router = Router(
    "/",
    route_handlers=[show_contact, send_message, show_suggestions, *talks.HANDLERS],
    dependencies={"caller": Provide(provide_caller, sync_to_thread=True)},
)
