"""Mails about a case: the setting on its page, and the two pages that letters lead to.

A letter's link is followed by scanners before anybody reads it, so opening a page changes nothing:
each has one button that does.
"""

from typing import Any

from litestar import Response, Router, get, post
from litestar.di import Provide
from litestar.params import FromPath
from litestar.response import Redirect
from sqlmodel import Session

from desk import notices, rendering
from desk.deps import CurrentFields, CurrentLocale, CurrentSession
from desk.help.cases.own import CurrentOwnCase, provide_own_case
from desk.help.notifications.views import ConfirmPage, NotificationBox, StopPage, state_of
from desk.help.sign_in.spent import spent
from desk.rendering import HTTPRequest
from kb.cases.models import Case
from kb.errors import LinkSpent
from kb.links import actions as links
from kb.links.models import Link, Purpose
from kb.mail import actions as mail
from kb.mail.policy import masked


@post("/cases/{public_id:str}/notifications", sync_to_thread=True, status_code=303)
def set_notifications(
    request: HTTPRequest, own: CurrentOwnCase, fields: CurrentFields
) -> Response[Any]:
    """Switch the mails about a case on or off."""
    own.must_be_the_customers()
    if fields.line("wanted") == "yes":
        notices.resume(own.session, own.case)
    else:
        notices.stop(own.session, own.case)
    if rendering.wants_fragment(request):
        box = NotificationBox(state_of(own.session, own.case, own.locale))
        return rendering.respond(request, fragment=box)
    return own.back("notifications")


@get("/cases/{public_id:str}/notifications", sync_to_thread=True)
def return_to_case(own: CurrentOwnCase) -> Redirect:
    """Lead back from the address of the form."""
    return own.back("notifications")


@get("/mail/confirmations/{token:str}", sync_to_thread=True)
def ask_to_confirm(
    request: HTTPRequest, session: CurrentSession, token: FromPath[str]
) -> Response[bytes]:
    """Ask whether it was they who wrote to us."""
    link = links.look(session, Purpose.CONFIRM_CASE_MAIL, token)
    if link is None or _case(session, link) is None:
        return spent(request)
    return rendering.respond(request, page=ConfirmPage(masked(link.email)))


@post("/mail/confirmations/{token:str}", sync_to_thread=True, status_code=303)
def confirm(
    request: HTTPRequest, session: CurrentSession, locale: CurrentLocale, token: FromPath[str]
) -> Response[bytes] | Redirect:
    """Note that they read there, and lead to their case."""
    try:
        link = links.redeem(session, Purpose.CONFIRM_CASE_MAIL, token)
    except LinkSpent:
        return spent(request)
    case = _case(session, link)
    if case is None:
        return spent(request)
    mail.confirm(session, link.email)
    return Redirect(f"/{locale}/cases/{case.public_id}", status_code=303)


@get("/mail/stops/{token:str}", sync_to_thread=True)
def ask_to_stop(
    request: HTTPRequest, session: CurrentSession, token: FromPath[str]
) -> Response[bytes]:
    """Ask whether the mails about a case shall end."""
    case = _stoppable(session, token)
    if case is None:
        return spent(request)
    return rendering.respond(request, page=StopPage(is_on=case.wants_mail, is_done=False))


@post("/mail/stops/{token:str}", sync_to_thread=True, status_code=200, keeps_nothing=True)
def stop(
    request: HTTPRequest, session: CurrentSession, fields: CurrentFields, token: FromPath[str]
) -> Response[bytes]:
    """End the mails about a case; mail programs do it by themselves, with one click (RFC 8058)."""
    case = _stoppable(session, token)
    if case is None:
        return spent(request)
    if fields.line("wanted") == "yes":
        notices.resume(session, case)
    else:
        notices.stop(session, case)
    return rendering.respond(request, page=StopPage(is_on=case.wants_mail, is_done=True))


def _stoppable(session: Session, token: str) -> Case | None:
    link = links.look(session, Purpose.STOP_CASE_MAIL, token)
    return _case(session, link) if link is not None else None


def _case(session: Session, link: Link) -> Case | None:
    """Return the case of a link if it is still that of the address the link was sent to."""
    case = session.get(Case, link.subject_id)
    if case is None or notices.address_of(session, case) != link.email:
        return None
    return case


router = Router(
    "/",
    route_handlers=[
        Router(
            "/",
            dependencies={"own": Provide(provide_own_case, sync_to_thread=True)},
            route_handlers=[set_notifications, return_to_case],
        ),
        ask_to_confirm,
        confirm,
        ask_to_stop,
        stop,
    ],
)
