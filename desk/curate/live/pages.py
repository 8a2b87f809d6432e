"""Answers in service: how often there is one, how often it helps, and whether that has moved."""

from litestar import Response, get

from desk import rendering
from desk.curate import areas
from desk.curate.golden.showing import shelves
from desk.curate.live.views import LivePage
from desk.curate.live.work import HERE
from desk.deps import CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest
from kb.curation import observed


@get(HERE, sync_to_thread=True)
def show_live(
    request: HTTPRequest, session: CurrentSession, staff_viewer: CurrentViewer
) -> Response[bytes]:
    """Show how answers did in the last weeks."""
    del staff_viewer  # asked for because it is there for nobody else
    found = observed.seen(session)
    page = LivePage(
        areas=areas.tabs(session, "evaluations"),
        shelves=shelves("live"),
        whole=observed.counted(found),
        weeks=observed.by_week(found),
        languages=observed.by_language(found),
        kinds=observed.by_kind(found),
        reasons=observed.reasons(session),
        drifts=observed.drifts(found),
        fewest=observed.FEWEST,
    )
    return rendering.respond(request, page=page)


HANDLERS = [show_live]
