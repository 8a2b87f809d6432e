"""Gaps: listed by state, looked at, decided upon. All of the staff may look; editors decide."""

from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlmodel import Session

from desk import i18n, rendering
from desk.curate import areas
from desk.curate.areas import Tab
from desk.curate.gaps import showing
from desk.curate.gaps.safe import safe
from desk.curate.gaps.sorting import sorting
from desk.curate.gaps.views import GapList, GapPage
from desk.curate.gaps.work import HERE
from desk.curate.waiting import as_anyone_reads
from desk.curate.waiting_words import tell
from desk.deps import (
    CurrentConfig,
    CurrentFields,
    CurrentRetrieval,
    CurrentSession,
    CurrentViewer,
    Fields,
)
from desk.rendering import HTTPRequest
from kb.access import Viewer
from kb.db import stored_id
from kb.errors import InvalidInput, NotFound, Problem
from kb.gaps import actions, policy, queries
from kb.gaps.actions import Refusal
from kb.gaps.models import Gap, GapState, NotOurs
from kb.gaps.near import affect
from retrieval.assembly import Retrieval

_MOST = 100


@get(HERE, sync_to_thread=True)
def show_gaps(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    retrieval: CurrentRetrieval,
    which: FromQuery[str] = "",
    said: FromQuery[str] = "",
) -> Response[bytes]:
    """Show the gaps of a state; at first, those nobody has seen to."""
    chosen = next((each for each in GapState if each == which), GapState.OPEN)
    notice = said if retrieval is not None else "down"
    page = _listed(request, session, staff_viewer, chosen, notice)
    return rendering.respond(request, page=page)


@post(f"{HERE}/gatherings", sync_to_thread=True, status_code=303)
def gather(
    session: CurrentSession, editor: CurrentViewer, retrieval: CurrentRetrieval
) -> Redirect:
    """Look at once for what was asked since; otherwise it happens every few minutes."""
    del editor  # asked for because it is there for nobody else
    said = "down"
    if retrieval is not None:
        try:
            said = "news" if retrieval.gather(session, safe).joined else "nothing"
        except Problem:
            said = "down"
    return Redirect(f"{HERE}?said={said}", status_code=303)


@get(f"{HERE}/{{public_id:str}}", sync_to_thread=True)
def show_gap(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    retrieval: CurrentRetrieval,
    public_id: FromPath[str],
) -> Response[bytes]:
    """Show one gap with all that speaks for it."""
    gap = found(session, public_id)
    return rendering.respond(request, page=_page(request, session, staff_viewer, retrieval, gap))


@post(f"{HERE}/{{public_id:str}}/answer", sync_to_thread=True, status_code=303)
def answer(
    session: CurrentSession,
    editor: CurrentViewer,
    config: CurrentConfig,
    fields: CurrentFields,
    public_id: FromPath[str],
) -> Redirect:
    """Confirm that a public article answers it, and tell everybody who waits."""
    gap, article = found(session, public_id), fields.line("article")
    waiting = queries.waiting(session, gap)
    shown = as_anyone_reads(session, article, waiting[0][0].locale if waiting else "de")
    actions.answer(session, gap, by=editor, article_id=stored_id(shown.article.id))
    for wish, question in waiting:
        tell(session, config, wish, question, as_anyone_reads(session, article, wish.locale))
    return Redirect(f"{HERE}/{public_id}", status_code=303)


@post(f"{HERE}/{{public_id:str}}/plan", sync_to_thread=True, status_code=303)
def plan(session: CurrentSession, editor: CurrentViewer, public_id: FromPath[str]) -> Redirect:
    """Note that somebody will see to it."""
    actions.plan(session, found(session, public_id), by=editor)
    return Redirect(f"{HERE}/{public_id}", status_code=303)


@post(f"{HERE}/{{public_id:str}}/refusal", sync_to_thread=True, status_code=303)
def refuse(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    public_id: FromPath[str],
) -> Response[Any]:
    """Put it away with a reason; it comes back when clearly more speaks for it."""
    gap = found(session, public_id)
    try:
        actions.refuse(session, gap, _refusal(fields), by=editor)
    except InvalidInput:
        page = _page(request, session, editor, None, gap, error="gaps.error.reason")
        return rendering.respond(request, page=page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return Redirect(f"{HERE}/{public_id}", status_code=303)


@post(f"{HERE}/{{public_id:str}}/reopening", sync_to_thread=True, status_code=303)
def reopen(session: CurrentSession, editor: CurrentViewer, public_id: FromPath[str]) -> Redirect:
    """Take it up again."""
    actions.reopen(session, found(session, public_id), by=editor)
    return Redirect(f"{HERE}/{public_id}", status_code=303)


def found(session: Session, public_id: str) -> Gap:
    """Return the gap of an address.

    Raises:
        NotFound: there is none.
    """
    gap = queries.by_public_id(session, public_id)
    if gap is None:
        raise NotFound
    return gap


def _listed(
    request: HTTPRequest, session: Session, viewer: Viewer, chosen: GapState, said: str
) -> GapList:
    words, counts = i18n.words(rendering.locale_of(request)), queries.counts(session)
    listed = showing.rows(session, queries.listed(session, chosen), words)
    rows = [one for one in listed if one.items > 1 or one.waiting or chosen != GapState.OPEN]
    return GapList(
        areas=areas.tabs(session, "gaps"),
        states=[
            Tab(state.value, f"{HERE}?which={state.value}", counts[state], state is chosen)
            for state in GapState
        ],
        state=chosen,
        rows=rows[:_MOST],
        once=[one for one in listed if one not in rows][:_MOST],
        may_decide=policy.may_decide(viewer),
        said=said if said in {"news", "nothing", "down"} else "",
    )


def _page(  # who looks at what, and what was wrong
    request: HTTPRequest,
    session: Session,
    viewer: Viewer,
    retrieval: Retrieval | None,
    gap: Gap,
    *,
    error: str = "",
) -> GapPage:
    words, listed = i18n.words(rendering.locale_of(request)), queries.told(session, gap)
    if listed is None:
        raise NotFound
    said = showing.samples(session, gap)
    return GapPage(
        areas=areas.tabs(session, "gaps"),
        row=showing.rows(session, [listed], words)[0],
        state=gap.state,
        sum=showing.told(listed, words),
        samples=said[: showing.SAMPLES],
        more=max(0, len(said) - showing.SAMPLES),
        moods=affect(session, gap).most_common(),
        near=showing.nearest(session, gap, words),
        answering=showing.answering(session, retrieval, gap),
        decided=showing.decided(session, gap),
        may_decide=policy.may_decide(viewer),
        reasons=list(NotOurs),
        error=error,
        sorting=sorting(session, viewer, gap, request.query_params.get("said", "")),
    )


def _refusal(fields: Fields) -> Refusal:
    chosen = fields.line("reason")
    return Refusal(next((each for each in NotOurs if each == chosen), None), fields.text("note"))


HANDLERS = [show_gaps, gather, show_gap, answer, plan, refuse, reopen]
