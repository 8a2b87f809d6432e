"""One's own cases. Whose they are, SQL decides at every request."""

from litestar import Response, Router, get
from litestar.response import Redirect

from desk import rendering
from desk.deps import CurrentLocale, CurrentPerson, CurrentSession
from desk.help.my_cases.views import MyCasesPage, rows
from desk.rendering import HTTPRequest
from kb.cases import queries, sending


@get("/my-cases", sync_to_thread=True)
def show_my_cases(
    request: HTTPRequest, session: CurrentSession, person: CurrentPerson, locale: CurrentLocale
) -> Response[bytes] | Redirect:
    """List the cases; who is not signed in as a customer is asked for their address."""
    if person is None or person.viewer.is_staff:
        return Redirect(f"/{locale}/sign-in", status_code=303)
    found = queries.own(session, person.viewer)
    listed = rows(found, locale, sending.states_shown(session, found))
    return rendering.respond(request, page=MyCasesPage(person.email, listed))


router = Router("/", route_handlers=[show_my_cases])
