"""How the coaching of a case is going, for the agent who has the case before them."""

import secrets
from collections.abc import Sequence
from textwrap import shorten

from sqlmodel import Session

from desk.assist.coaching.views import Coached, EndedRow, PlanRow, Running, StepRow
from desk.assist.elapsed import elapsed
from desk.assist.work import Work
from kb import clock
from kb.cases.models import Case
from kb.coaching import episodes, policy, queries, success
from kb.coaching.models import CoachingPlan, CoachingStep, EventKind, PlanState, StepEvent
from kb.coaching.outcomes import Holding
from kb.coaching.policy import Alarm, Progress
from kb.db import stored_id
from retrieval.index.plain import plain

_LONGEST = 160
_MOST_PAST = 5


def coached(work: Work) -> Coached:
    """Return what there is to see."""
    plans = queries.plans(work.session, work.case_id)
    pause = queries.pause(work.session, work.case_id)
    running = next((one for one in plans if one.state is PlanState.SENT), None)
    return Coached(
        case_id=work.case_id,
        mark=mark(work.session, work.case),
        pause=pause.reason if pause else "",
        running=_running(work, running) if running else None,
        drafts=[_row(work, one) for one in plans if one.state is PlanState.DRAFT],
        past=[_row(work, one) for one in plans if one.state is PlanState.FINISHED][:_MOST_PAST],
        ended=_ended(work),
        later=_later(work),
    )


def mark(session: Session, case: Case) -> str:
    """Return a mark of all an agent can see change, silence included."""
    case_id = stored_id(case.id)
    plans = queries.plans(session, case_id)
    running = next((one for one in plans if one.state is PlanState.SENT), None)
    paused = queries.pause(session, case_id) is not None
    if running is None:
        return f"{len(plans)}.{paused:d}"
    events = queries.events(session, stored_id(running.id))
    now = policy.progress(queries.steps(session, stored_id(running.id)), events)
    alarm = _alarm(session, case, running, events, now)
    version = f"{running.version}.{len(events)}.{alarm or ''}"
    return f"{len(plans)}.{paused:d}.{running.id}.{version}".replace(" ", "_")


def _running(work: Work, plan: CoachingPlan) -> Running:
    events = queries.events(work.session, stored_id(plan.id))
    now = policy.progress(queries.steps(work.session, stored_id(plan.id)), events)
    since = events[-1].happened_at if events else plan.sent_at or plan.created_at
    ago = elapsed(since, clock.now())
    said = [one.detail for one in events if one.detail and one.kind is not EventKind.BRANCHED]
    return Running(
        plan_id=stored_id(plan.id),
        title=plan.title,
        level=(plan.level or "").replace(" ", "_"),
        steps=_steps(now),
        done=now.done,
        alarm=_alarm(work.session, work.case, plan, events, now) or "",
        said=said[-1] if said else "",
        since=since,
        elapsed_unit=ago.unit,
        elapsed_count=ago.count,
        is_begun=bool(events),
        customer_url=f"/{plan.locale}/coaching/{plan.public_id}",
        key=secrets.token_urlsafe(16),
    )


def _steps(now: Progress) -> list[StepRow]:
    return [
        StepRow(
            key=one.step.key,
            number=number,
            text=shorten(plain(one.step.instruction), _LONGEST, placeholder=" …"),
            standing=one.standing.name.lower(),
            detail=one.detail,
            is_current=one is now.current,
        )
        for number, one in enumerate(now.steps, start=1)
    ]


def _alarm(
    session: Session,
    case: Case,
    plan: CoachingPlan,
    events: Sequence[StepEvent],
    now: Progress,
) -> Alarm | None:
    answer = queries.answered_at(session, case)
    answered_at = answer.written_at if answer else None
    return policy.alarm(plan, events, now, at=clock.now(), answered_at=answered_at)


def _row(work: Work, plan: CoachingPlan) -> PlanRow:
    lost = work.session.get(CoachingStep, plan.lost_at) if plan.lost_at else None
    return PlanRow(
        plan_id=stored_id(plan.id),
        title=plan.title,
        level=(plan.level or "").replace(" ", "_"),
        outcome=plan.outcome.name.lower(),
        lost_at=shorten(plain(lost.instruction), _LONGEST, placeholder=" …") if lost else "",
        was_reopened=success.was_reopened(work.session, plan, work.case),
    )


def _ended(work: Work) -> EndedRow | None:
    """Return how the case ended, by what was noted of it."""
    found = episodes.of_case(work.session, work.case)
    if found is None:
        return None
    lost = work.session.get(CoachingStep, found.lost_at) if found.lost_at else None
    solved = found.holding is not Holding.NOT_SOLVED
    return EndedRow(
        outcome=found.outcome.name.lower(),
        level=found.level.name.lower() if found.level else "",
        lost_at=lost.position + 1 if lost else 0,
        holding=found.holding.name.lower() if solved else "",
    )


def _later(work: Work) -> str:
    """Say how the next time on this topic went for this person, if this one needed us."""
    found = episodes.next_time(work.session, work.case)
    if found is None:
        return ""
    known = {True: "alone", False: "with_us", None: "open"}
    return known[found.alone] if found.next_id else "none_yet"
