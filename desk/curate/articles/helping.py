"""What the editor asks for while somebody writes: links, pasted text, images, hints let go."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromQuery

from desk import rendering
from desk.curate.articles import illustrating, keeping, pasting, showing
from desk.curate.articles.places import (
    HERE,
    ON_AN_ARTICLE,
    CurrentPlace,
    CurrentSheet,
)
from desk.curate.articles.tabs import ARTICLES
from desk.curate.articles.views import LinkChoice, LinkChoices
from desk.deps import CurrentConfig, CurrentFields, CurrentLocale, CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest
from ingestion.records import Unreadable
from kb.access import Audience
from kb.articles import catalogue
from kb.articles.catalogue import Filter
from kb.articles.models import State
from kb.errors import InvalidInput
from kb.text import one_line
from kb.writing import actions

MOST_LINKS = 12


@get(f"{ARTICLES}/links", sync_to_thread=True)
def show_links(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    locale: CurrentLocale,
    words: FromQuery[str] = "",
) -> Response[bytes]:
    """Show articles on show that match, to link to."""
    del editor  # asked for because it is there for nobody else
    wanted = one_line(words, limit=200)
    found = catalogue.listed(session, Filter(wanted, State.PUBLISHED), limit=MOST_LINKS)
    links = [_choice(each, locale) for each in found]
    return rendering.respond(request, fragment=LinkChoices(links, wanted))


@post(f"{ARTICLES}/pasted", sync_to_thread=True, status_code=200)
def convert(editor: CurrentViewer, fields: CurrentFields) -> Response[str]:
    """Turn what was pasted into Markdown."""
    del editor  # asked for because it is there for nobody else
    try:
        text = pasting.as_markdown(fields.get("html", ""))
    except Unreadable as error:
        raise InvalidInput(field="html") from error
    return Response(text, media_type="text/plain")


@post(f"{HERE}/dismissals", sync_to_thread=True, status_code=200)
def dismiss(
    request: HTTPRequest,
    where: CurrentPlace,
    sent: CurrentSheet,
    fields: CurrentFields,
    config: CurrentConfig,
) -> Response[bytes]:
    """Show a hint no more."""
    actions.dismiss(where.session, where.desk(sent.base), fields.line("hint"))
    now = keeping.keep(where, sent)
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=showing.kept(where, now))
    page = showing.editor(where, now, showing.manner(config), change=sent.change)
    return rendering.respond(request, page=page)


@post(f"{HERE}/suggestions", sync_to_thread=True, status_code=200)
def accept(
    request: HTTPRequest,
    where: CurrentPlace,
    sent: CurrentSheet,
    fields: CurrentFields,
    config: CurrentConfig,
) -> Response[bytes]:
    """Put the other words of one hint into the text."""
    now = keeping.keep(where, keeping.with_suggestion(where, sent, fields.line("hint")))
    page = showing.editor(where, now, showing.manner(config), change=sent.change)
    return rendering.respond(request, page=page)


def _choice(entry: catalogue.Entry, locale: str) -> LinkChoice:
    shown = [each for each in entry.written if each.state is State.PUBLISHED]
    own = next((each for each in shown if each.locale == locale), shown[0])
    is_internal = entry.audience is not Audience.PUBLIC
    return LinkChoice(entry.public_id, own.title, own.locale, is_internal)


router = Router(
    "/", route_handlers=[dismiss, accept, *illustrating.HANDLERS], dependencies=ON_AN_ARTICLE
)
HANDLERS: list[Any] = [show_links, convert, router]
