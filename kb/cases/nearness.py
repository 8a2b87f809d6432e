"""What each case is about, as a vector, so that the work list can be searched by meaning.

A vector belongs to one model and to the messages up to `newest_id`; newer ones make it outdated.
"""

from collections.abc import Sequence

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, Session, SQLModel, col, func, or_, select

from kb.access import Role, Viewer
from kb.cases import policy
from kb.cases.models import Case, Message


class CaseVector(SQLModel, table=True):
    """Half-precision numbers of the subject and what the customer wrote."""

    __tablename__ = "case_vector"

    case_id: int = Field(foreign_key="customer_case.id", primary_key=True)
    model: str
    newest_id: int
    vector: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


def outdated(session: Session, model: str, *, limit: int = 50) -> Sequence[tuple[int, int]]:
    """Return cases whose vector is missing or old, each with the newest message it should know."""
    newest = func.max(col(Message.id)).label("newest")
    said = (
        select(col(Message.case_id).label("case_id"), newest)
        .where(Message.author_role == Role.CUSTOMER)
        .group_by(col(Message.case_id))
        .subquery()
    )
    known = col(CaseVector.case_id) == said.c.case_id
    is_old = or_(
        col(CaseVector.case_id).is_(None),
        col(CaseVector.model) != model,
        col(CaseVector.newest_id) < said.c.newest,
    )
    rows = session.exec(
        select(said.c.case_id, said.c.newest)
        .join(CaseVector, known, isouter=True)
        .where(is_old)
        .order_by(said.c.case_id.desc())
        .limit(limit)
    ).all()
    return [(case_id, number) for case_id, number in rows]


def matter_of(session: Session, case_id: int, *, until: int) -> str:
    """Return what the customer wants: the subject, and their words up to a message."""
    case = session.get_one(Case, case_id)
    bodies = session.exec(
        select(Message.body)
        .where(Message.case_id == case_id, Message.author_role == Role.CUSTOMER)
        .where(col(Message.id) <= until)
        .order_by(col(Message.id))
    ).all()
    return "\n".join((case.subject, *bodies))


def keep(session: Session, case_id: int, *, model: str, newest_id: int, vector: bytes) -> None:
    """Keep the vector of a case; one of newer words is not overwritten."""
    found = session.get(CaseVector, case_id)
    if found is not None and found.model == model and found.newest_id > newest_id:
        return
    made = CaseVector(case_id=case_id, model=model, newest_id=newest_id, vector=vector)
    session.merge(made)


def vectors(session: Session, viewer: Viewer, model: str) -> Sequence[tuple[int, bytes]]:
    """Return the vectors of a model by case, to somebody who may work on cases."""
    if not policy.may_work_on(viewer):
        return []
    rows = session.exec(
        select(CaseVector.case_id, CaseVector.vector).where(CaseVector.model == model)
    ).all()
    return [(case_id, vector) for case_id, vector in rows]
