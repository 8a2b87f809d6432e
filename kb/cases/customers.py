"""What is known of the customer of a case: earlier cases, and notes of the staff.

Two rows of people are the same person only if both have an address somebody has confirmed to read
at; a name proves nothing. What nobody has confirmed is about this one case.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from kb.access import Role, Viewer
from kb.cases import policy
from kb.cases.marks import CustomerNote
from kb.cases.models import Case, Outcome
from kb.errors import InvalidInput
from kb.mail import queries as mail
from kb.people.models import Person
from kb.text import clean

LONGEST_NOTE = 1_000
MOST_CASES = 20
BY_THEMSELVES = frozenset({Outcome.SOLVED_ALONE, Outcome.SOLVED_COACHED})


@dataclass(frozen=True)
class Identity:
    """Who is meant by the customer of a case."""

    is_confirmed: bool
    person_ids: frozenset[int]


def identity(session: Session, case: Case) -> Identity:
    """Return which rows are this customer: all of a confirmed address, else only their own."""
    customer = session.get_one(Person, case.customer_id)
    if not customer.email or not mail.is_confirmed(session, customer.email):
        return Identity(is_confirmed=False, person_ids=frozenset({case.customer_id}))
    rows = session.exec(
        select(Person.id).where(
            Person.email == customer.email,
            col(Person.role) == Role.CUSTOMER,
            col(Person.login).is_(None),
        )
    ).all()
    return Identity(is_confirmed=True, person_ids=frozenset(filter(None, rows)))


def earlier(session: Session, viewer: Viewer, case: Case, who: Identity) -> Sequence[Case]:
    """Return the other cases of this customer, newest first; none of somebody unconfirmed."""
    if not who.is_confirmed or not policy.may_work_on(viewer):
        return []
    return session.exec(
        select(Case)
        .where(col(Case.customer_id).in_(who.person_ids), Case.id != case.id)
        .order_by(col(Case.created_at).desc(), col(Case.id).desc())
        .limit(MOST_CASES)
    ).all()


def notes(session: Session, viewer: Viewer, who: Identity) -> Sequence[CustomerNote]:
    """Return what the staff has noted about this customer, newest first; to staff only."""
    if not policy.may_work_on(viewer):
        return []
    return session.exec(
        select(CustomerNote)
        .where(col(CustomerNote.person_id).in_(who.person_ids))
        .order_by(col(CustomerNote.id).desc())
    ).all()


def note(session: Session, case: Case, *, body: str, by_id: int | None) -> CustomerNote:
    """Write something down about the customer of a case.

    Raises:
        InvalidInput: that is nothing, or too much.
    """
    said = clean(body).strip()
    if not said or len(said) > LONGEST_NOTE:
        raise InvalidInput(field="body")
    made = CustomerNote(person_id=case.customer_id, body=said, by_id=by_id)
    session.add(made)
    session.flush()
    return made


def erase_note(session: Session, who: Identity, note_id: int) -> None:
    """Erase a note about this customer; one that is gone is no error, another's stays."""
    found = session.get(CustomerNote, note_id)
    if found is not None and found.person_id in who.person_ids:
        session.delete(found)
