"""What was noted of help episodes, brought together for `outcomes` to decide."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from kb import clock
from kb.articles.models import Article
from kb.cases import ended
from kb.cases.models import Case, CaseArticle, Sequel
from kb.cases.policy import UNFINISHED
from kb.coaching import outcomes
from kb.coaching.models import CoachingPlan, PlanState
from kb.coaching.outcomes import Ended, Episode, Help, Next
from kb.db import stored_id


def of_case(session: Session, case: Case) -> Episode | None:
    """Return how a case that is over ended the last time."""
    if case.state in UNFINISHED:
        return None
    return next(reversed(_episodes(session, [case])), None)


def next_time(session: Session, case: Case) -> Next | None:
    """Return how the next time went for the person and topic of a case; None: it needed nobody."""
    topic = topics(session, [stored_id(case.id)]).get(stored_id(case.id))
    if topic is None:
        return None
    found = independence(session, category_id=topic, customer_id=case.customer_id)
    return next((one for one in reversed(found) if one.case_id == case.id), None)


def independence(
    session: Session, *, category_id: int | None = None, customer_id: int | None = None
) -> list[Next]:
    """Return for each episode that needed us whether the next one did: of a topic, of a person."""
    query = select(Case).order_by(col(Case.id))
    if customer_id is not None:
        query = query.where(Case.customer_id == customer_id)
    if category_id is not None:
        query = query.where(col(Case.id).in_(_about(category_id)))
    cases = session.exec(query).all()
    topic_of = topics(session, [stored_id(case.id) for case in cases])
    cases = [case for case in cases if category_id in {None, topic_of.get(stored_id(case.id))}]
    waiting = [
        Ended(
            case_id=stored_id(case.id),
            customer_id=case.customer_id,
            topic=topic_of.get(stored_id(case.id)),
            outcome=case.outcome,
            at=case.created_at,
        )
        for case in cases
        if case.state in UNFINISHED
    ]
    return outcomes.independence(_episodes(session, cases), still_open=waiting)


def topics(session: Session, case_ids: Iterable[int]) -> dict[int, int]:
    """Return the topic of each case: of the article that helped, else of the first linked one."""
    rows = session.exec(
        select(CaseArticle.case_id, Article.category_id)
        .join(Article, col(Article.id) == col(CaseArticle.article_id))
        .where(col(CaseArticle.case_id).in_(set(case_ids)), col(Article.category_id).is_not(None))
        .order_by(col(CaseArticle.helped).desc(), col(CaseArticle.article_id))
    ).all()
    found: dict[int, int] = {}
    for case_id, category_id in rows:
        found.setdefault(case_id, category_id or 0)
    return found


def _episodes(session: Session, cases: Sequence[Case]) -> list[Episode]:
    ids = [stored_id(case.id) for case in cases]
    endings, helps = _endings(session, cases), _helps(session, ids)
    now = clock.now()
    return [
        episode for one in ids for episode in outcomes.episodes(endings[one], helps[one], now=now)
    ]


def _endings(session: Session, cases: Sequence[Case]) -> defaultdict[int, list[Ended]]:
    by_id = {stored_id(case.id): case for case in cases}
    topic_of, followed = topics(session, by_id), _followed(session, by_id)
    found: defaultdict[int, list[Ended]] = defaultdict(list)
    for row in ended.endings(session, by_id):
        later = followed.get(row.case_id)
        again = [at for at in (row.reopened_at, later) if at is not None and at >= row.ended_at]
        found[row.case_id].append(
            Ended(
                case_id=row.case_id,
                customer_id=by_id[row.case_id].customer_id,
                topic=topic_of.get(row.case_id),
                outcome=row.outcome,
                at=row.ended_at,
                reopened_at=min(again, default=None),
            )
        )
    return found


def _followed(session: Session, ids: Iterable[int]) -> dict[int, datetime]:
    """Return when a case was opened that goes on where this one ended."""
    rows = session.exec(
        select(Sequel.earlier_id, Case.created_at)
        .join(Case, col(Case.id) == col(Sequel.case_id))
        .where(col(Sequel.earlier_id).in_(set(ids)))
        .order_by(col(Case.id).desc())
    ).all()
    return dict(rows)


def _helps(session: Session, ids: Iterable[int]) -> defaultdict[int, list[Help]]:
    found: defaultdict[int, list[Help]] = defaultdict(list)
    rows = session.exec(
        select(CoachingPlan)
        .where(col(CoachingPlan.case_id).in_(set(ids)), CoachingPlan.state != PlanState.DRAFT)
        .order_by(col(CoachingPlan.id))
    ).all()
    for plan in rows:
        sent_at = plan.sent_at or plan.created_at
        found[plan.case_id].append(Help(sent_at, plan.level, plan.outcome, plan.lost_at))
    return found


def _about(category_id: int):  # type: ignore[no-untyped-def]  # noqa: ANN202  # a subquery
    return (
        select(CaseArticle.case_id)
        .join(Article, col(Article.id) == col(CaseArticle.article_id))
        .where(Article.category_id == category_id)
    )
