"""Where a case stands: its state, who works on it, which articles belong to it."""

from http import HTTPStatus
from typing import Any

from litestar import Response, delete, post
from litestar.params import FromPath
from litestar.response import Redirect

from desk import notices, rendering
from desk.assist import forms, showing
from desk.assist.views import FactsPanel, LinkedNote
from desk.assist.work import LARGEST_ID, CurrentWork, Work
from desk.deps import CurrentFields
from desk.rendering import HTTPRequest
from kb.cases import actions
from kb.db import stored_id
from kb.errors import InvalidInput, NotFound
from kb.people import queries as people

Shown = Response[Any] | Redirect


@post("/assignment", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def assign(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Give the case to a colleague, or to nobody."""
    chosen = fields.number("person")
    colleagues = {stored_id(one.id) for one in people.staff(work.session)}
    if fields.line("person") and chosen not in colleagues:
        raise InvalidInput(field="person")
    actions.assign(work.session, work.case, chosen)
    return _facts(request, work)


@post("/state", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def set_state(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Put the case into another state; solving it asks for more and has its own page."""
    before = work.case.state
    actions.set_state(work.session, work.case, forms.chosen_state(fields))
    notices.moved(work.session, work.config, work.case, before)
    return _facts(request, work)


@post("/articles", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def link_article(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Link an article the staff can read."""
    article_id = fields.number("article")
    if article_id is None or showing.article(work, article_id) is None:
        raise NotFound
    actions.link_article(work.session, work.case, article_id, by=work.viewer.person_id)
    work.session.flush()
    if rendering.wants_fragment(request):
        note = LinkedNote(showing.facts(work), out_of_band=True, linked=article_id)
        return rendering.respond(request, fragment=note)
    return work.back("facts")


@delete("/articles/{article_id:int}", sync_to_thread=True, status_code=HTTPStatus.OK)
def unlink_article(request: HTTPRequest, work: CurrentWork, article_id: FromPath[int]) -> Shown:
    """Take the link away."""
    return _unlinked(request, work, article_id)


@post("/articles/{article_id:int}/removal", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def remove_article(request: HTTPRequest, work: CurrentWork, article_id: FromPath[int]) -> Shown:
    """Take the link away, from a plain form."""
    return _unlinked(request, work, article_id)


def _unlinked(request: HTTPRequest, work: Work, article_id: int) -> Shown:
    if article_id > LARGEST_ID:
        raise NotFound
    actions.unlink_article(work.session, work.case, article_id)
    return _facts(request, work)


def _facts(request: HTTPRequest, work: Work) -> Shown:
    work.session.flush()
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=FactsPanel(showing.facts(work)))
    return work.back("facts")


HANDLERS = [assign, set_state, link_article, unlink_article, remove_article]
