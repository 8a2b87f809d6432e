"""What can be done with plans. Actions never commit: the caller's transaction does.

Whatever a customer does is an event under a key: sent twice, it happened once.
"""

from dataclasses import dataclass

from sqlmodel import Session, select

from kb import clock
from kb.access import Viewer
from kb.cases import actions as cases
from kb.cases.models import Case, Message, Outcome
from kb.coaching import policy, queries
from kb.coaching.models import (
    CoachingPause,
    CoachingPlan,
    CoachingStep,
    EventKind,
    HelpLevel,
    PauseReason,
    PlanState,
    StepEvent,
)
from kb.coaching.writing import body
from kb.db import stored_id
from kb.errors import CoachingPaused, InvalidInput
from kb.text import clean

LONGEST_DETAIL = 1_000


@dataclass(frozen=True)
class Happened:
    """An event on its way to be noted; `key` tells it from every other."""

    kind: EventKind
    key: str
    by: int | None
    step: CoachingStep | None = None
    detail: str = ""


def send(session: Session, plan: CoachingPlan, *, by: Viewer, said: str) -> Message | None:
    """Send a plan to the customer, with a message in the case; sent twice, it is sent once.

    Raises:
        CoachingPaused: the customer is not to be coached.
        InvalidInput: no level was chosen, or what the level needs is missing.
    """
    if plan.state is not PlanState.DRAFT:
        return None
    case = session.get_one(Case, plan.case_id)
    is_coached = plan.level is not HelpLevel.FOR_YOU
    if is_coached and queries.pause(session, plan.case_id) is not None:
        raise CoachingPaused
    _must_be_complete(session, plan)
    running = queries.on_its_way(session, plan.case_id)
    if running is not None:
        end(session, running, Outcome.HANDED_OVER)
    plan.state, plan.sent_at = PlanState.SENT, clock.now()
    session.add(plan)
    cases.link_article(session, case, plan.article_id, by=by.person_id)
    key = f"coaching-{plan.public_id}"
    return cases.say(session, case, author=by, body=said, idempotency_key=key)


def record(session: Session, plan: CoachingPlan, happened: Happened) -> bool:
    """Note what happened; say whether it is news, for the same key is the same event."""
    twice = StepEvent.plan_id == plan.id, StepEvent.idempotency_key == happened.key
    if session.exec(select(StepEvent.id).where(*twice)).first() is not None:
        return False
    session.add(
        StepEvent(
            plan_id=stored_id(plan.id),
            step_id=happened.step.id if happened.step else None,
            kind=happened.kind,
            detail=clean(happened.detail).strip()[:LONGEST_DETAIL],
            by_id=happened.by,
            idempotency_key=happened.key,
        )
    )
    session.flush()
    cases.noted(session, session.get_one(Case, plan.case_id))
    return True


def branch(
    session: Session, plan: CoachingPlan, step: CoachingStep, way: str, *, by: Viewer, key: str
) -> bool:
    """Send another way for a step; say whether it is news.

    Raises:
        InvalidInput: it says nothing.
    """
    words = body(way)
    if not words:
        raise InvalidInput(field="way")
    happened = Happened(EventKind.BRANCHED, key=key, by=by.person_id, step=step)
    is_news = record(session, plan, happened)
    if is_news:
        step.alternative = words
        plan.version += 1
        session.add(step)
        session.add(plan)
    return is_news


def solve(session: Session, plan: CoachingPlan) -> None:
    """End the case because its customer has solved it; said twice, it is solved once."""
    if plan.state is not PlanState.SENT:
        return
    case = session.get_one(Case, plan.case_id)
    cases.solve(
        session,
        case,
        outcome=Outcome.SOLVED_COACHED,
        helped_by=plan.article_id,
        by=case.customer_id,
    )
    end(session, plan, Outcome.SOLVED_COACHED)


def end(session: Session, plan: CoachingPlan, outcome: Outcome) -> None:
    """End a plan; where it did not help, the step it ended at is kept."""
    if plan.state is not PlanState.SENT:
        return
    now = policy.progress(
        queries.steps(session, stored_id(plan.id)), queries.events(session, stored_id(plan.id))
    )
    is_lost = outcome in {Outcome.HANDED_OVER, Outcome.GAVE_UP} and now.current is not None
    plan.lost_at = now.current.step.id if is_lost and now.current else None
    plan.state, plan.outcome, plan.finished_at = PlanState.FINISHED, outcome, clock.now()
    session.add(plan)
    session.flush()
    cases.noted(session, session.get_one(Case, plan.case_id))


def pause(session: Session, case: Case, reason: PauseReason, *, by: int | None) -> None:
    """Do not coach this case any more; the first reason stays."""
    if queries.pause(session, stored_id(case.id)) is None:
        session.add(CoachingPause(case_id=stored_id(case.id), reason=reason, by_id=by))
        session.flush()
        cases.noted(session, case)


def resume(session: Session, case: Case) -> None:
    """Coach this case again."""
    found = queries.pause(session, stored_id(case.id))
    if found is not None:
        session.delete(found)
        cases.noted(session, case)


def settle(session: Session, case: Case) -> None:
    """Bring the plan of a case to the end that others have brought about, or silence has."""
    plan = queries.on_its_way(session, stored_id(case.id))
    if plan is None:
        return
    events = queries.events(session, stored_id(plan.id))
    if case.solved_at is not None:
        helped = any(one.kind is EventKind.DONE for one in events)
        is_ours = helped and case.outcome in _SOLVED_SOMEHOW
        end(session, plan, Outcome.SOLVED_COACHED if is_ours else case.outcome)
    elif policy.has_given_up(plan, events, at=clock.now()):
        end(session, plan, Outcome.GAVE_UP)


def settle_all(session: Session) -> None:
    """Settle every plan that is on its way, before their numbers are looked at."""
    sent = session.exec(
        select(CoachingPlan.case_id).where(CoachingPlan.state == PlanState.SENT)
    ).all()
    for case_id in set(sent):
        settle(session, session.get_one(Case, case_id))


_SOLVED_SOMEHOW = frozenset({Outcome.SOLVED_ALONE, Outcome.SOLVED_COACHED, Outcome.UNKNOWN})


def _must_be_complete(session: Session, plan: CoachingPlan) -> None:
    if plan.level is None:
        raise InvalidInput(field="level")
    if plan.level is HelpLevel.FOR_YOU and not plan.reason:
        raise InvalidInput(field="reason")
    if plan.level is HelpLevel.HINT and not plan.hint:
        raise InvalidInput(field="hint")
    steps = policy.progress(queries.steps(session, stored_id(plan.id)), ()).steps
    if plan.level in {HelpLevel.STEPS, HelpLevel.TOGETHER} and not steps:
        raise InvalidInput(field="steps")
