"""Tips: listed by state, shown to readers or not. All of the staff may look; editors decide."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlmodel import Session

from desk import rendering
from desk.curate import areas, cards
from desk.curate.areas import Tab
from desk.curate.views import TipBox, TipList, TipPage
from desk.deps import CurrentFields, CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest
from kb.curation import actions, policy, queries
from kb.curation.models import TipState
from kb.curation.queries import Given
from kb.errors import InvalidInput, NotFound

HERE = "/desk/curation/tips"
PAGE_SIZE = 20


@get(HERE, sync_to_thread=True)
def show_tips(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    which: FromQuery[str] = "",
    page: FromQuery[int] = 1,
) -> Response[bytes]:
    """Show a page of the tips of a state; at first, of those that wait."""
    chosen = next((each for each in TipState if each == which), TipState.RECEIVED)
    listed = _listed(session, staff_viewer, chosen, min(max(page, 1), 10_000))
    return rendering.respond(request, page=listed)


@get(f"{HERE}/{{number:int}}", sync_to_thread=True)
def show_tip(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    number: FromPath[int],
) -> Response[bytes]:
    """Show one tip."""
    page = _page(session, staff_viewer, _found(session, number))
    return rendering.respond(request, page=page, fragment=TipBox(page.card, page.may_decide))


@post(f"{HERE}/{{number:int}}/publication", sync_to_thread=True, status_code=303)
def publish(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    number: FromPath[int],
) -> Response[Any]:
    """Show it to readers, in the words the editor has left."""
    given = _found(session, number)
    try:
        actions.publish_tip(session, given.tip, fields.text("shown"), by=editor)
    except InvalidInput as problem:
        page = _page(session, editor, given, "curation.error.tip")
        box = TipBox(page.card, page.may_decide)
        return rendering.respond(request, page=page, fragment=box, status=problem.status)
    return Redirect(f"{HERE}/{number}", status_code=303)


@post(f"{HERE}/{{number:int}}/refusal", sync_to_thread=True, status_code=303)
def decline(
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    number: FromPath[int],
) -> Redirect:
    """Keep it from readers, or take it back from them."""
    seen = fields.line("was")
    was = next((each for each in TipState if each == seen), TipState.RECEIVED)
    actions.decline_tip(session, _found(session, number).tip, was=was, by=editor)
    return Redirect(f"{HERE}/{number}", status_code=303)


def _listed(
    session: CurrentSession, viewer: CurrentViewer, chosen: TipState, page: int
) -> TipList:
    start = (page - 1) * PAGE_SIZE
    found = queries.tips(session, chosen, limit=PAGE_SIZE + 1, offset=start)
    return TipList(
        areas=areas.tabs(session, "tips"),
        states=_states(session, chosen),
        may_decide=policy.may_decide(viewer),
        earlier=_address(chosen, page - 1) if page > 1 else "",
        later=_address(chosen, page + 1) if len(found) > PAGE_SIZE else "",
        state=chosen,
        cards=[cards.tip_card(session, viewer, each) for each in found[:PAGE_SIZE]],
    )


def _found(session: Session, number: int) -> Given:
    found = queries.tip(session, number)
    if found is None:
        raise NotFound
    return found


def _page(session: Session, viewer: CurrentViewer, given: Given, error: str = "") -> TipPage:
    return TipPage(
        card=cards.tip_card(session, viewer, given, error),
        may_decide=policy.may_decide(viewer),
        areas=areas.tabs(session, "tips"),
    )


def _states(session: Session, chosen: TipState) -> list[Tab]:
    counts = queries.tip_counts(session)
    return [
        Tab(state.value, _address(state, 1), counts[state], state is chosen) for state in TipState
    ]


def _address(state: TipState, page: int) -> str:
    return f"{HERE}?which={state}" + (f"&page={page}" if page > 1 else "")


HANDLERS = [show_tips, show_tip, publish, decline]
