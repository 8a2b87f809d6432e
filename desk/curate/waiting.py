"""Customers who wait for an answer: what they asked, and the articles search finds for it now.

Search looks anew whenever the page is opened, so what was published a minute ago is among them.
An editor confirms that an article answers it; then everybody who waits for it is told.
"""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from sqlmodel import Session

from desk import rendering
from desk.curate import areas
from desk.curate.waiting_views import Group, WaitingList, groups
from desk.curate.waiting_words import tell
from desk.deps import (
    CurrentConfig,
    CurrentFields,
    CurrentRetrieval,
    CurrentSession,
    CurrentViewer,
)
from desk.rendering import HTTPRequest
from kb.access import ANYONE
from kb.articles import queries as articles
from kb.articles.queries import Published
from kb.curation import policy
from kb.errors import NotFound
from kb.questions import queries
from kb.questions.models import Question

HERE = "/desk/curation/waiting"


@get(HERE, sync_to_thread=True)
def show_waiting(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    retrieval: CurrentRetrieval,
) -> Response[bytes]:
    """Show what is waited for, the most wanted first."""
    found: list[Group] = groups(session, retrieval)
    page = WaitingList(
        areas=areas.tabs(session, "waiting"),
        groups=found,
        is_down=retrieval is None,
        may_decide=policy.may_decide(staff_viewer),
    )
    return rendering.respond(request, page=page)


@post(f"{HERE}/{{public_id:str}}/answer", sync_to_thread=True, status_code=303)
def answer(
    session: CurrentSession,
    editor: CurrentViewer,
    config: CurrentConfig,
    fields: CurrentFields,
    public_id: FromPath[str],
) -> Redirect:
    """Confirm that an article answers it, and tell everybody who waits."""
    del editor  # asked for because it is there for nobody else
    question, article = _question(session, public_id), fields.line("article")
    for wish in queries.waiting_with(session, question):
        shown = as_anyone_reads(session, article, wish.locale)
        tell(session, config, wish, question, shown)
    return Redirect(HERE, status_code=303)


def _question(session: Session, public_id: str) -> Question:
    found = queries.by_public_id(session, public_id)
    if found is None:
        raise NotFound
    return found


def as_anyone_reads(session: Session, public_id: str, locale: str) -> Published:
    """Return the article as anybody may read it: nothing else may be told to customers."""
    known = articles.slugs(session, ANYONE, [public_id]).get(public_id, {})
    chosen = locale if locale in known else next(iter(sorted(known)), None)
    found = (
        articles.published(session, ANYONE, locale=chosen, slug=known[chosen]) if chosen else None
    )
    if found is None:
        raise NotFound
    return found


HANDLERS = [show_waiting, answer]
