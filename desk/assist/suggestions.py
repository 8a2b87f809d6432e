"""What may help with a case: suggestions, a search by hand, and what was no help."""

from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from desk import rendering
from desk.assist import fates, forms, offers
from desk.assist.showing import case_page
from desk.assist.views import Assist, AssistPanel
from desk.assist.work import CurrentWork, Work
from desk.deps import CurrentFields
from desk.rendering import HTTPRequest
from desk.slot import SlotState
from kb.errors import EmbedderUnavailable, IndexUnavailable
from kb.text import one_line

LONGEST_WORDS = 300


@get("/assist", sync_to_thread=True)
def show_assist(request: HTTPRequest, work: CurrentWork) -> Response[bytes]:
    """Show suggestions, or what was searched for; without htmx on the page of the case."""
    words = one_line(request.query_params.get("words", ""), limit=LONGEST_WORDS)
    return _show(request, work, words)


@post("/dismissals", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def dismiss(
    request: HTTPRequest, work: CurrentWork, fields: CurrentFields
) -> Response[Any] | Redirect:
    """Note that a suggestion is no help here, and why; it is not suggested again."""
    fates.dismiss(work, forms.subject_of(fields), forms.dismissal(fields))
    if rendering.wants_fragment(request):
        return _show(request, work, "")
    return Redirect(f"{work.url}/assist#assist", status_code=303)


def assist(work: Work, words: str) -> Assist:
    """Return the sidebar; where search does not work it says so and the rest goes on."""
    if work.retrieval is None:
        is_starting = work.search is SlotState.STARTING
        notice = "assist.notice.starting" if is_starting else "assist.notice.failed"
        return Assist(work.case_id, words, is_loaded=True, notices=(notice,))
    try:
        if not words:
            found = offers.suggested(work, work.retrieval)
            return Assist(work.case_id, is_loaded=True, offers=found)
        found, degraded = offers.searched(work, work.retrieval, words)
    except (IndexUnavailable, EmbedderUnavailable):
        return Assist(work.case_id, words, is_loaded=True, notices=("assist.notice.failed",))
    notices = tuple(f"assist.notice.{one.name.lower()}" for one in degraded)
    return Assist(work.case_id, words, is_loaded=True, offers=found, notices=notices)


def _show(request: HTTPRequest, work: Work, words: str) -> Response[bytes]:
    shown = assist(work, words)
    return rendering.respond(
        request, page=case_page(work, assist=shown), fragment=AssistPanel(shown)
    )


HANDLERS = [show_assist, dismiss]
