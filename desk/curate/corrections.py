"""Corrections: listed by state, and answered. All of the staff may look; editors decide."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlmodel import Session

from desk import rendering
from desk.curate import applying, areas, cards, inbox, telling
from desk.curate.views import (
    CorrectionBox,
    CorrectionList,
    CorrectionPage,
    Written,
)
from desk.deps import CurrentConfig, CurrentFields, CurrentSession, CurrentViewer, Fields
from desk.rendering import HTTPRequest
from kb.curation import policy, queries
from kb.curation.actions import Verdict
from kb.curation.models import CorrectionState
from kb.curation.queries import Reported
from kb.errors import InvalidInput, NotFound

HERE = inbox.HERE
PAGE_SIZE = 20


@get(HERE, sync_to_thread=True)
def show_corrections(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    which: FromQuery[str] = "",
    page: FromQuery[int] = 1,
) -> Response[bytes]:
    """Show a page of the corrections of a state; at first, of those that wait."""
    chosen = next((each for each in CorrectionState if each == which), CorrectionState.RECEIVED)
    listed = _listed(session, staff_viewer, chosen, min(max(page, 1), 10_000))
    return rendering.respond(request, page=listed)


@get(f"{HERE}/{{number:int}}", sync_to_thread=True)
def show_correction(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    number: FromPath[int],
) -> Response[bytes]:
    """Show one correction."""
    page = _page(session, staff_viewer, _found(session, number))
    return rendering.respond(request, page=page, fragment=_box(page))


@post(f"{HERE}/{{number:int}}/decision", sync_to_thread=True, status_code=303)
def decide(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    config: CurrentConfig,
    fields: CurrentFields,
    number: FromPath[int],
) -> Response[Any]:
    """Answer it, once, and tell the reader."""
    reported, verdict = _found(session, number), _verdict(fields)
    try:
        applying.take(session, config, reported, fields, verdict, by=editor)
        telling.answer(session, config, reported, verdict, by=editor)
    except InvalidInput as problem:
        page = _page(session, editor, reported, applying.written(fields, verdict, problem))
        return rendering.respond(request, page=page, fragment=_box(page), status=problem.status)
    return Redirect(f"{HERE}/{number}", status_code=303)


def _listed(
    session: CurrentSession, viewer: CurrentViewer, chosen: CorrectionState, page: int
) -> CorrectionList:
    start = (page - 1) * PAGE_SIZE
    found = queries.corrections(session, chosen, limit=PAGE_SIZE + 1, offset=start)
    return CorrectionList(
        areas=areas.tabs(session, "corrections"),
        states=inbox.tabs(session, chosen),
        may_decide=policy.may_decide(viewer),
        earlier=inbox.address(chosen, page - 1) if page > 1 else "",
        later=inbox.address(chosen, page + 1) if len(found) > PAGE_SIZE else "",
        state=chosen,
        cards=[cards.correction_card(session, viewer, each) for each in found[:PAGE_SIZE]],
    )


def _verdict(fields: Fields) -> Verdict:
    chosen = fields.line("outcome")
    outcome = next((each for each in CorrectionState if each == chosen), CorrectionState.RECEIVED)
    return Verdict(outcome, fields.text("answer"), fields.line("summary"))


def _found(session: Session, number: int) -> Reported:
    found = queries.correction(session, number)
    if found is None:
        raise NotFound
    return found


def _page(
    session: Session,
    viewer: CurrentViewer,
    reported: Reported,
    written: Written = cards.NOTHING_WRITTEN,
) -> CorrectionPage:
    before, after = queries.around(session, reported.correction)
    return CorrectionPage(
        card=cards.correction_card(session, viewer, reported, written),
        may_decide=policy.may_decide(viewer),
        areas=areas.tabs(session, "corrections"),
        earlier=f"{HERE}/{before}" if before is not None else "",
        later=f"{HERE}/{after}" if after is not None else "",
    )


def _box(page: CorrectionPage) -> CorrectionBox:
    return CorrectionBox(page.card, page.may_decide)


HANDLERS = [show_corrections, show_correction, decide]
