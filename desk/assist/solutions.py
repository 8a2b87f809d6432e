"""Solving a case: what helped, how it was solved, and what of it is kept for the next one."""

from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from desk import notices, rendering
from desk.assist import redaction, showing
from desk.assist.forms import OUTCOMES, SolutionInput, solution_input
from desk.assist.solution_views import (
    Helper,
    Kept,
    SolutionDraft,
    SolutionForm,
    SolutionPage,
    TakenOut,
)
from desk.assist.work import CurrentWork, Work
from desk.deps import CurrentFields
from desk.rendering import HTTPRequest
from kb.cases import actions, queries
from kb.cases.models import Fate, Outcome, SuggestionKind

Shown = Response[Any] | Redirect


@get("/solution", sync_to_thread=True)
def show_solution(request: HTTPRequest, work: CurrentWork) -> Response[bytes]:
    """Ask how the case was solved; the problem is filled in from the customer's words."""
    linked = queries.linked_articles(work.session, work.case_id)
    helped = next((one.article_id for one in linked if one.helped), None)
    given = SolutionInput(
        outcome=None if work.case.outcome is Outcome.UNKNOWN else work.case.outcome,
        helped_by=helped,
        problem=redaction.first_words(work),
        resolution="",
        cause="",
        environment="",
    )
    return _show(request, work, given)


@post("/solution/preview", sync_to_thread=True, status_code=HTTPStatus.OK)
def preview_solution(
    request: HTTPRequest, work: CurrentWork, fields: CurrentFields
) -> Response[bytes]:
    """Show word for word what would be kept."""
    given = solution_input(fields)
    errors = _errors(work, given, is_kept=True)
    if errors:
        return _show(request, work, given, errors=errors)
    return _show(request, work, given, kept=_kept(redaction.essence_of(work, given)))


@post("/solution", sync_to_thread=True, status_code=HTTPStatus.SEE_OTHER)
def solve(request: HTTPRequest, work: CurrentWork, fields: CurrentFields) -> Shown:
    """Solve the case, and keep its essence if there is something to keep."""
    given = solution_input(fields)
    is_kept = fields.line("keep") != "no"
    errors = _errors(work, given, is_kept=is_kept)
    if errors or given.outcome is None:
        return _show(request, work, given, errors=errors)
    before = work.case.state
    actions.solve(
        work.session,
        work.case,
        outcome=given.outcome,
        helped_by=given.helped_by,
        by=work.viewer.person_id,
    )
    notices.moved(work.session, work.config, work.case, before)
    if is_kept:
        actions.keep_solution(work.session, work.case, redaction.essence_of(work, given).essence)
    return work.back("facts")


def _errors(work: Work, given: SolutionInput, *, is_kept: bool) -> tuple[str, ...]:
    """Return the names of the fields that cannot be used."""
    offered = {helper.id for helper in _helpers(work)}
    wrong = {
        "outcome": given.outcome is None,
        "helped_by": given.helped_by is not None and given.helped_by not in offered,
        "problem": is_kept and not given.problem,
        "resolution": is_kept and not given.resolution,
    }
    return tuple(name for name, is_wrong in wrong.items() if is_wrong)


def _helpers(work: Work) -> list[Helper]:
    """Return the articles that can have helped: those linked, then those suggested."""
    linked = [one.article_id for one in queries.linked_articles(work.session, work.case_id)]
    suggested = [
        one.subject_id
        for one in queries.suggestions(work.session, work.case_id)
        if one.kind is SuggestionKind.ARTICLE and one.fate is not Fate.DISMISSED
    ]
    shown = {one: showing.article(work, one) for one in dict.fromkeys([*linked, *suggested])}
    return [
        Helper(article_id, found.revision.title, article_id in linked)
        for article_id, found in shown.items()
        if found is not None
    ]


def _kept(safe: redaction.Safe) -> Kept:
    found = sorted(safe.found.items())
    return Kept(safe.essence, [TakenOut(kind.replace(" ", "_"), count) for kind, count in found])


def _show(
    request: HTTPRequest,
    work: Work,
    given: SolutionInput,
    *,
    kept: Kept | None = None,
    errors: tuple[str, ...] = (),
) -> Response[bytes]:
    draft = SolutionDraft(
        case_id=work.case_id,
        case_subject=work.case.subject,
        locale=work.case.locale,
        helpers=_helpers(work),
        outcomes=OUTCOMES,
        given=given,
        kept=kept,
        errors=errors,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return rendering.respond(
        request, page=SolutionPage(draft), fragment=SolutionForm(draft), status=status
    )


HANDLERS = [show_solution, preview_solution, solve]
