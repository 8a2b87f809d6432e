"""What may help with a case: suggestions, a search by hand, and what was no help."""

from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from desk import rendering
from desk.assist import fates, forms, knowing, offers
from desk.assist.showing import case_page
from desk.assist.telling import Told, told
from desk.assist.views import Assist, AssistPanel
from desk.assist.work import CurrentWork, Work
from desk.deps import CurrentFields, Fields
from desk.rendering import HTTPRequest
from desk.slot import SlotState
from kb.cases import flags
from kb.errors import EmbedderUnavailable, IndexUnavailable
from kb.text import one_line

LONGEST_WORDS = 300
ALONE = "alone"
Shown = Response[Any] | Redirect


@get("/assist", sync_to_thread=True)
def show_assist(request: HTTPRequest, work: CurrentWork) -> Response[bytes]:
    """Show suggestions, or what was searched for; without htmx on the page of the case."""
    shown = assist(work, words_of(request))
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=AssistPanel(shown))
    return rendering.respond(request, page=case_page(work, assist=shown))


@post("/dismissals", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def dismiss(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Note that a suggestion is no help here, and why; it is not suggested again."""
    subject, reason = forms.subject_of(fields), forms.dismissal(fields)
    fates.dismiss(work, subject, reason)
    knowing.flag_dismissed(work, subject, reason)
    return again(request, work, fields)


@post("/dismissals/removal", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def restore(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Take it back."""
    fates.restore(work, forms.subject_of(fields))
    return again(request, work, fields)


@post("/pins", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def pin(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Keep a suggestion on top, or let it go where it belongs."""
    subject = forms.subject_of(fields)
    knowing.check_readable(work, subject)
    fates.pin(work, subject, is_pinned=fields.line("pinned") != "no")
    return again(request, work, fields)


def words_of(request: HTTPRequest) -> str:
    """Return what an agent searches for."""
    return one_line(request.query_params.get("words", ""), limit=LONGEST_WORDS)


def again(request: HTTPRequest, work: Work, fields: Fields) -> Shown:
    """Show the suggestions as they are now, where they were."""
    work.session.flush()
    is_alone = fields.line("place") == ALONE
    if rendering.wants_fragment(request):
        return rendering.respond(
            request, fragment=AssistPanel(assist(work, "", is_alone=is_alone))
        )
    return Redirect(Assist(work.case_id, is_alone=is_alone).url + "#assist", status_code=303)


def assist(work: Work, words: str, *, is_alone: bool = False, said: Told | None = None) -> Assist:
    """Return the sidebar; where search does not work it says so and the rest goes on."""
    known = said or told(work)
    lack = flags.lack_of(work.session, work.case_id)
    shown = {
        "words": words,
        "is_loaded": True,
        "is_alone": is_alone,
        "is_editor": work.viewer.is_editor,
        "lacking": lack.words if lack else "",
        "wanted": " ".join(known.situation.wanted) or work.case.subject,
    }
    return Assist(work.case_id, **shown, **_found(work, words, known))  # type: ignore[arg-type]


def _found(work: Work, words: str, said: Told) -> dict[str, Any]:
    """Return what was found, or why nothing can be."""
    if work.retrieval is None:
        is_starting = work.search is SlotState.STARTING
        notice = "assist.notice.starting" if is_starting else "assist.notice.failed"
        return {"notices": (notice,)}
    try:
        if not words:
            found, left_out = offers.suggested(work, work.retrieval, said)
            unsure = [one for one in found if one.is_unsure]
            likely = [one for one in found if one not in unsure]
            return {"offers": likely, "unsure": unsure, "left_out": left_out}
        found, degraded = offers.searched(work, work.retrieval, words, said)
    except (IndexUnavailable, EmbedderUnavailable):
        return {"notices": ("assist.notice.failed",)}
    return {
        "offers": found,
        "notices": tuple(f"assist.notice.{one.name.lower()}" for one in degraded),
    }


HANDLERS = [show_assist, dismiss, restore, pin]
