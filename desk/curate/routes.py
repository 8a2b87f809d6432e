"""The routes of curation: a list of nouns, each an area of its own."""

from litestar import Router, get
from litestar.response import Redirect

from desk.curate import corrections, tips, waiting
from desk.deps import CurrentViewer


@get("/desk/curation", sync_to_thread=False)
def show_curation(staff_viewer: CurrentViewer) -> Redirect:
    """Lead to what waits longest for an answer."""
    del staff_viewer  # asked for because only staff has a desk
    return Redirect(corrections.HERE, status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_curation,
        *corrections.HANDLERS,
        *tips.HANDLERS,
        *waiting.HANDLERS,
    ],
)
