"""What customers write into their case: an answer, why it is not over yet, what came later.

Sent twice, it is said once. What cannot be taken comes back with every word of it.
"""

from typing import Any

from litestar import Response, post
from litestar.response import Redirect
from sqlalchemy.exc import IntegrityError

from desk import i18n, rendering, uploads
from desk.help.cases import showing
from desk.help.cases.own import CurrentOwnCase, OwnCase
from desk.help.cases.views import Way
from desk.help.contact.forms import new_key
from desk.rendering import HTTPRequest
from desk.uploads import TAKES_FILES, CurrentUpload, Upload
from kb import clock
from kb.cases import actions, endings, policy, queries
from kb.cases.models import Case
from kb.errors import CaseEnded, InvalidInput, NotAllowed, Problem

Shown = Response[Any] | Redirect


@post("/messages", sync_to_thread=True, status_code=303, **TAKES_FILES)
def answer_case(request: HTTPRequest, own: CurrentOwnCase, upload: CurrentUpload) -> Shown:
    """Add the customer's message and its files."""
    own.must_be_the_customers()
    if not policy.takes_an_answer(own.case, at=clock.now()):
        return _again(request, own, upload, problem=NotAllowed(), error="case.error.over")
    return _say(request, own, upload)


@post("/reopening", sync_to_thread=True, status_code=303, **TAKES_FILES)
def reopen_case(request: HTTPRequest, own: CurrentOwnCase, upload: CurrentUpload) -> Shown:
    """Take an ended case up again, with what is missing."""
    own.must_be_the_customers()
    if showing.way(own) is Way.SEQUEL:
        return _again(request, own, upload, problem=CaseEnded(), error="case.error.too_late")
    return _say(request, own, upload)


@post("/sequels", sync_to_thread=True, status_code=303, **TAKES_FILES)
def continue_case(request: HTTPRequest, own: CurrentOwnCase, upload: CurrentUpload) -> Shown:
    """Open a case that goes on where this one ended long ago."""
    own.must_be_the_customers()
    if showing.way(own) is not Way.SEQUEL:
        return _say(request, own, upload)
    if refused := _refusal(own, upload, None):
        return _again(request, own, refused, problem=InvalidInput())
    try:
        key = upload.fields.line("key", limit=64) or new_key()
        sequel = endings.open_sequel(own.session, own.case, body=_body(own, upload), key=key)
    except InvalidInput as problem:
        return _again(request, own, upload, problem=problem, error="contact.error.message")
    _keep_first(own, sequel, upload)
    return Redirect(f"/{own.locale}/cases/{sequel.public_id}", status_code=303)


def _say(request: HTTPRequest, own: OwnCase, upload: Upload) -> Shown:
    if refused := _refusal(own, upload, own.case_id):
        return _again(request, own, refused, problem=InvalidInput())
    key = upload.fields.line("key", limit=64) or new_key()
    try:
        endings.reopen(own.session, own.case)
        said = actions.say(
            own.session,
            own.case,
            author=own.customer,
            body=_body(own, upload),
            idempotency_key=f"{own.case_id}:{key}",
        )
        uploads.keep(own.session, said, upload)
    except InvalidInput as problem:
        own.session.rollback()
        return _again(request, own, upload, problem=problem, error="contact.error.message")
    except IntegrityError:  # pressed twice: the other request has said it in this moment
        own.session.rollback()
    return own.back()


def _body(own: OwnCase, upload: Upload) -> str:
    """Return what was written; files may come without a word."""
    body = upload.fields.text("body")
    return body or (i18n.words(own.locale)("files.only") if upload.files else "")


def _refusal(own: OwnCase, upload: Upload, case_id: int | None) -> Upload | None:
    """Return the form with what is wrong about its files, if anything is."""
    refused = uploads.refusal(own.session, upload, case_id)
    return Upload(upload.fields, upload.limits, refused=refused) if refused else None


def _keep_first(own: OwnCase, case: Case, upload: Upload) -> None:
    first, *_ = queries.messages(own.session, case.id or 0, for_customer=True)
    uploads.keep(own.session, first, upload)


def _again(
    request: HTTPRequest, own: OwnCase, upload: Upload, *, problem: Problem, error: str = ""
) -> Response[bytes]:
    """Show the page with what was written, and what is wrong with it."""
    key = upload.fields.line("key", limit=64)
    written = showing.writing(own, upload=upload, key=key, error=error)
    status = upload.status if upload.refused else problem.status
    return rendering.respond(request, page=showing.case_page(own, written=written), status=status)


HANDLERS = [answer_case, reopen_case, continue_case]
