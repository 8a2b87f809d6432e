"""Reporting is a noun of the article; a correction has a private page that shows what came of it.

What is sent is kept at once. Nobody is written to before they have confirmed their address.
"""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from desk import passages, rendering
from desk.deps import (
    CurrentConfig,
    CurrentFields,
    CurrentLocale,
    CurrentSession,
    CurrentViewer,
)
from desk.help.corrections import views, writing
from desk.help.corrections.forms import report_form
from desk.help.corrections.views import ReportBox
from desk.rendering import HTTPRequest
from desk.security import limit_searches
from kb.access import Viewer
from kb.articles import queries as articles
from kb.articles.queries import Published
from kb.curation import actions, queries
from kb.curation.models import Correction
from kb.errors import NotFound
from kb.links import actions as links
from kb.links.models import Purpose
from kb.mail import actions as mail


@get("/articles/{slug:str}/report", sync_to_thread=True)
def show_report(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    slug: FromPath[str],
    fault: FromQuery[str] = "",
) -> Response[bytes]:
    """Show the form on a page of its own."""
    shown = _shown(session, viewer, locale, slug)
    state = views.report_state(shown, views.blank(shown, fault), is_open=True)
    return rendering.respond(request, page=views.report_page(shown, state))


@post("/articles/{slug:str}/report", sync_to_thread=True, status_code=303)
def send_report(  # noqa: PLR0913, PLR0917  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    config: CurrentConfig,
    fields: CurrentFields,
    slug: FromPath[str],
) -> Response[Any]:
    """Keep the correction and lead to its private page; sent twice, it is one."""
    shown, form = _shown(session, viewer, locale, slug), report_form(fields)
    if not articles.was_shown(session, viewer, form.revision_id):
        raise NotFound
    if errors := form.errors():
        state = views.report_state(shown, form, errors=errors)
        page = views.report_page(shown, state)
        return rendering.respond(request, page=page, fragment=ReportBox(state), status=422)
    correction = writing.keep(session, config, form, locale)
    return Redirect(views.private_url(correction, locale), status_code=303)


@post(
    "/articles/{slug:str}/report/passage",
    sync_to_thread=True,
    status_code=200,
    guards=[limit_searches],
    keeps_nothing=True,
)
def show_passage(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    fields: CurrentFields,
    slug: FromPath[str],
) -> Response[bytes]:
    """Put the words of the chosen section into the form, for the reader to mend."""
    shown, form = _shown(session, viewer, locale, slug), report_form(fields)
    chosen = writing.with_passage(form, passages.words_of(shown.revision.body, form.section))
    state = views.report_state(shown, chosen, is_open=True, focus="wording")
    page = views.report_page(shown, state)
    return rendering.respond(request, page=page, fragment=ReportBox(state))


@get("/corrections/{public_id:str}", sync_to_thread=True)
def show_correction(
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    public_id: FromPath[str],
) -> Response[bytes]:
    """Show what became of it; in place of the form, that it has arrived."""
    correction = _correction(session, public_id)
    has_address = queries.awaits_confirmation(session, correction)
    state = views.acknowledged(correction, locale, has_address=has_address)
    page = views.correction_page(session, viewer, correction, locale)
    return rendering.respond(request, page=page, fragment=ReportBox(state))


@post("/corrections/{public_id:str}/silence", sync_to_thread=True, status_code=303)
def ask_for_silence(
    session: CurrentSession, locale: CurrentLocale, public_id: FromPath[str]
) -> Redirect:
    """Erase the address: no letter, then."""
    actions.forget_address(session, _correction(session, public_id))
    return Redirect(f"/{locale}/corrections/{public_id}", status_code=303)


@get("/corrections/confirmation/{token:str}", sync_to_thread=True)
def show_confirmation(
    request: HTTPRequest, session: CurrentSession, locale: CurrentLocale, token: FromPath[str]
) -> Response[bytes]:
    """Ask whether the address is theirs; looking changes nothing."""
    if links.look(session, Purpose.CORRECTION, token) is None:
        raise NotFound
    page = views.ConfirmationPage(f"/{locale}/corrections/confirmation/{token}")
    return rendering.respond(request, page=page)


@post("/corrections/confirmation/{token:str}", sync_to_thread=True, status_code=303)
def confirm(session: CurrentSession, locale: CurrentLocale, token: FromPath[str]) -> Redirect:
    """Keep the address, and lead to the correction."""
    link = links.redeem(session, Purpose.CORRECTION, token)
    correction = session.get_one(Correction, link.subject_id)
    actions.confirm_address(session, correction, link.email)
    mail.confirm(session, link.email)
    return Redirect(views.private_url(correction, locale), status_code=303)


def _shown(session: CurrentSession, viewer: Viewer, locale: str, slug: str) -> Published:
    found = articles.published(session, viewer, locale=locale, slug=slug)
    if found is None:
        raise NotFound
    return found


def _correction(session: CurrentSession, public_id: str) -> Correction:
    found = queries.by_private_link(session, public_id)
    if found is None:
        raise NotFound
    return found


router = Router(
    "/",
    route_handlers=[
        show_report,
        send_report,
        show_passage,
        show_correction,
        ask_for_silence,
        show_confirmation,
        confirm,
    ],
)
