"""How plans are written: begun from an article, then changed, by two agents at once as well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import update
from sqlmodel import Session, col

from kb.access import Viewer
from kb.cases import actions as cases
from kb.cases.models import Case
from kb.coaching import queries
from kb.coaching.models import CoachingPlan, CoachingStep, HelpLevel, PlanState
from kb.db import stored_id
from kb.errors import InvalidInput, StaleRevision
from kb.text import clean, one_line

LONGEST_TEXT = 2_000
MOST_STEPS = 40


@dataclass(frozen=True)
class StepText:
    """What a step says."""

    instruction: str
    expectation: str = ""
    if_fails: str = ""
    alternative: str = ""
    note: str = ""


@dataclass(frozen=True)
class NewStep:
    """A step on its way into a plan."""

    text: StepText
    origin: int = 0
    section: str = ""
    image: str = ""
    image_text: str = ""
    dropped: bool = False


@dataclass(frozen=True)
class NewPlan:
    """A plan as it was derived, or as a template has it."""

    article_id: int
    revision_id: int
    title: str
    locale: str
    steps: Sequence[NewStep]
    device: str = ""
    hint: str = ""
    template_id: int | None = None
    proposed: HelpLevel | None = None


@dataclass(frozen=True)
class StepEdit:
    """A step as an agent has it now."""

    text: StepText
    already_tried: bool = False
    dropped: bool = False


@dataclass(frozen=True)
class PlanEdit:
    """A plan as an agent has it now; `order` are the keys of its steps."""

    version: int
    title: str
    hint: str
    level: HelpLevel | None
    reason: str
    order: Sequence[str]
    steps: Mapping[str, StepEdit]
    added: Sequence[StepText] = field(default_factory=tuple)


def draft(session: Session, case: Case, new: NewPlan, *, by: Viewer) -> CoachingPlan:
    """Begin a plan; the same article begins one draft per case only."""
    found = queries.draft_of(session, stored_id(case.id), new.article_id)
    if found is not None:
        return found
    plan = CoachingPlan(
        case_id=stored_id(case.id),
        article_id=new.article_id,
        revision_id=new.revision_id,
        template_id=new.template_id,
        locale=new.locale,
        device=new.device,
        title=one_line(new.title, limit=160),
        hint=body(new.hint),
        proposed=new.proposed,
        created_by=by.person_id,
    )
    session.add(plan)
    session.flush()
    fill(session, plan, new.steps)
    return plan


def fill(session: Session, plan: CoachingPlan, steps: Sequence[NewStep]) -> None:
    """Give a plan its steps, instead of those it had."""
    for old in queries.steps(session, stored_id(plan.id)):
        session.delete(old)
    session.flush()
    for position, one in enumerate(steps[:MOST_STEPS]):
        step = CoachingStep(
            plan_id=stored_id(plan.id),
            position=position,
            origin=one.origin,
            section=one_line(one.section),
            instruction="",
            image=one.image,
            image_text=one_line(one.image_text),
            dropped=one.dropped,
        )
        _write(step, one.text)
        session.add(step)
    session.flush()


def edit(session: Session, plan: CoachingPlan, change: PlanEdit) -> None:
    """Keep what an agent has changed.

    Raises:
        StaleRevision: somebody else has changed it since this agent last saw it.
        InvalidInput: a step says nothing.
    """
    touch(session, plan, change.version)
    plan.title = one_line(change.title, limit=160) or plan.title
    plan.hint = body(change.hint)
    plan.level = change.level
    plan.reason = one_line(change.reason)
    session.add(plan)
    by_key = {one.key: one for one in queries.steps(session, stored_id(plan.id))}
    for key, given in change.steps.items():
        if key in by_key:
            _change(by_key[key], given)
    _reorder(list(by_key.values()), change.order)
    for place, text in enumerate(change.added, start=len(by_key)):
        step = CoachingStep(plan_id=stored_id(plan.id), position=place, instruction="")
        _write(step, text)
        session.add(step)
    session.flush()
    if plan.state is PlanState.SENT:
        cases.noted(session, session.get_one(Case, plan.case_id))


def touch(session: Session, plan: CoachingPlan, version: int) -> None:
    """Take the turn to change a plan: one of those who saw the same version gets it.

    Raises:
        StaleRevision: somebody else was quicker.
    """
    taken = session.execute(
        update(CoachingPlan)
        .where(col(CoachingPlan.id) == plan.id, col(CoachingPlan.version) == version)
        .values(version=version + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(plan)
    if getattr(taken, "rowcount", 0) != 1:
        raise StaleRevision


def body(words: str) -> str:
    """Return a text as it is kept."""
    return clean(words).strip()[:LONGEST_TEXT]


def _change(step: CoachingStep, given: StepEdit) -> None:
    step.already_tried, step.dropped = given.already_tried, given.dropped
    _write(step, given.text)


def _write(step: CoachingStep, text: StepText) -> None:
    step.instruction = body(text.instruction) or step.instruction
    step.expectation, step.if_fails = body(text.expectation), body(text.if_fails)
    step.alternative, step.note = body(text.alternative), body(text.note)
    if not step.instruction:
        raise InvalidInput(field="instruction")


def _reorder(steps: list[CoachingStep], order: Sequence[str]) -> None:
    places = {key: place for place, key in enumerate(order)}
    steps.sort(key=lambda one: (places.get(one.key, len(places)), one.position))
    for position, step in enumerate(steps):
        step.position = position
