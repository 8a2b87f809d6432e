"""Feedback is a noun: given with a yes or a not yet; then it is asked once what is missing.

It is kept on the revision and on the question, and each reason leads somewhere else.
"""

from dataclasses import replace
from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from desk import rendering
from desk.deps import CurrentFields, CurrentLocale, CurrentSession, CurrentViewer
from desk.help.feedback import ways
from desk.help.feedback.views import FeedbackBox, FeedbackPage, feedback_state
from desk.help.trail import Footprints, footprints, question_of
from desk.rendering import HTTPRequest
from kb.articles import queries as articles
from kb.errors import InvalidInput, NotFound
from kb.questions import actions, queries
from kb.questions.models import Feedback, FeedbackReason


@post("/feedback", sync_to_thread=True, status_code=303)
def give_feedback(
    session: CurrentSession, viewer: CurrentViewer, locale: CurrentLocale, fields: CurrentFields
) -> Redirect:
    """Keep a yes or a no about the revision that was read, even if another is on show by now."""
    revision_id = fields.number("revision") or 0
    if fields.line("helpful") not in {"yes", "no"}:
        raise InvalidInput(field="helpful")
    if not articles.was_shown(session, viewer, revision_id):
        raise NotFound
    prints = footprints(fields.line("question"))
    given = actions.give_feedback(
        session,
        revision_id=revision_id,
        helpful=fields.line("helpful") == "yes",
        question=question_of(session, prints),
    )
    return Redirect(_address(locale, given, prints), status_code=303)


@get("/feedback/{public_id:str}", sync_to_thread=True)
def show_feedback(
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    public_id: FromPath[str],
    question: FromQuery[str] = "",
) -> Response[Any]:
    """Thank; or ask what is missing; or show where it goes on."""
    given = _given(session, public_id)
    prints = ways.read(session, viewer, given, footprints(question))
    asked = question_of(session, prints)
    way = ways.way(session, viewer, given, asked, prints) if given.reason else None
    contact = replace(prints, feedback=public_id).link(f"/{locale}/contact")
    state = feedback_state(given, prints, way, contact_url=contact)
    return rendering.respond(request, page=FeedbackPage(state), fragment=FeedbackBox(state))


@post("/feedback/{public_id:str}", sync_to_thread=True, status_code=303)
def give_reason(
    session: CurrentSession,
    viewer: CurrentViewer,
    locale: CurrentLocale,
    fields: CurrentFields,
    public_id: FromPath[str],
) -> Redirect:
    """Keep what is missing, or a word about it; who wants a person is led to one."""
    given = _given(session, public_id)
    prints = footprints(fields.line("question"))
    reason = next((one for one in FeedbackReason if one == fields.line("reason")), None)
    if reason is not None:
        actions.give_reason(session, given, reason)
    if fields.text("comment"):
        actions.comment(session, given, fields.text("comment"))
    if reason is FeedbackReason.PERSON:
        known = ways.read(session, viewer, given, prints)
        return Redirect(known.link(f"/{locale}/contact"), status_code=303)
    return Redirect(_address(locale, given, prints), status_code=303)


def _given(session: CurrentSession, public_id: str) -> Feedback:
    found = queries.feedback(session, public_id)
    if found is None:
        raise NotFound
    return found


def _address(locale: str, given: Feedback, prints: Footprints) -> str:
    return prints.link(f"/{locale}/feedback/{given.public_id}")


router = Router("/", route_handlers=[give_feedback, show_feedback, give_reason])
