"""The pages every footer leads to. Ours are always there; the operator's if there is a text."""

from litestar import Response, Router, get

from desk import rendering
from desk.deps import CurrentConfig, CurrentLocale
from desk.help.about import facts
from desk.help.about.views import about_page
from desk.rendering import HTTPRequest
from desk.site import site_of
from desk.theme.reading import Document
from desk.theme.shown import ANSWERS
from kb.config import Locale
from kb.errors import NotFound


@get("/imprint", sync_to_thread=False)
def show_imprint(request: HTTPRequest, locale: CurrentLocale) -> Response[bytes]:
    """Show who is responsible."""
    return _own(request, Document.IMPRINT, locale)


@get("/terms", sync_to_thread=False)
def show_terms(request: HTTPRequest, locale: CurrentLocale) -> Response[bytes]:
    """Show the terms of use."""
    return _own(request, Document.TERMS, locale)


@get("/privacy", sync_to_thread=False)
def show_privacy(
    request: HTTPRequest, locale: CurrentLocale, config: CurrentConfig
) -> Response[bytes]:
    """Show what is stored, and for how long."""
    own = site_of(request).theme.document(Document.PRIVACY, locale)
    page = about_page(Document.PRIVACY, locale, own, facts.privacy(config))
    return rendering.respond(request, page=page)


@get("/accessibility", sync_to_thread=False)
def show_accessibility(request: HTTPRequest, locale: CurrentLocale) -> Response[bytes]:
    """Show how accessible the site is, and whom to tell where it is not."""
    theme = site_of(request).theme
    own = theme.document(Document.ACCESSIBILITY, locale)
    page = about_page(Document.ACCESSIBILITY, locale, own, facts.accessibility(theme, locale))
    return rendering.respond(request, page=page)


@get("/answers", sync_to_thread=False)
def show_answers(
    request: HTTPRequest, locale: CurrentLocale, config: CurrentConfig
) -> Response[bytes]:
    """Show how answers are made."""
    page = about_page(ANSWERS, locale, None, facts.answers(config, locale))
    return rendering.respond(request, page=page)


def _own(request: HTTPRequest, document: Document, locale: Locale) -> Response[bytes]:
    legal = site_of(request).theme.document(document, locale)
    if legal is None:
        raise NotFound
    return rendering.respond(request, page=about_page(document, locale, legal))


router = Router(
    "/", route_handlers=[show_imprint, show_terms, show_privacy, show_accessibility, show_answers]
)
