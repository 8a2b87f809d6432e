"""Draft a reply from a suggestion: what was typed stays, and nothing internal gets into it."""

from http import HTTPStatus
from typing import Any

from litestar import Response, post

from desk import rendering
from desk.assist import fates, suggestions
from desk.assist.composing import composed
from desk.assist.forms import LONGEST_KEY
from desk.assist.quoting import Into, Reference, appended, passage_for
from desk.assist.showing import case_page, writing
from desk.assist.telling import told
from desk.assist.views import ReplyPanel
from desk.assist.worded_views import Worder
from desk.assist.work import CurrentWork, Work
from desk.deps import CurrentFields
from desk.generating import has_model
from desk.rendering import HTTPRequest
from kb.cases import drafts
from kb.cases.models import CaseState
from kb.db import stored_id
from kb.errors import NotAllowed, NotFound


@post("/reply-drafts", sync_to_thread=True, status_code=HTTPStatus.OK)
def draft_reply(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Response[Any]:
    """Put a whole reply made of a passage into the form; staff's texts make none."""
    if work.case.state is CaseState.CLOSED:
        raise NotAllowed
    reference = Reference.read(fields.line("passage"))
    passage = reference and passage_for(
        work.session, reference, into=Into.REPLY, viewer=work.viewer
    )
    if not passage:
        raise NotFound
    text = composed(work, told(work), passage)
    used = fates.put_in(work, passage, text, is_draft=True)
    body = appended(fields.text("body"), text)
    drafts.keep(work.session, work.case_id, work.viewer.person_id or 0, body, [stored_id(used.id)])
    return _shown(request, work, fields, body, str(reference))


def _shown(
    request: HTTPRequest, work: Work, fields: CurrentFields, body: str, reference: str
) -> Response[Any]:
    """Show the form with the draft; a whole page brings the suggestions, too."""
    written = writing(
        work,
        key=fields.line("key", limit=LONGEST_KEY) or writing(work).key,
        body=body,
        quoted=f"{fields.line('quoted', limit=2_000)} {reference}".strip(),
        is_open=True,
        was_inserted=True,
        worder=Worder(work.case_id, reference) if has_model(work.retrieval) else None,
    )
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=ReplyPanel(written))
    page = case_page(work, reply=written, assist=suggestions.assist(work, ""))
    return rendering.respond(request, page=page)


HANDLERS = [draft_reply]
