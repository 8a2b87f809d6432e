"""The draft of a reply: kept while it is typed, found again on every device, never overwritten."""

from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from desk import rendering
from desk.assist import suggestions
from desk.assist.case_views import DraftNote, DraftPanel
from desk.assist.forms import LONGEST_KEY
from desk.assist.showing import case_page, draft_note, writing
from desk.assist.views import ReplyPanel
from desk.assist.work import CurrentWork, Work
from desk.deps import CurrentFields, Fields
from desk.rendering import HTTPRequest
from kb.cases import drafts, presence
from kb.errors import StaleDraft


@post("/draft", sync_to_thread=True, status_code=HTTPStatus.OK)
def keep_draft(
    request: HTTPRequest, work: CurrentWork, fields: CurrentFields
) -> Response[Any] | Redirect:
    """Keep what has been typed so far; another window's text is not overwritten."""
    person, body = work.viewer.person_id or 0, fields.text("body")
    try:
        drafts.keep(
            work.session,
            work.case_id,
            person,
            body,
            expected=fields.number("version") or 0,
            tab=fields.line("key", limit=LONGEST_KEY),
        )
    except StaleDraft:
        return _stale(request, work, fields)
    presence.seen(work.session, work.case_id, person, is_typing=bool(body))
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=DraftPanel(draft_note(work)))
    return work.back("writing")


@get("/draft", sync_to_thread=True)
def show_draft(request: HTTPRequest, work: CurrentWork) -> Response[Any] | Redirect:
    """Show the form with the draft as it was kept last."""
    if not rendering.wants_fragment(request):
        return work.back("writing")
    return rendering.respond(request, fragment=ReplyPanel(writing(work, is_open=True)))


def _stale(request: HTTPRequest, work: Work, fields: Fields) -> Response[Any]:
    """Show both texts: neither is lost."""
    now = draft_note(work)
    kept = drafts.of(work.session, work.case_id, work.viewer.person_id or 0)
    note = DraftNote(
        case_id=work.case_id,
        version=now.version,
        is_stale=True,
        other=kept.text if kept is not None else "",
    )
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=DraftPanel(note))
    key = fields.line("key", limit=LONGEST_KEY)
    again = writing(work, key=key, body=fields.text("body"), is_open=True, draft=note)
    page = case_page(work, reply=again, assist=suggestions.assist(work, ""))
    return rendering.respond(request, page=page, status=HTTPStatus.CONFLICT)


HANDLERS = [keep_draft, show_draft]
