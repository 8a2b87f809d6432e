"""Plans that are kept: saved from one case, and a beginning for the next that is like it."""

from sqlmodel import Session

from kb import clock
from kb.access import Viewer
from kb.articles.queries import Published
from kb.coaching import queries
from kb.coaching.models import CoachingPlan, CoachingTemplate
from kb.coaching.writing import NewPlan, NewStep, StepText
from kb.db import stored_id
from kb.text import one_line

_SAYS = ("instruction", "expectation", "if_fails", "alternative", "note")


def keep(session: Session, plan: CoachingPlan, *, title: str, by: Viewer) -> CoachingTemplate:
    """Keep the steps of a plan that are to be done, without anything of its customer."""
    kept = [one for one in queries.steps(session, stored_id(plan.id)) if not one.dropped]
    template = CoachingTemplate(
        title=one_line(title, limit=160) or plan.title,
        locale=plan.locale,
        device=plan.device,
        article_id=plan.article_id,
        hint=plan.hint,
        steps=[
            {
                **{name: getattr(one, name) for name in _SAYS},
                "origin": str(one.origin),
                "section": one.section,
                "image": one.image,
                "image_text": one.image_text,
            }
            for one in kept
        ],
        created_by=by.person_id,
    )
    session.add(template)
    session.flush()
    return template


def as_plan(template: CoachingTemplate, shown: Published) -> NewPlan:
    """Return a plan that begins with what was kept."""
    return NewPlan(
        article_id=template.article_id,
        revision_id=stored_id(shown.revision.id),
        title=template.title,
        locale=template.locale,
        device=template.device,
        hint=template.hint,
        template_id=template.id,
        steps=[_step(one) for one in template.steps],
    )


def retire(session: Session, template: CoachingTemplate) -> None:
    """Offer a template no more; plans that began with it stay as they are."""
    template.retired_at = template.retired_at or clock.now()
    session.add(template)


def _step(kept: dict[str, str]) -> NewStep:
    text = StepText(**{name: kept.get(name, "") for name in _SAYS})
    return NewStep(
        text,
        origin=int(kept.get("origin", "0")),
        section=kept.get("section", ""),
        image=kept.get("image", ""),
        image_text=kept.get("image_text", ""),
    )
