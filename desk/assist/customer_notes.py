"""What the staff notes about a customer: kept for the staff only, and erased by whoever wishes."""

from http import HTTPStatus
from typing import Any

from litestar import Response, delete, post
from litestar.params import FromPath
from litestar.response import Redirect

from desk import rendering
from desk.assist import showing
from desk.assist.customer import customer_of
from desk.assist.sidebar_views import CustomerPanel
from desk.assist.telling import told
from desk.assist.work import LARGEST_ID, CurrentWork, Work
from desk.deps import CurrentFields
from desk.rendering import HTTPRequest
from kb.cases import customers
from kb.errors import InvalidInput, NotFound

Shown = Response[Any] | Redirect


@post("/customer/notes", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def note_customer(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Write something down about the customer; only the staff ever sees it."""
    typed = fields.text("body")
    try:
        customers.note(work.session, work.case, body=typed, by_id=work.viewer.person_id)
    except InvalidInput:
        error = "customer.note.too_long" if typed else "assist.error.empty"
        view = customer_of(work, told(work), typed=typed, error=error)
        page = showing.case_page(work, customer=view)
        return rendering.respond(
            request,
            page=page,
            fragment=CustomerPanel(view),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    return _shown(request, work)


@delete("/customer/notes/{note_id:int}", sync_to_thread=True, status_code=HTTPStatus.OK)
def erase_note(request: HTTPRequest, work: CurrentWork, note_id: FromPath[int]) -> Shown:
    """Erase a note."""
    return _erased(request, work, note_id)


@post(
    "/customer/notes/{note_id:int}/removal",
    sync_to_thread=True,
    status_code=HTTPStatus.SEE_OTHER,
)
def remove_note(request: HTTPRequest, work: CurrentWork, note_id: FromPath[int]) -> Shown:
    """Erase a note, from a plain form."""
    return _erased(request, work, note_id)


def _erased(request: HTTPRequest, work: Work, note_id: int) -> Shown:
    if note_id > LARGEST_ID:
        raise NotFound
    who = customers.identity(work.session, work.case)
    customers.erase_note(work.session, who, note_id)
    work.session.flush()
    return _shown(request, work)


def _shown(request: HTTPRequest, work: Work) -> Shown:
    if rendering.wants_fragment(request):
        panel = CustomerPanel(customer_of(work, told(work)))
        return rendering.respond(request, fragment=panel)
    return work.back("customer")


HANDLERS = [note_customer, erase_note, remove_note]
