"""Golden questions: listed by how they came out, looked at, confirmed, asked again, retired."""

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlmodel import Session

from desk import i18n, rendering
from desk.curate.golden import showing
from desk.curate.golden.showing import FILTERS, HERE
from desk.deps import CurrentConfig, CurrentRetrieval, CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest
from kb.errors import IndexUnavailable, NotFound
from kb.golden import actions, queries
from kb.golden.models import GoldenQuestion
from retrieval import golden

QUESTION = f"{HERE}/questions/{{number:int}}"


@get(HERE, sync_to_thread=True)
def show_questions(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    config: CurrentConfig,
    which: FromQuery[str] = "",
) -> Response[bytes]:
    """Show how the golden questions came out."""
    chosen = which if which in FILTERS else FILTERS[0]
    page = showing.listed(session, staff_viewer, chosen, four_eyes=config.four_eyes)
    return rendering.respond(request, page=page)


@get(QUESTION, sync_to_thread=True)
def show_question(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    config: CurrentConfig,
    retrieval: CurrentRetrieval,
    number: FromPath[int],
) -> Response[bytes]:
    """Show one question, and what a customer gets who asks it now."""
    question = found(session, number)
    words = i18n.words(rendering.locale_of(request))
    now = showing.asked_now(session, retrieval, question, words)
    page = showing.page(session, staff_viewer, question, now, four_eyes=config.four_eyes)
    return rendering.respond(request, page=page)


@post(f"{QUESTION}/confirmation", sync_to_thread=True, status_code=303)
def confirm(session: CurrentSession, editor: CurrentViewer, number: FromPath[int]) -> Redirect:
    """Say that what is expected is still right."""
    actions.confirm(session, found(session, number), by=editor)
    return Redirect(f"{HERE}/questions/{number}", status_code=303)


@post(f"{QUESTION}/asking", sync_to_thread=True, status_code=303)
def ask(
    session: CurrentSession,
    editor: CurrentViewer,
    retrieval: CurrentRetrieval,
    number: FromPath[int],
) -> Redirect:
    """Ask it now, and note how it comes out."""
    del editor  # asked for because it is there for nobody else
    if retrieval is None:
        raise IndexUnavailable
    question = found(session, number)
    expected = queries.expected(session, [number])[number]
    outcome = golden.examine(session, retrieval, question, expected)
    actions.note(session, question, outcome)
    return Redirect(f"{HERE}/questions/{number}", status_code=303)


@post(f"{QUESTION}/retirement", sync_to_thread=True, status_code=303)
def retire(session: CurrentSession, editor: CurrentViewer, number: FromPath[int]) -> Redirect:
    """Ask it no more."""
    actions.retire(session, found(session, number), by=editor)
    return Redirect(HERE, status_code=303)


def found(session: Session, number: int) -> GoldenQuestion:
    """Return a question that is in use.

    Raises:
        NotFound: there is none.
    """
    question = queries.by_id(session, number)
    if question is None:
        raise NotFound
    return question


HANDLERS = [show_questions, show_question, confirm, ask, retire]
