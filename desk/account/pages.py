"""Signing in and out: a new token at every sign-in, a cookie no script can read."""

from http import HTTPStatus

from litestar import Response, Router, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from desk import rendering, security
from desk.account.views import SignInForm, SignInPage
from desk.deps import COOKIE, CurrentConfig, CurrentFields, CurrentSession, session_cookie
from desk.rendering import HTTPRequest
from desk.site import site_of
from kb.errors import WrongCredentials
from kb.people import actions, policy

DESK = "/desk"


@get("/desk/sign-in", sync_to_thread=True)
def show_sign_in(request: HTTPRequest, next: FromQuery[str] = DESK) -> Response[bytes]:  # noqa: A002  # its name in the address
    """Show the form."""
    onward = security.local_path(next, otherwise=DESK)
    return rendering.respond(request, page=SignInPage(onward=onward))


@post("/desk/sign-in", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def sign_in(
    request: HTTPRequest, session: CurrentSession, config: CurrentConfig, fields: CurrentFields
) -> Response[bytes] | Redirect:
    """Check the password; the old sign-in of this browser, if any, ends."""
    login, password = fields.line("login"), fields.get("password", "")
    onward = security.local_path(fields.line("next", limit=2_000), otherwise=DESK)
    site_of(request).rates.sign_in(policy.login_key(login))
    try:
        opened = actions.sign_in(session, login=login, password=password, days=config.session_days)
    except WrongCredentials as problem:
        return _refused(request, problem, login=login, onward=onward)
    actions.sign_out(session, request.cookies.get(COOKIE, ""))
    cookie = session_cookie(config, opened.token, days=config.session_days)
    return Redirect(onward, status_code=303, cookies=[cookie])


@post("/desk/sign-out", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def sign_out(request: HTTPRequest, session: CurrentSession, config: CurrentConfig) -> Redirect:
    """End the sign-in here and in the database."""
    actions.sign_out(session, request.cookies.get(COOKIE, ""))
    cookie = session_cookie(config, "", days=0)
    return Redirect("/desk/sign-in", status_code=303, cookies=[cookie])


def _refused(
    request: HTTPRequest, problem: WrongCredentials, *, login: str, onward: str
) -> Response[bytes]:
    values = {"login": login, "onward": onward, "error": problem.message}
    return rendering.respond(
        request, page=SignInPage(**values), fragment=SignInForm(**values), status=problem.status
    )


router = Router("/", route_handlers=[show_sign_in, sign_in, sign_out])
