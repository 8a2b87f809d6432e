"""The editor: opened, kept while somebody types, saved as a revision, published."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from desk import rendering
from desk.curate.articles import keeping, merges, showing
from desk.curate.articles.places import (
    HERE,
    ON_AN_ARTICLE,
    CurrentPlace,
    CurrentSheet,
    Place,
    opened,
)
from desk.curate.articles.sheets import Sheet
from desk.deps import CurrentConfig, CurrentFields
from desk.rendering import HTTPRequest
from kb.config import Config
from kb.errors import InvalidInput, StaleRevision


@get(HERE, sync_to_thread=True)
def show_editor(
    request: HTTPRequest,
    where: CurrentPlace,
    config: CurrentConfig,
    said: FromQuery[str] = "",
) -> Response[bytes]:
    """Open the text: what was typed and not saved, or what is saved."""
    page = showing.editor(where, opened(where), showing.manner(config), said=said)
    return rendering.respond(request, page=page)


@post(f"{HERE}/working-copy", sync_to_thread=True, status_code=200)
def keep(
    request: HTTPRequest, where: CurrentPlace, sent: CurrentSheet, config: CurrentConfig
) -> Response[bytes]:
    """Keep what stands in the editor, and show what it looks like."""
    now = keeping.keep(where, sent)
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=showing.kept(where, now))
    page = showing.editor(where, now, showing.manner(config), change=sent.change)
    return rendering.respond(request, page=page)


@post(f"{HERE}/revisions", sync_to_thread=True, status_code=303)
def save(
    request: HTTPRequest, where: CurrentPlace, sent: CurrentSheet, config: CurrentConfig
) -> Response[Any]:
    """Save the text as a revision; readers see it once it is published."""
    try:
        done = keeping.save(where, sent)
        return (
            Redirect(f"{where.url}/review", status_code=303)
            if sent.wants_review
            else _said(where, done)
        )
    except StaleRevision:
        return merges.show_conflict(request, where, sent)
    except InvalidInput as problem:
        return _refused(request, config, where, sent, problem)


@post(f"{HERE}/publication", sync_to_thread=True, status_code=303)
def publish(
    request: HTTPRequest, where: CurrentPlace, sent: CurrentSheet, config: CurrentConfig
) -> Response[Any]:
    """Save the text and put it on show."""
    try:
        return _said(where, keeping.publish(where, sent, four_eyes=config.four_eyes))
    except StaleRevision:
        return merges.show_conflict(request, where, sent)
    except InvalidInput as problem:
        return _refused(request, config, where, sent, problem)


@post(f"{HERE}/discards", sync_to_thread=True, status_code=303)
def discard(where: CurrentPlace, sent: CurrentSheet, fields: CurrentFields) -> Redirect:
    """Throw away a text that is not saved: another tab's, or this one's."""
    keeping.discard(where, fields.number("other") or sent.seen.copy_id)
    return Redirect(where.url, status_code=303)


def _said(where: Place, what: str) -> Redirect:
    return Redirect(f"{where.url}?said={what}", status_code=303)


def _refused(
    request: HTTPRequest, config: Config, where: Place, sent: Sheet, problem: InvalidInput
) -> Response[bytes]:
    now = keeping.keep(where, sent)
    error = f"writing.error.{problem.details.get('field', 'title')}"
    page = showing.refused(where, now, showing.manner(config), sent.change, error)
    return rendering.respond(request, page=page, status=problem.status)


router = Router(
    "/",
    route_handlers=[show_editor, keep, save, publish, discard, merges.merge_edits],
    dependencies=ON_AN_ARTICLE,
)
