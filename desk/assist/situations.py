"""The situation of a case: wanted, tried, still open, and what the customer did before."""

from litestar import Response, get
from litestar.response import Redirect

from desk import rendering
from desk.assist.moods import mood_of
from desk.assist.sidebar_views import Failed, SituationPanel, SituationView, TrailStep
from desk.assist.summing import summary_of
from desk.assist.telling import Told, told
from desk.assist.worded_views import SummaryView
from desk.assist.work import CurrentWork, Work
from desk.rendering import HTTPRequest
from kb.articles import policy as addresses
from kb.articles import queries as articles
from kb.cases import policy
from kb.cases.models import Outcome, Trail, TrailKind
from kb.coaching import queries as coaching
from kb.coaching.models import CoachingPlan, CoachingStep
from kb.config import LOCALES
from retrieval.index.plain import plain

_LOST = frozenset({Outcome.HANDED_OVER, Outcome.GAVE_UP})


@get("/situation", sync_to_thread=True)
def show_situation(request: HTTPRequest, work: CurrentWork) -> Response[bytes] | Redirect:
    """Show it as it is now to a page that is open; to everybody else, the page."""
    if not rendering.wants_fragment(request):
        return work.back("situation")
    panel = SituationPanel(situation_of(work, told(work)), mood_of(work))
    return rendering.respond(request, fragment=panel)


def situation_of(work: Work, said: Told, *, summary: SummaryView | None = None) -> SituationView:
    """Return what there is to know before reading."""
    found = said.situation
    return SituationView(
        case_id=work.case_id,
        locale=work.case.locale,
        wanted=found.wanted,
        tried=found.tried,
        open=[one for one in found.open if one not in found.wanted],
        is_answered=found.is_answered,
        is_finished=work.case.state not in policy.UNFINISHED,
        trail=[_step(work, one) for one in said.trail if one.kind not in _ELSEWHERE],
        failed=[
            _failed(work, one)
            for one in coaching.plans(work.session, work.case_id)
            if one.outcome in _LOST
        ],
        summary=summary or summary_of(work),
    )


_ELSEWHERE = frozenset({TrailKind.DEVICE, TrailKind.LOCALE, TrailKind.AFFECT})
"""Shown with the customer, or with how they fare."""


def _step(work: Work, step: Trail) -> TrailStep:
    return TrailStep(
        kind=step.kind,
        text=step.text,
        url=_address(work, step.article_id) if step.article_id else "",
        was_answered=step.kind is TrailKind.ASKED and step.was_answered,
    )


def _failed(work: Work, plan: CoachingPlan) -> Failed:
    lost = work.session.get(CoachingStep, plan.lost_at) if plan.lost_at else None
    return Failed(plan.title, plain(lost.instruction) if lost else "")


def _address(work: Work, article_id: int) -> str:
    """Return where the staff reads an article, in the customer's language if it is there."""
    locales = (work.case.locale, *(one for one in LOCALES if one != work.case.locale))
    shown = articles.published_in(
        work.session, work.viewer, article_id=article_id, locales=locales
    )
    if shown is None:
        return ""
    return addresses.address(shown.translation.locale, shown.translation.slug)


HANDLERS = [show_situation]
