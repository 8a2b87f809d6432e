"""Search: a full question is answered and kept; words still being typed only find."""

from litestar import Response, Router, get
from litestar.params import FromQuery

from desk import rendering
from desk.deps import (
    CurrentEngine,
    CurrentLocale,
    CurrentRetrieval,
    CurrentSession,
    CurrentViewer,
)
from desk.help.search import asking, views
from desk.help.search.asking import Asker
from desk.rendering import HTTPRequest
from desk.security import limit_searches
from desk.site import site_of

SUGGESTIONS = 5


@get("/search", sync_to_thread=True, guards=[limit_searches])
def show_search(  # noqa: PLR0913, PLR0917  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    engine: CurrentEngine,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    retrieval: CurrentRetrieval,
    question: FromQuery[str] = "",
) -> Response[bytes]:
    """Show what is found; htmx asks while somebody types, everybody else has asked."""
    asker, text = Asker(session, viewer, locale), asking.cleaned(question)
    if rendering.wants_fragment(request):
        found = asking.suggest(retrieval, asker, text, limit=SUGGESTIONS)
        return rendering.respond(request, fragment=views.typing(text, found, locale=locale))
    asked = asking.ask(retrieval, engine, asker, text)
    metrics = site_of(request).metrics
    metrics.questions.labels(views.outcome(asked)).inc()
    metrics.answer_seconds.observe(asked.seconds)
    return rendering.respond(request, page=views.results(session, viewer, asked, locale=locale))


router = Router("/", route_handlers=[show_search])
