"""What can be read about cases."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from kb import clock
from kb.access import Role, Viewer
from kb.cases import policy
from kb.cases.models import (
    Case,
    CaseArticle,
    Message,
    Solution,
    Suggestion,
    Trail,
)
from kb.people.models import Person


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
        query = query.where(*for_customers())
    return session.exec(query.order_by(col(Message.written_at), col(Message.id))).all()


def by_key(session: Session, case_id: int, key: str) -> Message | None:
    """Return the message that was sent with this key."""
    return session.exec(
        select(Message).where(Message.case_id == case_id, Message.idempotency_key == key)
    ).first()


def for_customers() -> list[ColumnElement[bool]]:
    """Return the SQL form of `policy.is_shown_to_customer` at this moment."""
    seen = col(Message.visible_from)
    return [col(Message.is_internal).is_(False), seen.is_(None) | (seen <= clock.now())]


def last_words(session: Session, case_ids: Collection[int], *, limit: int) -> dict[int, str]:
    """Return by case how the last message of its customer begins."""
    newest = (
        select(func.max(col(Message.id)))
        .where(col(Message.case_id).in_(case_ids), Message.author_role == Role.CUSTOMER)
        .group_by(col(Message.case_id))
    )
    rows = session.exec(
        select(Message.case_id, func.substr(col(Message.body), 1, limit + 1)).where(
            col(Message.id).in_(newest)
        )
    ).all()
    return dict(rows)


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
