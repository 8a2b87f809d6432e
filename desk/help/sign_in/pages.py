"""Signing in by an e-mailed link: single use, a quarter of an hour, confirmed by a button.

Whether we know an address is never told, not by a word and not by the time it takes: every address
is sent the same letter, and only who reads it learns whether there are cases.
"""

import secrets
from datetime import timedelta

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from sqlmodel import Session

from desk import i18n, letters, rendering
from desk.deps import (
    COOKIE,
    CurrentConfig,
    CurrentFields,
    CurrentLocale,
    CurrentSession,
    session_cookie,
)
from desk.help.sign_in.spent import spent
from desk.help.sign_in.views import EnterPage, LetterSentPage, MailSignInForm, MailSignInPage
from desk.rendering import HTTPRequest
from desk.security import visitor_of
from desk.site import site_of
from kb import clock
from kb.config import Config, Locale
from kb.errors import LinkSpent
from kb.links import actions as links
from kb.links.models import Purpose
from kb.mail import actions as mail
from kb.mail.policy import address_key, is_address, masked
from kb.people import actions as people

LASTS = timedelta(minutes=15)
MINUTES = int(LASTS.total_seconds() // 60)


@get("/sign-in", sync_to_thread=True)
def show_sign_in(request: HTTPRequest) -> Response[bytes]:
    """Ask for the address."""
    return rendering.respond(request, page=MailSignInPage())


@post("/sign-in", sync_to_thread=True, status_code=200)
def send_link(
    request: HTTPRequest,
    session: CurrentSession,
    config: CurrentConfig,
    locale: CurrentLocale,
    fields: CurrentFields,
) -> Response[bytes]:
    """Send the link, to whomever."""
    email = fields.line("email")
    if not is_address(address_key(email)):
        page = MailSignInPage(email=email, error="contact.error.email")
        form = MailSignInForm(email=page.email, error=page.error)
        return rendering.respond(request, page=page, fragment=form, status=422)
    site_of(request).rates.letter(visitor_of(request))
    _send(session, config, email, locale)
    return rendering.respond(request, page=LetterSentPage(email, MINUTES))


@get("/sign-in/{token:str}", sync_to_thread=True)
def show_entrance(
    request: HTTPRequest, session: CurrentSession, token: FromPath[str]
) -> Response[bytes]:
    """Show the button; scanners that follow every link of a mail do not press it."""
    link = links.look(session, Purpose.SIGN_IN, token)
    if link is None:
        return spent(request)
    return rendering.respond(request, page=EnterPage(masked(link.email)))


@post("/sign-in/{token:str}", sync_to_thread=True, status_code=303)
def enter(
    request: HTTPRequest,
    session: CurrentSession,
    config: CurrentConfig,
    locale: CurrentLocale,
    token: FromPath[str],
) -> Response[bytes] | Redirect:
    """Redeem the link for a new sign-in; the old one of this browser, if any, ends."""
    try:
        address = links.redeem(session, Purpose.SIGN_IN, token).email
    except LinkSpent:
        return spent(request)
    links.revoke(session, email=address, purpose=Purpose.SIGN_IN)
    mail.confirm(session, address)
    days = config.session_days
    opened = people.sign_in_by_mail(session, address=address, locale=locale, days=days)
    people.sign_out(session, request.cookies.get(COOKIE, ""))
    cookie = session_cookie(config, opened.token, days=days)
    return Redirect(f"/{locale}/my-cases", status_code=303, cookies=[cookie])


@post("/sign-out", sync_to_thread=True, status_code=303)
def leave(
    request: HTTPRequest, session: CurrentSession, config: CurrentConfig, locale: CurrentLocale
) -> Redirect:
    """End the sign-in here and in the database."""
    people.sign_out(session, request.cookies.get(COOKIE, ""))
    cookie = session_cookie(config, "", days=0)
    return Redirect(f"/{locale}/", status_code=303, cookies=[cookie])


def _send(session: Session, config: Config, email: str, locale: Locale) -> None:
    token = links.issue(session, Purpose.SIGN_IN, subject_id=0, email=email, lasts=LASTS)
    letter = letters.write(
        i18n.words(locale),
        "sign_in",
        brand=config.brand,
        link=f"{config.public_url}/{locale}/sign-in/{token}",
        minutes=str(MINUTES),
    )
    mail.queue(
        session,
        to=email,
        letter=letter,
        key=f"sign-in/{secrets.token_urlsafe(12)}",
        not_after=clock.now() + LASTS,
        by_anyone=True,
    )


router = Router("/", route_handlers=[show_sign_in, send_link, show_entrance, enter, leave])
