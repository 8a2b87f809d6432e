"""Findings: listed, and worked through one after another. Staff may look; editors decide."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlmodel import Session

from desk import rendering
from desk.curate.findings import showing
from desk.curate.findings.showing import HERE
from desk.curate.findings.views import REASONS
from desk.deps import CurrentFields, CurrentSession, CurrentViewer
from desk.i18n import words
from desk.rendering import HTTPRequest
from kb.access import Viewer
from kb.errors import InvalidInput, NotFound
from kb.findings import actions, queries
from kb.findings.models import FindingKind, FindingState
from kb.findings.queries import Pair


@get(HERE, sync_to_thread=True)
def show_findings(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    which: FromQuery[str] = "",
    kind: FromQuery[str] = "",
) -> Response[bytes]:
    """Show the findings of a state; at first, the open ones."""
    state = next((each for each in FindingState if each == which), FindingState.OPEN)
    chosen = next((each for each in FindingKind if each == kind), None)
    page = showing.listed(session, staff_viewer, state, chosen)
    return rendering.respond(request, page=page)


@get(f"{HERE}/{{number:int}}", sync_to_thread=True)
def show_finding(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    number: FromPath[int],
) -> Response[bytes]:
    """Show two passages side by side."""
    page = showing.shown(session, staff_viewer, _found(session, staff_viewer, number))
    return rendering.respond(request, page=page)


@post(f"{HERE}/{{number:int}}/dismissal", sync_to_thread=True, status_code=303)
def dismiss(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    number: FromPath[int],
) -> Response[Any]:
    """Say that it is fine, and why; the next one is shown."""
    pair = _found(session, editor, number)
    after = showing.after(session, editor, number)
    quick = fields.line("quick")
    spoken = words(rendering.locale_of(request))
    reason = spoken(f"findings.reason.{quick}") if quick in REASONS else fields.text("reason")
    try:
        actions.dismiss(session, pair.finding, reason, by=editor)
    except InvalidInput as problem:
        page = showing.shown(session, editor, pair, "findings.error.reason")
        return rendering.respond(request, page=page, status=problem.status)
    return Redirect(after, status_code=303)


@post(f"{HERE}/{{number:int}}/return", sync_to_thread=True, status_code=303)
def reopen(session: CurrentSession, editor: CurrentViewer, number: FromPath[int]) -> Redirect:
    """Take back that it is fine."""
    pair = _found(session, editor, number)
    actions.reopen(session, pair.finding, by=editor)
    return Redirect(f"{HERE}/{number}", status_code=303)


@post(f"{HERE}/{{number:int}}/merger", sync_to_thread=True, status_code=303)
def merge(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    number: FromPath[int],
) -> Response[Any]:
    """Keep one of the two articles; the other's addresses lead there."""
    pair = _found(session, editor, number)
    after = showing.after(session, editor, number)
    kept = {"left": pair.left, "right": pair.right}.get(fields.line("keep"))
    try:
        keep_id = kept.article.id if kept is not None else None
        actions.merge(session, pair.finding, keep_id=keep_id or 0, by=editor)
    except InvalidInput as problem:
        page = showing.shown(session, editor, pair, "findings.error.merge")
        return rendering.respond(request, page=page, status=problem.status)
    return Redirect(after, status_code=303)


def _found(session: Session, viewer: Viewer, number: int) -> Pair:
    found = queries.pair(session, viewer, number)
    if found is None:
        raise NotFound
    return found


HANDLERS = [show_findings, show_finding, dismiss, reopen, merge]
