"""Who else has the case open: signs of life come from pages that are looked at."""

from http import HTTPStatus
from typing import Any

from litestar import Response, post
from litestar.response import Redirect

from desk import rendering
from desk.assist.case_views import Onlookers, OnlookersPanel
from desk.assist.work import CurrentWork, Work
from desk.deps import CurrentFields
from desk.rendering import HTTPRequest
from kb.cases import presence


def onlookers(work: Work) -> Onlookers:
    """Return who else is here."""
    found = presence.others(work.session, [work.case_id], work.viewer.person_id)
    here = found.get(work.case_id, [])
    return Onlookers(
        case_id=work.case_id,
        looking=[one.name for one in here if not one.is_typing],
        typing=[one.name for one in here if one.is_typing],
    )


@post("/presence", sync_to_thread=True, status_code=HTTPStatus.OK)
def note_presence(
    request: HTTPRequest, work: CurrentWork, fields: CurrentFields
) -> Response[Any] | Redirect:
    """Note that somebody is here, or has gone; say who else is."""
    person = work.viewer.person_id or 0
    if fields.line("is") == "gone":
        presence.gone(work.session, work.case_id, person)
    else:
        presence.seen(work.session, work.case_id, person)
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=OnlookersPanel(onlookers(work)))
    return work.back()


HANDLERS = [note_presence]
