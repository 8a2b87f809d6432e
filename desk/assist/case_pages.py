"""The page of one case."""

from litestar import Response, get

from desk import rendering
from desk.assist.showing import case_page
from desk.assist.work import CurrentWork
from desk.rendering import HTTPRequest


@get("/", sync_to_thread=True)
def show_case(request: HTTPRequest, work: CurrentWork) -> Response[bytes]:
    """Show what was said; what may help follows in a fragment of its own."""
    return rendering.respond(request, page=case_page(work))
