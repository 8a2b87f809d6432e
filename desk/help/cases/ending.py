"""How a customer ends a case, and says how it was."""

from typing import Any

from litestar import Response, post
from litestar.response import Redirect

from desk import rendering
from desk.deps import CurrentFields
from desk.help.cases import showing
from desk.help.cases.own import CurrentOwnCase
from desk.rendering import HTTPRequest
from kb.cases import endings
from kb.errors import InvalidInput

Shown = Response[Any] | Redirect


@post("/solution", sync_to_thread=True, status_code=303)
def solve_case(own: CurrentOwnCase, fields: CurrentFields) -> Shown:
    """End the case: the customer says that it is solved."""
    own.must_be_the_customers()
    endings.solve_by_customer(own.session, own.case, helped_by=fields.number("helped_by"))
    return own.back("ending")


@post("/rating", sync_to_thread=True, status_code=303)
def rate_case(request: HTTPRequest, own: CurrentOwnCase, fields: CurrentFields) -> Shown:
    """Keep how content the customer is; what is said again changes nothing."""
    own.must_be_the_customers()
    comment = fields.text("comment")
    try:
        stars = fields.number("stars") or 0
        endings.rate(own.session, own.case, stars=stars, comment=comment)
    except InvalidInput as problem:
        chosen = showing.ending_of(own, error="case.error.stars", comment=comment)
        page = showing.case_page(own, ending=chosen)
        return rendering.respond(request, page=page, status=problem.status)
    return own.back("ending")


HANDLERS = [solve_case, rate_case]
