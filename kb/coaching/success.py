"""How well coaching works: by level, by template, by step, and whether people need us less after.

Every share comes with its counts, and what is not known is None, never a guess.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from kb.articles.models import Article
from kb.cases.models import Case, CaseArticle, CaseState, Message, Outcome
from kb.cases.policy import UNFINISHED
from kb.coaching import policy
from kb.coaching.models import CoachingPlan, CoachingStep, HelpLevel, PlanState
from kb.coaching.policy import Worked
from kb.db import stored_id


@dataclass(frozen=True)
class Count:
    """Of so many plans that came to an end, so many solved it."""

    ended: int = 0
    solved: int = 0


@dataclass(frozen=True)
class Lost:
    """A step of an article, and how many people did not get further."""

    origin: int
    instruction: str
    people: int


@dataclass(frozen=True)
class Later:
    """The next time a coached customer had something on the same topic."""

    plan_id: int
    case_id: int | None
    """None: there was no next time yet."""
    alone: bool | None
    """Without an agent; None: not known."""


def by_level(
    session: Session, category_id: int | None, *, customer_id: int | None = None
) -> list[Worked]:
    """Return what each level was worth in a topic, for everybody or for one customer."""
    if category_id is None:
        return []
    clauses = [Article.category_id == category_id]
    if customer_id is not None:
        clauses.append(Case.customer_id == customer_id)
    tried: Counter[HelpLevel] = Counter()
    solved: Counter[HelpLevel] = Counter()
    for plan, case in _ended(session, *clauses):
        if plan.level is not None:
            tried[plan.level] += 1
            solved[plan.level] += plan.outcome in _SOLVED and not was_reopened(session, plan, case)
    return [Worked(level, tried[level], solved[level]) for level in HelpLevel if tried[level]]


def of_templates(session: Session, ids: Iterable[int]) -> dict[int, Count]:
    """Return how each template has done."""
    wanted = set(ids)
    found = dict.fromkeys(wanted, Count())
    for plan, case in _ended(session, col(CoachingPlan.template_id).in_(wanted)):
        before = found[plan.template_id or 0]
        solved = plan.outcome in _SOLVED and not was_reopened(session, plan, case)
        found[plan.template_id or 0] = Count(before.ended + 1, before.solved + solved)
    return found


def losses(session: Session, article_id: int) -> list[Lost]:
    """Return which steps of an article lose people, the worst first."""
    rows = session.exec(
        select(CoachingStep)
        .join(CoachingPlan, col(CoachingPlan.lost_at) == col(CoachingStep.id))
        .where(CoachingPlan.article_id == article_id)
        .order_by(col(CoachingStep.id))
    ).all()
    lost = Counter(one.origin for one in rows)
    words = {one.origin: one.instruction for one in rows}
    return [Lost(origin, words[origin], people) for origin, people in lost.most_common()]


def was_reopened(session: Session, plan: CoachingPlan, case: Case) -> bool:
    """Say whether the case was taken up again so soon that it had not been solved."""
    if plan.finished_at is None or plan.outcome not in _SOLVED:
        return False
    if case.state not in UNFINISHED and case.solved_at is not None:
        is_later = case.solved_at > plan.finished_at
    else:
        is_later = case.state in UNFINISHED
    return is_later and _next_word(session, plan, case) - plan.finished_at < policy.DURABLE_AFTER


def independence(
    session: Session, category_id: int, *, customer_id: int | None = None
) -> list[Later]:
    """Return for each time coaching solved it whether the next time went without an agent."""
    clauses = [Article.category_id == category_id]
    if customer_id is not None:
        clauses.append(Case.customer_id == customer_id)
    return [
        _later(session, plan, case, category_id)
        for plan, case in _ended(session, *clauses)
        if plan.outcome is Outcome.SOLVED_COACHED
    ]


_SOLVED = frozenset({Outcome.SOLVED_COACHED, Outcome.SOLVED_BY_AGENT})
"""By the level it was helped with: an agent who does it all has solved it, too."""


def _ended(
    session: Session, *clauses: ColumnElement[bool] | bool
) -> Sequence[tuple[CoachingPlan, Case]]:
    rows = session.exec(
        select(CoachingPlan, Case)
        .join(Case, col(Case.id) == col(CoachingPlan.case_id))
        .join(Article, col(Article.id) == col(CoachingPlan.article_id))
        .where(CoachingPlan.state == PlanState.FINISHED, *clauses)
        .order_by(col(CoachingPlan.id))
    ).all()
    return [(plan, case) for plan, case in rows]


def _next_word(session: Session, plan: CoachingPlan, case: Case) -> datetime:
    """Return when the case went on: at the first message after, or when it was last touched."""
    first = session.exec(
        select(Message.written_at)
        .where(
            Message.case_id == stored_id(case.id),
            col(Message.is_internal).is_(False),
            col(Message.written_at) > plan.finished_at,
        )
        .order_by(col(Message.written_at))
    ).first()
    return first or case.updated_at


def _later(session: Session, plan: CoachingPlan, case: Case, category_id: int) -> Later:
    following = session.exec(
        select(Case)
        .where(
            Case.customer_id == case.customer_id,
            Case.id != case.id,
            col(Case.created_at) > plan.finished_at,
            col(Case.id).in_(_about(category_id)),
        )
        .order_by(col(Case.created_at))
    ).first()
    if following is None:
        return Later(stored_id(plan.id), None, None)
    is_over = following.state is CaseState.SOLVED and following.outcome is not Outcome.UNKNOWN
    alone = following.outcome is Outcome.SOLVED_ALONE if is_over else None
    return Later(stored_id(plan.id), following.id, alone)


def _about(category_id: int):  # type: ignore[no-untyped-def]  # noqa: ANN202  # a subquery
    return (
        select(CaseArticle.case_id)
        .join(Article, col(Article.id) == col(CaseArticle.article_id))
        .where(Article.category_id == category_id)
    )
