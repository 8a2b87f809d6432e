"""A tip comes with a yes: who says that it worked may say how. Nobody else reads it yet."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from desk import rendering
from desk.deps import CurrentFields, CurrentLocale, CurrentSession
from desk.help.tips.views import TipBox, TipPage, TipState
from desk.rendering import HTTPRequest
from kb.curation import actions, queries
from kb.db import stored_id
from kb.errors import InvalidInput, NotFound
from kb.questions import queries as questions
from kb.questions.models import Feedback


@get("/feedback/{public_id:str}/tip", sync_to_thread=True)
def show_tip(
    request: HTTPRequest, session: CurrentSession, public_id: FromPath[str]
) -> Response[bytes]:
    """Ask for the tip, or thank for it."""
    given = _yes(session, public_id)
    known = queries.tip_of(session, stored_id(given.id))
    state = TipState(public_id, is_given=known is not None)
    return rendering.respond(request, page=TipPage(state), fragment=TipBox(state))


@post("/feedback/{public_id:str}/tip", sync_to_thread=True, status_code=303)
def give_tip(
    request: HTTPRequest,
    session: CurrentSession,
    locale: CurrentLocale,
    fields: CurrentFields,
    public_id: FromPath[str],
) -> Response[Any]:
    """Keep it for the editors."""
    given, text = _yes(session, public_id), fields.text("tip")
    try:
        actions.give_tip(session, given, text)
    except InvalidInput as problem:
        state = TipState(public_id, text=text, error="tip.error.text")
        page, fragment = TipPage(state), TipBox(state)
        return rendering.respond(request, page=page, fragment=fragment, status=problem.status)
    return Redirect(f"/{locale}/feedback/{public_id}/tip", status_code=303)


def _yes(session: CurrentSession, public_id: str) -> Feedback:
    found = questions.feedback(session, public_id)
    if found is None or not found.helpful:
        raise NotFound
    return found


router = Router("/", route_handlers=[show_tip, give_tip])
