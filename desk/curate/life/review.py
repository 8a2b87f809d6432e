"""Reviews: look at a text before readers do, talk about passages, put it on show now or later."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from desk import rendering
from desk.curate.articles.tabs import ARTICLES
from desk.curate.life import deciding
from desk.curate.life.place import PLACE, CurrentPlace
from desk.curate.life.review_views import Typed, review_page
from desk.deps import CurrentConfig, CurrentFields, CurrentSession, CurrentViewer, Fields
from desk.rendering import HTTPRequest
from kb.articles import reviewing, schedule
from kb.articles.life import ReviewComment, Scheduled
from kb.articles.reviewing import Said
from kb.errors import InvalidInput, NotFound

HERE = f"{ARTICLES}/{{public_id:str}}/{{in_locale:str}}/review"


@get(HERE, sync_to_thread=True, dependencies=PLACE)
def show_review(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    config: CurrentConfig,
    place: CurrentPlace,
) -> Response[bytes]:
    """Show where a translation stands, and what can come next."""
    page = review_page(session, place, editor, four_eyes=config.four_eyes)
    return rendering.respond(request, page=page)


@post(f"{HERE}/decision", sync_to_thread=True, status_code=303, dependencies=PLACE)
def decide(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    config: CurrentConfig,
    fields: CurrentFields,
    place: CurrentPlace,
) -> Response[Any]:
    """Do what was decided; what is missing is asked for."""
    try:
        deciding.decide(session, place, editor, fields, four_eyes=config.four_eyes)
    except InvalidInput as problem:
        typed = _typed(fields, str(problem.details["field"]))
        page = review_page(session, place, editor, typed, four_eyes=config.four_eyes)
        return rendering.respond(request, page=page, status=problem.status)
    return Redirect(f"{place.url}/review", status_code=303)


@post(f"{HERE}/comments", sync_to_thread=True, status_code=303, dependencies=PLACE)
def comment(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    config: CurrentConfig,
    fields: CurrentFields,
    place: CurrentPlace,
) -> Response[Any]:
    """Say something about a passage."""
    newest = reviewing.newest(session, place.translation)
    said = Said(editor.person_id, fields.text("note"))
    try:
        reviewing.comment(session, newest, quote=fields.text("quote"), said=said)
    except InvalidInput as problem:
        typed = _typed(fields, str(problem.details["field"]))
        page = review_page(session, place, editor, typed, four_eyes=config.four_eyes)
        return rendering.respond(request, page=page, status=problem.status)
    return Redirect(f"{place.url}/review#comments", status_code=303)


@post(
    f"{HERE}/comments/{{number:int}}/state",
    sync_to_thread=True,
    status_code=303,
    dependencies=PLACE,
)
def settle(
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    place: CurrentPlace,
    number: FromPath[int],
) -> Redirect:
    """Note that a comment is seen to, or is not after all."""
    found = session.get(ReviewComment, number)
    if found is None or found.translation_id != place.translation.id:
        raise NotFound
    if fields.line("state") == "open":
        reviewing.reopen(session, found)
    else:
        reviewing.resolve(session, found, by_id=editor.person_id)
    return Redirect(f"{place.url}/review#comments", status_code=303)


@post(
    f"{HERE}/plans/{{number:int}}/cancellation",
    sync_to_thread=True,
    status_code=303,
    dependencies=PLACE,
)
def give_up(session: CurrentSession, place: CurrentPlace, number: FromPath[int]) -> Redirect:
    """Give a plan up."""
    found = session.get(Scheduled, number)
    if found is None or found.translation_id != place.translation.id:
        raise NotFound
    schedule.cancel(session, found)
    return Redirect(f"{place.url}/review", status_code=303)


def _typed(fields: Fields, field: str) -> Typed:
    words, quote, due = fields.text("words"), fields.text("quote"), fields.line("due")
    return Typed(field, f"life.error.{field}", words, quote, due)


HANDLERS = [show_review, decide, comment, settle, give_up]
