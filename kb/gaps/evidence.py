"""What speaks for gaps: questions without a good answer, cases no article was linked to.

The words come as they stand. Whoever shows, embeds or counts them takes people's data out first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, or_
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col, exists, func, select
from sqlmodel.sql.expression import Select

from kb.access import Audience
from kb.cases.marks import ArticleLack
from kb.cases.models import Case, CaseArticle, CaseState, Solution
from kb.gaps.models import Evidence, GapItem, Why
from kb.questions.models import (
    Feedback,
    FeedbackReason,
    NoAnswerReason,
    Question,
    QuestionOutcome,
)

_AT_ONCE = 5_000
LONGEST = 300
_NO_ANSWER = (NoAnswerReason.NOTHING_FOUND, NoAnswerReason.NOT_SURE)


@dataclass(frozen=True)
class Said:
    """Something a customer needed, in words."""

    kind: Evidence
    ref_id: int
    locale: str
    why: Why
    text: str
    happened_at: datetime


def fresh(session: Session, *, since: datetime) -> list[Said]:
    """Return what speaks for a gap and belongs to none yet, the oldest first."""
    found = [*_questions(session, since), *_lacks(session, since), *_unlinked(session, since)]
    once = {(one.kind, one.ref_id): one for one in reversed(found)}
    return sorted(once.values(), key=lambda one: (one.happened_at, one.kind, one.ref_id))


def words_of(session: Session, items: Iterable[GapItem]) -> dict[tuple[Evidence, int], str]:
    """Return the words of items, as far as they are not erased."""
    wanted: dict[Evidence, set[int]] = {kind: set() for kind in Evidence}
    for item in items:
        wanted[item.kind].add(item.ref_id)
    questions = session.exec(
        select(Question.id, Question.text).where(
            col(Question.id).in_(wanted[Evidence.QUESTION]), Question.text != ""
        )
    ).all()
    told: dict[tuple[Evidence, int], str] = {
        (Evidence.QUESTION, number): text[:LONGEST] for number, text in questions if number
    }
    rows = session.exec(_cases().where(col(Case.id).in_(wanted[Evidence.CASE]))).all()
    return told | {
        (Evidence.CASE, case.id): _told(case, solution, lack)
        for case, solution, lack in rows
        if case.id
    }


def _questions(session: Session, since: datetime) -> list[Said]:
    unhelpful = exists().where(
        col(Feedback.question_id) == col(Question.id),
        col(Feedback.helpful).is_(False),
        or_(col(Feedback.reason).is_(None), col(Feedback.reason) != FeedbackReason.PERSON),
    )
    asked = session.exec(
        select(Question)
        .where(
            col(Question.asked_at) >= since,
            col(Question.text) != "",
            col(Question.audience) == Audience.PUBLIC,
            or_(col(Question.reason).in_(_NO_ANSWER), and_(unhelpful, ~_helps_most())),
            ~_is_item(Evidence.QUESTION, col(Question.id)),
        )
        .order_by(col(Question.id))
        .limit(_AT_ONCE)
    ).all()
    return [
        Said(
            Evidence.QUESTION,
            one.id or 0,
            one.locale,
            Why.UNANSWERED if one.reason is not None else Why.UNHELPFUL,
            one.text[:LONGEST],
            one.asked_at,
        )
        for one in asked
    ]


def _helps_most() -> ColumnElement[bool]:
    """Of those who asked in these words, more said it solved it than that it did not.

    An answer that helps most people is none that is missing, though it does not help all.
    """
    others = aliased(Question)
    more = func.sum(
        case(
            (col(others.outcome) == QuestionOutcome.SOLVED_ALONE, 1),
            (col(others.outcome).is_not(None), -1),
            else_=0,
        )
    )
    return exists(
        select(others.wording)
        .where(
            col(others.wording) == col(Question.wording),
            col(others.locale) == col(Question.locale),
        )
        .group_by(col(others.wording))
        .having(more > 0)
    )


def _lacks(session: Session, since: datetime) -> list[Said]:
    return _of_cases(
        session, Why.LACKING, col(ArticleLack.made_at) >= since, col(ArticleLack.id).is_not(None)
    )


def _unlinked(session: Session, since: datetime) -> list[Said]:
    return _of_cases(
        session,
        Why.UNLINKED,
        col(Case.updated_at) >= since,
        col(Case.source) == "contact",  # of imported ones nobody could have linked any
        col(Case.state).in_((CaseState.SOLVED, CaseState.CLOSED)),
        ~exists().where(col(CaseArticle.case_id) == col(Case.id)),
    )


def _of_cases(session: Session, why: Why, *clauses: ColumnElement[bool]) -> list[Said]:
    rows = session.exec(
        _cases()
        .where(*clauses, ~_is_item(Evidence.CASE, col(Case.id)))
        .order_by(col(Case.id))
        .limit(_AT_ONCE)
    ).all()
    return [
        Said(
            Evidence.CASE,
            case.id or 0,
            case.locale,
            why,
            _told(case, solution, lack),
            case.created_at,
        )
        for case, solution, lack in rows
    ]


def _cases() -> Select[Case, Solution, ArticleLack]:
    return (
        select(Case, Solution, ArticleLack)
        .join(Solution, col(Solution.case_id) == col(Case.id), isouter=True)
        .join(ArticleLack, col(ArticleLack.case_id) == col(Case.id), isouter=True)
    )


def _told(case: Case, solution: Solution | None, lack: ArticleLack | None) -> str:
    """Return the shortest words that say what the case is about."""
    if lack is not None:
        return lack.words[:LONGEST]
    return (solution.subject if solution is not None else case.subject)[:LONGEST]


def _is_item(kind: Evidence, number: Mapped[int | None]) -> ColumnElement[bool]:
    return exists().where(col(GapItem.kind) == kind, col(GapItem.ref_id) == number)


def erased(session: Session, items: Sequence[GapItem]) -> list[GapItem]:
    """Return the items whose words are gone."""
    left = words_of(session, items)
    return [item for item in items if (item.kind, item.ref_id) not in left]


def helped_since(session: Session) -> list[GapItem]:
    """Return items whose answer did not help them, but has helped most who asked the same."""
    return list(
        session.exec(
            select(GapItem)
            .join(Question, col(Question.id) == col(GapItem.ref_id))
            .where(GapItem.kind == Evidence.QUESTION, GapItem.why == Why.UNHELPFUL, _helps_most())
        )
    )
