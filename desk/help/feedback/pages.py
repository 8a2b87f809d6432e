"""Feedback is a noun: given with a yes or a no, explained later, kept on the revision."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from desk import rendering
from desk.deps import CurrentFields, CurrentLocale, CurrentSession, CurrentViewer
from desk.help.feedback.views import FeedbackBox, FeedbackPage, FeedbackState
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
    question = question_of(session, prints)
    given = actions.give_feedback(
        session,
        revision_id=revision_id,
        helpful=fields.line("helpful") == "yes",
        question_id=question.id if question is not None else None,
    )
    return Redirect(_address(locale, given, prints), status_code=303)


@get("/feedback/{public_id:str}", sync_to_thread=True)
def show_feedback(
    request: HTTPRequest,
    session: CurrentSession,
    locale: CurrentLocale,
    public_id: FromPath[str],
    question: FromQuery[str] = "",
) -> Response[Any]:
    """Thank, and ask why if it did not help."""
    given = _given(session, public_id)
    prints = footprints(question)
    state = FeedbackState(
        revision_id=given.revision_id,
        question=prints.question,
        public_id=given.public_id,
        helpful=given.helpful,
        is_explained=given.reason is not None or bool(given.comment),
        contact_url=prints.link(f"/{locale}/contact"),
    )
    return rendering.respond(request, page=FeedbackPage(state), fragment=FeedbackBox(state))


@post("/feedback/{public_id:str}", sync_to_thread=True, status_code=303)
def explain_feedback(
    session: CurrentSession,
    locale: CurrentLocale,
    fields: CurrentFields,
    public_id: FromPath[str],
) -> Redirect:
    """Keep the reason and the comment."""
    given = _given(session, public_id)
    chosen = fields.line("reason")
    reason = next((reason for reason in FeedbackReason if reason == chosen), None)
    actions.explain_feedback(session, given, reason=reason, comment=fields.text("comment"))
    prints = footprints(fields.line("question"))
    return Redirect(_address(locale, given, prints), status_code=303)


def _given(session: CurrentSession, public_id: str) -> Feedback:
    found = queries.feedback(session, public_id)
    if found is None:
        raise NotFound
    return found


def _address(locale: str, given: Feedback, prints: Footprints) -> str:
    return prints.link(f"/{locale}/feedback/{given.public_id}")


router = Router("/", route_handlers=[give_feedback, show_feedback, explain_feedback])
