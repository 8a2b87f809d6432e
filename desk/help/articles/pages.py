"""Reading: the start page, categories, articles."""

from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery

from desk import rendering
from desk.deps import CurrentLocale, CurrentRetrieval, CurrentSession, CurrentViewer
from desk.help.articles import views
from desk.help.search.views import HitView, hit_views
from desk.help.trail import Footprints, footprints
from desk.rendering import HTTPRequest
from kb.access import Viewer
from kb.articles import queries
from kb.articles.queries import Published
from kb.db import stored_id
from kb.errors import NotFound, Problem
from retrieval.assembly import Retrieval

RELATED = 4


@get("/", sync_to_thread=True)
def show_start(
    request: HTTPRequest, session: CurrentSession, viewer: CurrentViewer, locale: CurrentLocale
) -> Response[bytes]:
    """Show the search box and what there is to read."""
    categories = queries.categories(session, viewer, locale)
    return rendering.respond(request, page=views.StartPage(categories=categories))


@get("/categories/{key:str}", sync_to_thread=True)
def show_category(
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    key: FromPath[str],
) -> Response[bytes]:
    """Show the articles of a category."""
    page = views.category_page(session, viewer, locale, key)
    if page is None:
        raise NotFound
    return rendering.respond(request, page=page)


@get("/articles/{slug:str}", sync_to_thread=True)
def show_article(  # noqa: PLR0913, PLR0917  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    retrieval: CurrentRetrieval,
    slug: FromPath[str],
    question: FromQuery[str] = "",
) -> Response[bytes]:
    """Show an article to whoever may read it."""
    shown = queries.published(session, viewer, locale=locale, slug=slug)
    if shown is None:
        raise NotFound
    prints = footprints(question)
    related = _related(session, viewer, retrieval, shown, prints)
    page = views.article_page(session, viewer, shown, prints=prints, related=related)
    return rendering.respond(request, page=page)


def _related(
    session: CurrentSession,
    viewer: Viewer,
    retrieval: Retrieval | None,
    shown: Published,
    prints: Footprints,
) -> list[HitView]:
    """Return similar articles; an article is worth reading without them."""
    if retrieval is None:
        return []
    locale, revision_id = shown.translation.locale, stored_id(shown.revision.id)
    try:
        found = retrieval.related(session, revision_id, viewer, locale)
    except Problem:
        return []
    return hit_views(found.hits[:RELATED], locale, prints)


router = Router("/", route_handlers=[show_start, show_category, show_article])
