"""Reading: the start page, categories, articles."""

from typing import Any

from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from desk import rendering
from desk.deps import CurrentLocale, CurrentRetrieval, CurrentSession, CurrentViewer
from desk.dressing import Wearer, asked_for
from desk.help.articles import views
from desk.help.articles.article import Reading, article_page
from desk.help.search.views import HitView, hit_views
from desk.help.trail import Footprints, footprints
from desk.rendering import HTTPRequest
from desk.site import site_of
from kb.access import Viewer
from kb.articles import browsing, devices, policy, queries
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
    page = views.start_page(session, viewer, locale, public_url_of(request))
    return rendering.respond(request, page=page)


@get("/categories/{key:str}", sync_to_thread=True)
def show_category(
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    key: FromPath[str],
) -> Response[bytes]:
    """Show the articles of a category."""
    page = views.category_page(session, viewer, locale, key, public_url_of(request))
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
    device: FromQuery[str] = "",
) -> Response[Any]:
    """Show an article to whoever may read it; from an address it had before, lead there."""
    shown = queries.published(session, viewer, locale=locale, slug=slug)
    if shown is None:
        return _moved(request, session, viewer, slug)
    _count(request, viewer, shown)
    prints, wearer = footprints(question), _wearer(request, device)
    reading = Reading(session, viewer, shown, prints, wearer, public_url_of(request))
    page = article_page(reading, _related(session, viewer, retrieval, shown, prints))
    return rendering.respond(request, page=page)


def _count(request: HTTPRequest, viewer: Viewer, shown: Published) -> None:
    """Count that a customer opened it: one more on this day, and nothing about who it was."""
    if not viewer.is_staff and not rendering.is_left_alone(request):
        site_of(request).reads.count(stored_id(shown.revision.id))


def public_url_of(request: HTTPRequest) -> str:
    """Return how customers reach this site."""
    return site_of(request).config.public_url


def _wearer(request: HTTPRequest, device: str) -> Wearer:
    guessed = devices.of_browser(request.headers.get("user-agent", ""))
    return Wearer(rendering.locale_of(request), asked_for(device), guessed)


def _moved(request: HTTPRequest, session: CurrentSession, viewer: Viewer, slug: str) -> Redirect:
    """Lead on for good, with all that was asked.

    Raises:
        NotFound: nothing was there, or it is not for this viewer.
    """
    locale = rendering.locale_of(request)
    slug_now = browsing.moved_to(session, viewer, locale=locale, slug=slug)
    if slug_now is None:
        raise NotFound
    asked = request.scope["query_string"].decode("latin-1")
    there = policy.address(locale, slug_now) + (f"?{asked}" if asked else "")
    headers = {"cache-control": "no-cache, private"}
    return Redirect(there, status_code=301, headers=headers)


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
