"""Which step of an article loses people: of those who came to it, who did it, failed, or left."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from kb.coaching import policy
from kb.coaching.models import (
    CoachingPlan,
    CoachingStep,
    EventKind,
    HelpLevel,
    PlanState,
    StepEvent,
)
from kb.db import stored_id


@dataclass(frozen=True)
class StepLoss:
    """A step of an article over all plans made of it. What agents wrote themselves is left out."""

    origin: int
    """Its place in the article, from 1."""
    instruction: str
    """As it stands in the newest plan: perhaps an agent's own words, so for the staff only."""
    locale: str
    reached: int
    done: int
    failed: int
    """At least once; many go on by another way."""
    left: int
    """Did not get any further."""

    @property
    def share(self) -> float:
        """Return the share of those who came to it that left."""
        return self.left / self.reached if self.reached else 0.0


@dataclass(frozen=True)
class Passed:
    """What became of one step in one plan."""

    origin: int
    done: bool
    failed: bool
    left: bool


def of_article(session: Session, article_id: int, *, locale: str = "") -> list[StepLoss]:
    """Return the steps of an article that anybody has come to, in order."""
    plans = session.exec(
        select(CoachingPlan)
        .where(
            CoachingPlan.article_id == article_id,
            CoachingPlan.state != PlanState.DRAFT,
            col(CoachingPlan.level).in_([HelpLevel.STEPS, HelpLevel.TOGETHER]),
        )
        .order_by(col(CoachingPlan.id))
    ).all()
    ids = [stored_id(plan.id) for plan in plans]
    steps, events = _steps(session, ids), _events(session, ids)
    counted: defaultdict[int, Counter[str]] = defaultdict(Counter)
    words: dict[int, tuple[str, str]] = {}
    for plan in plans:
        own, plan_id = steps[stored_id(plan.id)], stored_id(plan.id)
        for one in passed(plan, own, events[plan_id]):
            counted[one.origin].update(reached=1, done=one.done, failed=one.failed, left=one.left)
        told = {one.origin: (one.instruction, plan.locale) for one in own}
        words = words | told if plan.locale == (locale or plan.locale) else told | words
    return [
        StepLoss(
            origin,
            *words.get(origin, ("", "")),
            reached=counts["reached"],
            done=counts["done"],
            failed=counts["failed"],
            left=counts["left"],
        )
        for origin, counts in sorted(counted.items())
    ]


def passed(
    plan: CoachingPlan, steps: Sequence[CoachingStep], events: Sequence[StepEvent]
) -> list[Passed]:
    """Return what became of each step of the article that somebody has come to."""
    if not events:
        return []
    now = policy.progress(steps, events)
    current = now.current
    failed = {one.step_id for one in events if one.kind is EventKind.FAILED}
    return [
        Passed(
            one.step.origin,
            done=one.standing is policy.Standing.DONE,
            failed=one.step.id in failed,
            left=one.step.id == plan.lost_at,
        )
        for one in now.steps
        if one.step.origin and (one.is_over or one is current)
    ]


def articles(session: Session) -> list[tuple[int, int, int]]:
    """Return the articles that plans were made of: id, plans that were sent, people who left."""
    rows = session.exec(
        select(
            CoachingPlan.article_id,
            func.count(col(CoachingPlan.id)),
            func.count(col(CoachingPlan.lost_at)),
        )
        .where(
            CoachingPlan.state != PlanState.DRAFT,
            col(CoachingPlan.level).in_([HelpLevel.STEPS, HelpLevel.TOGETHER]),
        )
        .group_by(col(CoachingPlan.article_id))
    ).all()
    return sorted(rows, key=lambda one: (-one[2], -one[1], one[0]))


def _steps(session: Session, plan_ids: Iterable[int]) -> defaultdict[int, list[CoachingStep]]:
    found: defaultdict[int, list[CoachingStep]] = defaultdict(list)
    rows = session.exec(
        select(CoachingStep)
        .where(col(CoachingStep.plan_id).in_(set(plan_ids)))
        .order_by(col(CoachingStep.position), col(CoachingStep.id))
    ).all()
    for row in rows:
        found[row.plan_id].append(row)
    return found


def _events(session: Session, plan_ids: Iterable[int]) -> defaultdict[int, list[StepEvent]]:
    found: defaultdict[int, list[StepEvent]] = defaultdict(list)
    rows = session.exec(
        select(StepEvent)
        .where(col(StepEvent.plan_id).in_(set(plan_ids)))
        .order_by(col(StepEvent.id))
    ).all()
    for row in rows:
        found[row.plan_id].append(row)
    return found
