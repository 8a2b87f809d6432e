"""What agents say of articles while they work on a case, for editors to settle."""

from http import HTTPStatus
from typing import Any

from litestar import Response, post
from litestar.response import Redirect

from desk.assist import suggestions
from desk.assist.work import CurrentWork
from desk.deps import CurrentFields
from desk.rendering import HTTPRequest
from kb.articles import queries as articles
from kb.cases import flags
from kb.cases.marks import Fault
from kb.db import stored_id
from kb.errors import InvalidInput, NotFound

Shown = Response[Any] | Redirect


@post("/flags", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def flag(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Say what is the matter with an article; it goes to the editors with the case."""
    revision_id = fields.number("revision") or 0
    if not articles.by_revisions(work.session, work.viewer, [revision_id]):
        raise NotFound
    fault = next((one for one in Fault if one == fields.line("fault")), None)
    if fault is None:
        raise InvalidInput(field="fault")
    flags.flag(
        work.session,
        case=work.case,
        revision_id=revision_id,
        fault=fault,
        note=fields.text("note"),
        by_id=stored_id(work.viewer.person_id),
    )
    return suggestions.again(request, work, fields)


@post("/lacks", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def note_lack(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Say that no article fits, in the customer's words."""
    words = fields.line("words")
    flags.lacking(work.session, case=work.case, words=words, by_id=work.viewer.person_id)
    return suggestions.again(request, work, fields)


@post("/lacks/removal", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def take_lack_back(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Say that there is one after all."""
    flags.take_back(work.session, work.case_id)
    return suggestions.again(request, work, fields)


HANDLERS = [flag, note_lack, take_lack_back]
