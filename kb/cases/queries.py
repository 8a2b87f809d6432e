"""What can be read about cases."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, or_
from sqlalchemy import case as when
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from kb.access import Role, Viewer
from kb.affect import Mood, Urgency
from kb.cases import policy
from kb.cases.models import (
    Case,
    CaseArticle,
    CaseState,
    Message,
    Solution,
    Suggestion,
    Trail,
)
from kb.people.models import Person


class CaseList(StrEnum):
    """The lists an agent can open."""

    OPEN = "open"
    MINE = "mine"
    WAITING = "waiting"
    SOLVED = "solved"


def case(session: Session, viewer: Viewer, case_id: int) -> Case | None:
    """Return a case to somebody who may work on it."""
    return session.get(Case, case_id) if policy.may_work_on(viewer) else None


def by_private_link(session: Session, public_id: str) -> Case | None:
    """Return the case of a customer's private link."""
    return session.exec(select(Case).where(Case.public_id == public_id)).first()


def own(session: Session, viewer: Viewer) -> Sequence[Case]:
    """Return the cases of a customer who is signed in, newest first.

    They are those written from the customer's own address, which the sign-in has proven; a name
    proves nothing.
    """
    me, writer = aliased(Person), aliased(Person)
    return session.exec(
        select(Case)
        .join(writer, col(writer.id) == col(Case.customer_id))
        .join(me, col(me.email) == col(writer.email))
        .where(
            col(me.id) == viewer.person_id,
            col(me.role) == Role.CUSTOMER,
            col(me.login).is_(None),
            col(me.email) != "",
            col(writer.role) == Role.CUSTOMER,
        )
        .order_by(col(Case.updated_at).desc(), col(Case.id).desc())
    ).all()


def by_source(session: Session, source: str, source_key: str) -> Case | None:
    """Return the case that came from there under this key; the same key never makes two."""
    return session.exec(
        select(Case).where(Case.source == source, Case.source_key == source_key)
    ).first()


def messages(session: Session, case_id: int, *, for_customer: bool) -> Sequence[Message]:
    """Return the messages in order; for a customer without the internal notes."""
    query = select(Message).where(Message.case_id == case_id)
    if for_customer:
        query = query.where(col(Message.is_internal).is_(False))
    return session.exec(query.order_by(col(Message.written_at), col(Message.id))).all()


