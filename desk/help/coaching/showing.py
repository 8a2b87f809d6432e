"""From a plan and what has happened to the one screen its customer needs now."""

from dataclasses import replace

from markupsafe import Markup
from sqlmodel import Session

from desk import markdown, uploads
from desk.help.coaching.own import OwnPlan
from desk.help.coaching.views import Coach, Dot, Meaning, Screen, StepView
from desk.help.contact.forms import new_key
from kb.access import ANYONE
from kb.articles import pictures
from kb.articles.pictures import Size
from kb.cases import policy as cases
from kb.cases.models import Case, Outcome
from kb.coaching import queries
from kb.coaching.models import CoachingPlan, HelpLevel, PlanState
from kb.coaching.policy import Progress, Standing, StepNow
from kb.db import stored_id
from kb.glossary import queries as glossary
from kb.people import queries as people
from kb.text import digest

_ASKED = {one.value: one for one in (Screen.FAILURE, Screen.HELP, Screen.MEANING)}
_ALWAYS = {one.value: one for one in (Screen.HANDOVER, Screen.HELP)}
_ENDS = {
    Outcome.SOLVED_COACHED: Screen.SOLVED,
    Outcome.SOLVED_ALONE: Screen.SOLVED,
    Outcome.HANDED_OVER: Screen.HANDED_OVER,
}
_TOLD = frozenset({"help", "meaning", "failed", "other_way"})
_ROOM = 20


def coach(own: OwnPlan, *, show: str = "", step: str = "", told: str = "") -> Coach:
    """Return the screen; `show` asks for a form, `step` for a step to look at again."""
    now = own.progress()
    here = now.at(step) if step else None
    here = here if here is not None and here.is_over else now.current
    screen = _screen(own, here, show)
    plan = own.plan
    agent = people.names(own.session, {plan.created_by or 0}).get(plan.created_by or 0, "")
    found = Coach(
        url=own.url,
        case_url=f"/{own.locale}/cases/{own.case.public_id}",
        screen=screen,
        locale=plan.locale,
        title=plan.title,
        agent=agent,
        level=plan.level or HelpLevel.STEPS,
        done=now.done,
        total=len(now.steps),
        key=new_key(),
        mark=mark(own.session, plan),
        told=told if told in _TOLD else "",
        room=_room(own),
        files=uploads.file_field(own.config),
        is_mine=not own.viewer.is_staff,
    )
    if screen is Screen.HINT:
        return replace(found, hint=_told(own, plan.hint))
    if here is None:
        return found
    return replace(
        found,
        step=_step(own, now, here),
        dots=_dots(own, now, here),
        meanings=_meanings(own, here) if screen is Screen.MEANING else (),
    )


def mark(session: Session, plan: CoachingPlan) -> str:
    """Return a mark of all that others change; what the customer does is no news to them."""
    case = session.get_one(Case, plan.case_id)
    events = queries.events(session, stored_id(plan.id))
    ours = sum(one.by_id != case.customer_id for one in events)
    return f"{plan.state.value}.{plan.version}.{ours}.{case.state.value}"


def _screen(own: OwnPlan, here: StepNow | None, show: str) -> Screen:
    plan = own.plan
    if plan.state is PlanState.FINISHED:
        return _ENDS.get(plan.outcome, Screen.OVER)
    if own.case.state not in cases.UNFINISHED:
        return Screen.OVER
    if plan.level is HelpLevel.FOR_YOU:
        return Screen.OURS
    return _ALWAYS.get(show) or _on_the_way(plan, here, show)


def _on_the_way(plan: CoachingPlan, here: StepNow | None, show: str) -> Screen:
    if here is None:
        return Screen.UNSOLVED if show == Screen.UNSOLVED else Screen.THROUGH
    if plan.level is HelpLevel.HINT:
        return Screen.HINT
    failed = Screen.FAILED if here.standing is Standing.FAILED else Screen.STEP
    return _ASKED.get(show, failed)


def _step(own: OwnPlan, now: Progress, here: StepNow) -> StepView:
    step, is_other = here.step, here.standing is Standing.OTHER_WAY
    return StepView(
        key=step.key,
        number=now.steps.index(here) + 1,
        total=len(now.steps),
        section=step.section,
        instruction=_told(own, step.alternative if is_other else step.instruction),
        expectation=_told(own, step.expectation),
        if_fails=_told(own, step.if_fails),
        note=_told(own, step.note),
        image=f"/media/{step.image}" if step.image else "",
        image_text=step.image_text,
        image_size=_size(own, step.image),
        is_other_way=is_other,
        is_over=here.is_over,
    )


def _size(own: OwnPlan, image: str) -> Size | None:
    return pictures.sizes(own.session, [image]).get(image) if image else None


def _dots(own: OwnPlan, now: Progress, here: StepNow) -> list[Dot]:
    current = now.current
    return [
        Dot(
            number=number,
            url=_place(own, one) if one.is_over or one is current else "",
            standing="current" if one is current else one.standing.value.replace(" ", "_"),
            is_here=one is here,
        )
        for number, one in enumerate(now.steps, start=1)
    ]


def _place(own: OwnPlan, one: StepNow) -> str:
    return f"{own.url}?step={one.step.key}" if one.is_over else own.url


def _meanings(own: OwnPlan, here: StepNow) -> list[Meaning]:
    """Return the words of the step that the glossary explains."""
    step = here.step
    told = f"{step.instruction} {step.expectation} {step.note} {step.alternative}"
    said = told.casefold()
    return [
        Meaning(one.term, one.meaning)
        for one in glossary.explained(own.session, own.plan.locale)
        if any(word.casefold() in said for word in (one.term, *one.spellings))
    ]


def _told(own: OwnPlan, text: str) -> Markup:
    if not text:
        return Markup()
    where = markdown.links(own.session, ANYONE, own.plan.locale, [text])
    return markdown.render_message(text, where)


def _room(own: OwnPlan) -> str:
    """Return the video room of this plan: nobody else can guess its name."""
    video = own.service.video
    if video is None or own.plan.level is not HelpLevel.TOGETHER:
        return ""
    return video.link.replace("{room}", f"lotse-{digest(own.plan.public_id)[:_ROOM]}")
