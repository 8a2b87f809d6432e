"""What readers and agents said about articles, and where coaching loses people, as tasks."""

from collections import Counter
from collections.abc import Iterator

from sqlmodel import Session, col, select

from desk.curate import inbox
from desk.curate.gaps.safe import safe
from desk.curate.today.articles import titles_of
from kb.coaching.models import CoachingPlan, CoachingStep
from kb.curation import flagged, queries
from kb.curation.effect import WINDOW, contact_share, of_article, unhelpful
from kb.curation.models import CorrectionState, TipState
from kb.curation.tasks import Task, TaskKind, a_month, evidence_of
from kb.db import stored_id

_MOST = 200
_SEVERAL = 2


def corrections(session: Session) -> Iterator[Task]:
    """Yield the corrections that wait for an answer."""
    share, failed = contact_share(session), unhelpful(session)
    for one in queries.corrections(session, CorrectionState.RECEIVED, limit=_MOST):
        number = stored_id(one.correction.id)
        told = of_article(failed.get(one.about.translation.id or 0, 0), share, reports=1)
        yield Task(
            kind=TaskKind.CORRECTION,
            subject=str(number),
            title_words={
                "title": one.about.revision.title,
                "locale": one.about.translation.locale,
            },
            url=f"/desk/curation/corrections/{number}",
            weight=told.weight,
            evidence=evidence_of([number]),
            since=one.correction.received_at,
            arithmetic=told.arithmetic,
        )


def tips(session: Session) -> Iterator[Task]:
    """Yield the tips nobody has read yet."""
    for one in queries.tips(session, TipState.RECEIVED, limit=_MOST):
        number = stored_id(one.tip.id)
        yield Task(
            kind=TaskKind.TIP,
            subject=str(number),
            title_words={
                "title": one.about.revision.title,
                "locale": one.about.translation.locale,
            },
            url=f"/desk/curation/tips/{number}",
            weight=0.0,
            evidence=evidence_of([number]),
            since=one.tip.given_at,
        )


def flags(session: Session) -> Iterator[Task]:
    """Yield the articles agents hold to be wrong, each once, with all that was said of it."""
    share, failed = contact_share(session), unhelpful(session)
    for one in flagged.flagged(session):
        number = stored_id(one.about.translation.id)
        cases = len({flag.case_id for flag in one.flags})
        effect = of_article(failed.get(number, 0), share, cases=cases)
        yield Task(
            kind=TaskKind.FLAG,
            subject=str(number),
            title_words={
                "title": one.about.revision.title,
                "locale": one.about.translation.locale,
            },
            url=f"{inbox.FLAGS}/{number}",
            weight=effect.weight,
            evidence=evidence_of(flag.id for flag in one.flags),
            since=one.flags[0].made_at,
            arithmetic=effect.arithmetic,
        )


def steps(session: Session) -> Iterator[Task]:
    """Yield the steps at which coaching lost several people."""
    rows = session.exec(
        select(CoachingStep, CoachingPlan)
        .join(CoachingPlan, col(CoachingPlan.lost_at) == col(CoachingStep.id))
        .order_by(col(CoachingPlan.id))
        .limit(_MOST * 10)
    ).all()
    people = Counter((plan.revision_id, step.origin) for step, plan in rows)
    articles = titles_of(session, {plan.revision_id for _, plan in rows})
    first = {(plan.revision_id, step.origin): (step, plan) for step, plan in reversed(rows)}
    for (revision_id, origin), count in people.items():
        step, plan = first[revision_id, origin]
        about = articles.get(revision_id)
        if count < _SEVERAL or about is None:
            continue
        days = max((rows[-1][1].created_at - plan.created_at).days, WINDOW.days)
        yield Task(
            kind=TaskKind.STEP,
            subject=f"{revision_id}-{origin}",
            title_words={
                "title": about.title,
                "locale": about.locale,
                "step": safe(step.instruction, about.locale)[:120],
            },
            url=about.health_url,
            weight=a_month(count, days=days),
            evidence=evidence_of([revision_id, origin, count]),
            since=plan.created_at,
            arithmetic={"people": count, "days": days},
        )