def listed(  # noqa: PLR0913  # what is listed, in which order, and which page of it
    session: Session,
    viewer: Viewer,
    which: CaseList,
    *,
    words: str = "",
    worst_first: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> Sequence[tuple[Case, Person]]:
    """Return a page of a case list, longest waiting first; solved ones newest first.

    With `worst_first`, of what waits for us those go before that are distressed or urgent.
    """
    if not policy.may_work_on(viewer):
        return []
    newest_first = which is CaseList.SOLVED
    order = col(Case.updated_at).desc() if newest_first else col(Case.updated_at)
    rows = session.exec(
        select(Case, Person)
        .join(Person, col(Person.id) == col(Case.customer_id))
        .where(_in_list(which, viewer), *_matching(words))
        .order_by(*_before_others(which, wanted=worst_first), order, col(Case.id))
        .offset(offset)
        .limit(limit)
    ).all()
    return [(found, customer) for found, customer in rows]


def changed_since(
    session: Session, viewer: Viewer, which: CaseList, *, words: str, since: datetime
) -> int:
    """Return how many cases of a list are new there, or were written into, since a moment."""
    if not policy.may_work_on(viewer):
        return 0
    return session.exec(
        select(func.count(col(Case.id)))
        .join(Person, col(Person.id) == col(Case.customer_id))
        .where(_in_list(which, viewer), *_matching(words), col(Case.updated_at) > since)
    ).one()


def counts(session: Session, viewer: Viewer) -> dict[CaseList, int]:
    """Return how many cases stand in each list."""
    if not policy.may_work_on(viewer):
        return dict.fromkeys(CaseList, 0)
    return {
        which: session.exec(select(func.count(col(Case.id))).where(_in_list(which, viewer))).one()
        for which in CaseList
    }


def trail(session: Session, case_id: int) -> Sequence[Trail]:
    return session.exec(
        select(Trail).where(Trail.case_id == case_id).order_by(col(Trail.id))
    ).all()


def linked_articles(session: Session, case_id: int) -> Sequence[CaseArticle]:
    return session.exec(select(CaseArticle).where(CaseArticle.case_id == case_id)).all()


def suggestions(session: Session, case_id: int) -> Sequence[Suggestion]:
    return session.exec(select(Suggestion).where(Suggestion.case_id == case_id)).all()


def solutions(session: Session, viewer: Viewer, ids: Iterable[int]) -> dict[int, Solution]:
    """Return solutions by id, to staff only."""
    if not viewer.is_staff:
        return {}
    rows = session.exec(select(Solution).where(col(Solution.id).in_(set(ids)))).all()
    return {row.id: row for row in rows if row.id is not None}


def subjects(session: Session, viewer: Viewer, ids: Iterable[int]) -> dict[int, str]:
    """Return the subjects of solutions by id, to staff only."""
    if not viewer.is_staff:
        return {}
    rows = session.exec(
        select(Solution.id, Solution.subject).where(col(Solution.id).in_(set(ids)))
    ).all()
    return {solution_id: subject for solution_id, subject in rows if solution_id is not None}


def by_id(session: Session, solution_ids: Sequence[int]) -> Sequence[Solution]:
    """Return solutions for the indexer; no right is checked here."""
    return session.exec(select(Solution).where(col(Solution.id).in_(solution_ids))).all()


def indexable_solutions(
    session: Session, locale: str, *, among: Collection[int] | None = None
) -> set[int]:
    """Return the ids of all solutions, or of these, that the collection of this language wants."""
    query = select(Solution.id).where(Solution.locale == locale)
    if among is not None:
        query = query.where(col(Solution.id).in_(among))
    found = session.exec(query).all()
    return {solution_id for solution_id in found if solution_id is not None}


def solved_by_articles(session: Session) -> Sequence[tuple[Solution, int]]:
    """Return solutions, which are redacted, with the articles that solved their cases."""
    rows = session.exec(
        select(Solution, CaseArticle.article_id)
        .join(CaseArticle, col(CaseArticle.case_id) == col(Solution.case_id))
        .where(col(CaseArticle.helped).is_(True))
        .order_by(col(Solution.id), col(CaseArticle.article_id))
    ).all()
    return [(solution, article_id) for solution, article_id in rows]


def _before_others(which: CaseList, *, wanted: bool) -> list[ColumnElement[int]]:
    """Return the SQL form of `policy.precedence`, where the list goes by it."""
    if not wanted or which is not CaseList.OPEN:
        return []
    is_distressed = when((col(Case.mood) == Mood.DISTRESSED, 1), else_=0)
    is_urgent = when((col(Case.urgency) == Urgency.URGENT, 1), else_=0)
    return [(is_distressed + is_urgent).desc()]


def _in_list(which: CaseList, viewer: Viewer) -> ColumnElement[bool]:
    state = col(Case.state)
    match which:
        case CaseList.OPEN:
            return state.in_((CaseState.NEW, CaseState.OPEN))
        case CaseList.MINE:
            return state.in_(policy.UNFINISHED) & (col(Case.assignee_id) == viewer.person_id)
        case CaseList.WAITING:
            return state == CaseState.WAITING
        case CaseList.SOLVED:
            return state.in_((CaseState.SOLVED, CaseState.CLOSED))


def _matching(words: str) -> list[ColumnElement[bool]]:
    return [
        or_(
            col(Case.subject).icontains(word, autoescape=True),
            col(Person.name).icontains(word, autoescape=True),
            col(Case.id).in_(
                select(Message.case_id).where(col(Message.body).icontains(word, autoescape=True))
            ),
        )
        for word in words.split()[:8]
    ]
