"""Rules of coaching: where somebody stands, who waits for whom, how much help to propose.

All of it is decided from the events, in order; nothing here is stored.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kb.coaching.models import CoachingPlan, CoachingStep, EventKind, HelpLevel, StepEvent
from kb.db import stored_id

STUCK_AFTER = timedelta(minutes=10)
"""Without a sign this long, somebody who had begun may be stuck."""
GIVEN_UP_AFTER = timedelta(days=7)
DURABLE_AFTER = timedelta(days=7)
"""What is taken up again within this was not solved."""
FEWEST = 3
"""Plans of a topic below which their success says nothing."""
GOOD_ENOUGH = 0.5


class Standing(StrEnum):
    """How far a step has come."""

    OPEN = "open"
    OTHER_WAY = "other way"
    """The first way did not work; there is another."""
    FAILED = "failed"
    DONE = "done"
    SKIPPED = "skipped"


class Alarm(StrEnum):
    """Why an agent should look now."""

    FAILED = "failed"
    HELP = "help"
    MEANING = "meaning"
    IDLE = "idle"


class Against(StrEnum):
    """Why coaching would be wrong now."""

    DISTRESSED = "distressed"
    DANGER = "danger"
    DEPENDENT = "dependent"
    FAILED_BEFORE = "failed before"
    DECLINED = "declined"
    SWITCHED_OFF = "switched off"


@dataclass(frozen=True)
class StepNow:
    """A step that is to be done, and how far it has come."""

    step: CoachingStep
    standing: Standing
    detail: str = ""
    """What the customer said when it did not work."""

    @property
    def is_over(self) -> bool:
        return self.standing in {Standing.DONE, Standing.SKIPPED}


@dataclass(frozen=True)
class Progress:
    """All steps that are to be done, in order."""

    steps: tuple[StepNow, ...]

    @property
    def current(self) -> StepNow | None:
        """Return the first step that is not over, or None when all are."""
        return next((one for one in self.steps if not one.is_over), None)

    @property
    def done(self) -> int:
        return sum(one.is_over for one in self.steps)

    def at(self, key: str) -> StepNow | None:
        return next((one for one in self.steps if one.step.key == key), None)


@dataclass(frozen=True)
class Worked:
    """How often a level was tried, and how often it was enough."""

    level: HelpLevel
    sent: int
    solved: int


@dataclass(frozen=True)
class Proposal:
    """The least help that has worked, with its numbers; without a level: not known."""

    level: HelpLevel | None = None
    is_of_customer: bool = False
    sent: int = 0
    solved: int = 0


def progress(steps: Iterable[CoachingStep], events: Sequence[StepEvent]) -> Progress:
    """Return how far it has come; what was dropped or tried before is not to be done."""
    wanted = [one for one in steps if not one.dropped and not one.already_tried]
    wanted.sort(key=lambda one: (one.position, one.id or 0))
    of_step: dict[int | None, list[StepEvent]] = {}
    for event in events:
        of_step.setdefault(event.step_id, []).append(event)
    return Progress(tuple(_now(one, of_step.get(stored_id(one.id), [])) for one in wanted))


def _now(step: CoachingStep, events: Sequence[StepEvent]) -> StepNow:
    standing, detail = Standing.OPEN, ""
    for event in events:
        standing = _after(standing, event.kind, has_other_way=bool(step.alternative))
        if event.kind is EventKind.FAILED:
            detail = event.detail or detail
    return StepNow(step, standing, detail)


def _after(standing: Standing, kind: EventKind, *, has_other_way: bool) -> Standing:
    match kind:
        case EventKind.DONE:
            return Standing.DONE
        case EventKind.SKIPPED:
            return Standing.SKIPPED
        case EventKind.RETRIED:
            return Standing.OPEN
        case EventKind.BRANCHED:
            return Standing.OTHER_WAY
        case EventKind.FAILED:
            is_first = standing is not Standing.OTHER_WAY
            return Standing.OTHER_WAY if has_other_way and is_first else Standing.FAILED
        case _:
            return standing


def alarm(
    plan: CoachingPlan,
    events: Sequence[StepEvent],
    now: Progress,
    *,
    at: datetime,
    answered_at: datetime | None = None,
) -> Alarm | None:
    """Say why an agent should look: the customer's last word has no answer, or silence."""
    theirs = [one for one in events if one.kind is not EventKind.BRANCHED]
    told = [one for one in theirs if one.kind is not EventKind.VIEWED]
    last = told[-1] if told else None
    if last is not None and not _is_answered(last, events, answered_at):
        if last.kind is EventKind.NEEDS_HELP:
            return Alarm.HELP
        if last.kind is EventKind.ASKED_MEANING:
            return Alarm.MEANING
        current = now.current
        if current is not None and current.standing is Standing.FAILED:
            return Alarm.FAILED
    return Alarm.IDLE if _is_idle(plan, theirs, at) else None


def _is_answered(
    last: StepEvent, events: Sequence[StepEvent], answered_at: datetime | None
) -> bool:
    branched = any(
        one.kind is EventKind.BRANCHED and one.happened_at >= last.happened_at for one in events
    )
    return branched or (answered_at is not None and answered_at > last.happened_at)


def _is_idle(plan: CoachingPlan, theirs: Sequence[StepEvent], at: datetime) -> bool:
    if not theirs or plan.sent_at is None:
        return False
    return STUCK_AFTER <= at - theirs[-1].happened_at < GIVEN_UP_AFTER


def has_given_up(plan: CoachingPlan, events: Sequence[StepEvent], *, at: datetime) -> bool:
    """Say whether nothing has come for so long that nothing will."""
    last = events[-1].happened_at if events else plan.sent_at
    return last is not None and at - last >= GIVEN_UP_AFTER


def propose(of_customer: Sequence[Worked], of_topic: Sequence[Worked]) -> Proposal:
    """Return the least level that has worked: for this customer, else for most in this topic."""
    levels = list(HelpLevel)
    for one in sorted(of_customer, key=lambda each: levels.index(each.level)):
        if one.solved:
            return Proposal(one.level, is_of_customer=True, sent=one.sent, solved=one.solved)
    for one in sorted(of_topic, key=lambda each: levels.index(each.level)):
        if one.sent >= FEWEST and one.solved >= GOOD_ENOUGH * one.sent:
            return Proposal(one.level, sent=one.sent, solved=one.solved)
    return Proposal()
