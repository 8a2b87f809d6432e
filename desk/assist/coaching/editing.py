"""From the rows of a plan to its editor; what was typed is put back into it."""

from collections.abc import Sequence

from desk.assist.coaching.advice import advice
from desk.assist.coaching.drafting import languages
from desk.assist.coaching.views import DeviceChoice, Editor, StepForm
from desk.assist.work import Work
from kb.articles import devices
from kb.articles import policy as addresses
from kb.coaching import policy, queries
from kb.coaching.models import CoachingPlan, CoachingStep, PlanState
from kb.coaching.writing import PlanEdit, StepEdit, StepText
from kb.db import stored_id
from kb.people.models import Person
from retrieval.coaching import derive


def editor(
    work: Work,
    plan: CoachingPlan,
    *,
    typed: PlanEdit | None = None,
    errors: Sequence[str] = (),
    is_stale: bool = False,
    saved: str = "",
) -> Editor:
    """Return the page of a plan."""
    steps = list(queries.steps(work.session, stored_id(plan.id)))
    if typed is not None:
        places = {key: place for place, key in enumerate(typed.order)}
        steps.sort(key=lambda one: places.get(one.key, len(places)))
    shown = queries.source(work.session, plan.article_id, languages(work))
    body = shown.revision.body if shown else ""
    address = addresses.address(shown.translation.locale, shown.translation.slug) if shown else ""
    return Editor(
        case_id=work.case_id,
        case_subject=work.case.subject,
        customer=work.session.get_one(Person, work.case.customer_id).name,
        plan_id=stored_id(plan.id),
        version=plan.version,
        locale=plan.locale,
        state=plan.state,
        title=typed.title if typed else plan.title,
        hint=typed.hint if typed else plan.hint,
        reason=typed.reason if typed else plan.reason,
        article_title=shown.revision.title if shown else "",
        article_url=address,
        steps=_forms(work, plan, steps, typed),
        advice=advice(work, plan.article_id, chosen=typed.level if typed else plan.level),
        devices=_devices(body, plan),
        order=" ".join(one.key for one in steps),
        customer_url=f"/{plan.locale}/coaching/{plan.public_id}",
        is_paused=queries.pause(work.session, work.case_id) is not None,
        errors=errors,
        is_stale=is_stale,
        saved=saved,
    )


def _forms(
    work: Work, plan: CoachingPlan, steps: Sequence[CoachingStep], typed: PlanEdit | None
) -> list[StepForm]:
    events = queries.events(work.session, stored_id(plan.id))
    standing = {
        one.step.key: one.standing.name.lower() for one in policy.progress(steps, events).steps
    }
    found, section, number = [], "", 0
    for step in steps:
        given = typed.steps.get(step.key) if typed else None
        here = given or _stored(step)
        number += not (here.dropped or here.already_tried)
        told = standing.get(step.key, "") if plan.state is not PlanState.DRAFT else ""
        found.append(_form(step, here, number, told, is_new=step.section != section))
        section = step.section
    return found


def _form(
    step: CoachingStep, here: StepEdit, number: int, standing: str, *, is_new: bool
) -> StepForm:
    text = here.text
    return StepForm(
        key=step.key,
        number=0 if here.dropped or here.already_tried else number,
        section=step.section if is_new else "",
        instruction=text.instruction,
        expectation=text.expectation,
        if_fails=text.if_fails,
        alternative=text.alternative,
        note=text.note,
        image=f"/media/{step.image}" if step.image else "",
        image_text=step.image_text,
        already_tried=here.already_tried,
        dropped=here.dropped,
        standing=standing,
        theirs=step.instruction if text.instruction != step.instruction else "",
    )


def _stored(step: CoachingStep) -> StepEdit:
    text = StepText(step.instruction, step.expectation, step.if_fails, step.alternative, step.note)
    return StepEdit(text, step.already_tried, step.dropped)


def _devices(body: str, plan: CoachingPlan) -> list[DeviceChoice]:
    if plan.state is not PlanState.DRAFT or plan.template_id is not None:
        return []
    return [
        DeviceChoice(name, devices.label(name), name == plan.device)
        for name in derive(body).devices
    ]
