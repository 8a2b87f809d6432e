"""What can be read about coaching. Staff reads plans by id; a customer by the private link."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, func, select

from kb.access import ANYONE, Role, Viewer
from kb.articles import queries as articles
from kb.articles.queries import Published
from kb.cases.models import Case, Message, Outcome
from kb.coaching.models import (
    CoachingPause,
    CoachingPlan,
    CoachingStep,
    CoachingTemplate,
    PlanState,
    StepEvent,
)
from kb.db import stored_id

_FAILED = frozenset({Outcome.HANDED_OVER, Outcome.GAVE_UP})


def plan(session: Session, case_id: int, plan_id: int) -> CoachingPlan | None:
    """Return a plan of this case, to whoever may work on the case."""
    found = session.get(CoachingPlan, plan_id)
    return found if found is not None and found.case_id == case_id else None


def by_private_link(session: Session, public_id: str) -> CoachingPlan | None:
    """Return the plan of a customer's private link; a draft has none yet."""
    return session.exec(
        select(CoachingPlan).where(
            CoachingPlan.public_id == public_id, CoachingPlan.state != PlanState.DRAFT
        )
    ).first()


def plans(session: Session, case_id: int) -> Sequence[CoachingPlan]:
    """Return the plans of a case, newest first."""
    return session.exec(
        select(CoachingPlan)
        .where(CoachingPlan.case_id == case_id)
        .order_by(col(CoachingPlan.id).desc())
    ).all()


def on_its_way(session: Session, case_id: int) -> CoachingPlan | None:
    """Return the plan a customer is working through."""
    sent = (one for one in plans(session, case_id) if one.state is PlanState.SENT)
    return next(sent, None)


def draft_of(session: Session, case_id: int, article_id: int) -> CoachingPlan | None:
    """Return the draft from this article that somebody has begun for this case."""
    return session.exec(
        select(CoachingPlan).where(
            CoachingPlan.case_id == case_id,
            CoachingPlan.article_id == article_id,
            CoachingPlan.state == PlanState.DRAFT,
        )
    ).first()


def steps(session: Session, plan_id: int) -> Sequence[CoachingStep]:
    """Return all steps in order, dropped ones too."""
    return session.exec(
        select(CoachingStep)
        .where(CoachingStep.plan_id == plan_id)
        .order_by(col(CoachingStep.position), col(CoachingStep.id))
    ).all()


def events(session: Session, plan_id: int) -> Sequence[StepEvent]:
    """Return what happened, in order."""
    return session.exec(
        select(StepEvent).where(StepEvent.plan_id == plan_id).order_by(col(StepEvent.id))
    ).all()


def pause(session: Session, case_id: int) -> CoachingPause | None:
    """Return why a case is not coached, if it is not."""
    return session.get(CoachingPause, case_id)


def source(session: Session, article_id: int, locales: Sequence[str]) -> Published | None:
    """Return what plans are made of: only what anyone may read."""
    return articles.published_in(session, ANYONE, article_id=article_id, locales=locales)


def templates(
    session: Session, viewer: Viewer, article_ids: Iterable[int], locale: str
) -> list[CoachingTemplate]:
    """Return templates of these articles in one language, as long as anyone may read those."""
    if not viewer.is_staff:
        return []
    rows = session.exec(
        select(CoachingTemplate)
        .where(
            col(CoachingTemplate.article_id).in_(set(article_ids)),
            CoachingTemplate.locale == locale,
            col(CoachingTemplate.retired_at).is_(None),
        )
        .order_by(col(CoachingTemplate.id))
    ).all()
    return [one for one in rows if source(session, one.article_id, [locale]) is not None]


def failed_articles(session: Session, case_id: int) -> set[int]:
    """Return the articles whose steps did not help in this case."""
    rows = session.exec(
        select(CoachingPlan.article_id).where(
            CoachingPlan.case_id == case_id, col(CoachingPlan.outcome).in_(_FAILED)
        )
    ).all()
    return set(rows)


def failures(session: Session, case_id: int) -> int:
    """Return how many plans did not help in this case."""
    return session.exec(
        select(func.count(col(CoachingPlan.id))).where(
            CoachingPlan.case_id == case_id, col(CoachingPlan.outcome).in_(_FAILED)
        )
    ).one()


def answered_at(session: Session, case: Case) -> Message | None:
    """Return the last word of the staff that the customer can read."""
    return session.exec(
        select(Message)
        .where(
            Message.case_id == stored_id(case.id),
            col(Message.is_internal).is_(False),
            col(Message.author_role) != Role.CUSTOMER,
        )
        .order_by(col(Message.id).desc())
    ).first()
