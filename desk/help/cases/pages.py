"""The customer's page of a case: read it, follow it while it is open, save its files."""

from litestar import Response, Router, get
from litestar.di import Provide
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Stream
from sqlmodel import Session

from desk import files_shown, rendering
from desk.help.cases import ending, letters, showing, writing
from desk.help.cases.own import CurrentOwnCase, provide_own_case
from desk.live import Channel
from desk.rendering import HTTPRequest
from desk.security import visitor_of
from desk.site import site_of
from kb.attachments import queries as attachments
from kb.cases import queries
from kb.errors import NotFound

LONGEST_MARK = 32


@get("/", sync_to_thread=True)
def show_case(request: HTTPRequest, own: CurrentOwnCase) -> Response[bytes]:
    """Show what was said and where the case stands."""
    return rendering.respond(request, page=showing.case_page(own))


@get("/news", sync_to_thread=True)
def show_news(
    request: HTTPRequest, own: CurrentOwnCase, seen: FromQuery[str] = ""
) -> Response[bytes] | Redirect:
    """Show what is new to a page that is open; to everybody else, the page."""
    if not rendering.wants_fragment(request):
        return own.back()
    return rendering.respond(request, fragment=showing.news(own, seen))


@get("/events", sync_to_thread=True)
def follow_case(
    request: HTTPRequest, own: CurrentOwnCase, seen: FromQuery[str] = ""
) -> Response[bytes] | Stream:
    """Tell the open page when there is news, for as long as the link leads to the case."""
    link = own.case.public_id

    def look(session: Session) -> str | None:
        case = queries.by_private_link(session, link)
        return letters.mark(session, case) if case is not None else None

    visitor = f"{visitor_of(request)} {own.case_id}"
    channel = Channel(look, visitor, seen[:LONGEST_MARK], own.case_id)
    return site_of(request).live.respond(channel)


@get("/attachments/{attachment_id:str}", sync_to_thread=True)
def save_file(own: CurrentOwnCase, attachment_id: FromPath[str]) -> Response[bytes]:
    """Hand out a file of this case."""
    file = attachments.for_customer(own.session, own.case_id, attachment_id)
    if file is None:
        raise NotFound
    return files_shown.saved(own.session, file)


@get(["/messages", "/reopening", "/sequels", "/solution", "/rating"], sync_to_thread=False)
def return_to_case(own: CurrentOwnCase) -> Redirect:
    """Lead back from the address of a form: another language, or the page loaded again."""
    return own.back()


router = Router(
    "/cases/{public_id:str}",
    dependencies={"own": Provide(provide_own_case, sync_to_thread=True)},
    route_handlers=[
        show_case,
        show_news,
        follow_case,
        save_file,
        return_to_case,
        *writing.HANDLERS,
        *ending.HANDLERS,
    ],
)
