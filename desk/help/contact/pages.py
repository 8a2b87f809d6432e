"""Contact: a form, suggestions while it is filled in, and a case in the end."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from desk import rendering
from desk.deps import (
    CurrentFields,
    CurrentLocale,
    CurrentRetrieval,
    CurrentSession,
    CurrentViewer,
)
from desk.help import trail
from desk.help.contact.forms import ContactForm, contact_form, new_key
from desk.help.contact.views import ContactPage, ContactSuggestions
from desk.help.search import asking
from desk.help.search.asking import Asker
from desk.help.search.views import hit_views
from desk.rendering import HTTPRequest
from desk.security import limit_searches
from kb.cases import actions, queries
from kb.cases.models import Case
from kb.people import actions as people

SUGGESTIONS = 3


@get("/contact", sync_to_thread=True)
def show_contact(
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    question: FromQuery[str] = "",
    article: FromQuery[str] = "",
) -> Response[bytes]:
    """Show the form, and what was asked and read before."""
    prints = trail.footprints(question, article)
    asked = trail.question_of(session, prints)
    form = ContactForm(subject=asked.text[:160] if asked else "", key=new_key(), prints=prints)
    steps = trail.steps(session, viewer, prints)
    return rendering.respond(request, page=ContactPage(form=form, trail=steps))


@post("/contact", sync_to_thread=True, status_code=303)
def send_message(
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    fields: CurrentFields,
) -> Response[Any]:
    """Open a case and lead to its private page; sent twice, it is one case."""
    form = contact_form(fields)
    steps = trail.steps(session, viewer, form.prints)
    if errors := form.errors():
        page = ContactPage(form=form, errors=errors, trail=steps)
        return rendering.respond(request, page=page, status=422)
    case = queries.by_source(session, "contact", form.key)
    if case is None:
        case = _open_case(session, form, locale, steps)
    return Redirect(f"/{locale}/cases/{case.public_id}", status_code=303)


@post(
    "/contact/suggestions",
    sync_to_thread=True,
    status_code=200,
    guards=[limit_searches],
    keeps_nothing=True,
)
def show_suggestions(
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    retrieval: CurrentRetrieval,
    fields: CurrentFields,
) -> Response[bytes]:
    """Show articles that may spare the message. Sent, not in the address: it is personal."""
    form = contact_form(fields)
    asker = Asker(session, viewer, locale)
    words = asking.cleaned(form.words)
    found = asking.suggest(retrieval, asker, words, limit=SUGGESTIONS)
    hits = hit_views(found.hits if found else [], locale, form.prints)
    return rendering.respond(request, fragment=ContactSuggestions(hits))


def _open_case(
    session: CurrentSession, form: ContactForm, locale: str, steps: list[actions.Step]
) -> Case:
    customer = people.customer(session, name=form.name, email=form.email, locale=locale)
    case = actions.open_case(
        session,
        customer=customer,
        subject=form.subject,
        body=form.message,
        locale=locale,
        trail=steps,
    )
    case.source_key = form.key
    session.add(case)
    return case


router = Router("/", route_handlers=[show_contact, send_message, show_suggestions])
