"""What can be read about people."""

import hashlib
from collections.abc import Sequence

from sqlmodel import Session, col, select

from kb import clock
from kb.access import STAFF_ROLES, Role
from kb.people import policy
from kb.people.models import Person, SignIn


def signed_in(session: Session, token: str) -> Person | None:
    """Return the person a session token belongs to, if the sign-in is live."""
    hashed = hashlib.sha256(token.encode()).hexdigest()
    row = session.exec(
        select(SignIn, Person)
        .join(Person, col(Person.id) == col(SignIn.person_id))
        .where(col(SignIn.token_hash) == hashed)
    ).first()
    if row is None:
        return None
    sign_in, person = row
    live = policy.is_live(sign_in, at=clock.now()) and policy.may_use(person, sign_in)
    return person if live else None


def customer_at(session: Session, address: str) -> Person | None:
    """Return the customer who was last known by this address, if there is one."""
    return session.exec(
        select(Person)
        .where(
            Person.email == address.strip().casefold(),
            col(Person.role) == Role.CUSTOMER,
            col(Person.login).is_(None),
            col(Person.is_active),
        )
        .order_by(col(Person.id).desc())
    ).first()


def by_login(session: Session, login: str) -> Person | None:
    return session.exec(select(Person).where(Person.login == policy.login_key(login))).first()


def staff(session: Session) -> Sequence[Person]:
    """Return everyone a case can be assigned to."""
    return session.exec(
        select(Person)
        .where(col(Person.role).in_(STAFF_ROLES), col(Person.is_active))
        .order_by(col(Person.name))
    ).all()


def names(session: Session, ids: set[int]) -> dict[int, str]:
    """Return names by person id."""
    if not ids:
        return {}
    rows = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids))).all()
    return {found: name for found, name in rows if found is not None}
