"""What can be done with people: add, sign in, sign out."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import Session, col, select

from kb import clock
from kb.access import Role
from kb.db import stored_id
from kb.errors import InvalidInput, WrongCredentials
from kb.links import actions as links
from kb.people import policy, queries
from kb.people.models import Person, SignIn
from kb.text import one_line

_hasher = PasswordHasher()
_NOBODYS_HASH = _hasher.hash(secrets.token_urlsafe())


@dataclass(frozen=True)
class NewSignIn:
    """The token goes into the cookie and is known to nobody else afterwards."""

    token: str
    person: Person


def add_person(
    session: Session, *, name: str, login: str, role: Role, password: str, locale: str = "de"
) -> Person:
    """Add somebody who can sign in.

    Raises:
        InvalidInput: the password is too short or too long, or the login is taken.
    """
    if not policy.is_acceptable_password(password):
        raise InvalidInput(field="password")
    if queries.by_login(session, login) is not None:
        raise InvalidInput(field="login")
    person = Person(
        name=one_line(name),
        email=login if "@" in login else "",
        login=policy.login_key(login),
        role=role,
        password_hash=_hasher.hash(password),
        locale=locale,
    )
    session.add(person)
    session.flush()
    return person


def sign_in(session: Session, *, login: str, password: str, days: int) -> NewSignIn:
    """Check a login and password, and open a sign-in with a new random token.

    Raises:
        WrongCredentials: for an unknown login and a wrong password alike, after the same work.
    """
    person = queries.by_login(session, login)
    known = person is not None and policy.may_sign_in(person)
    stored = person.password_hash if person is not None and known else _NOBODYS_HASH
    if not _matches(stored, password) or person is None or not known:
        raise WrongCredentials
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=hashlib.sha256(token.encode()).hexdigest(),
            person_id=stored_id(person.id),
            expires_at=clock.now() + timedelta(days=days),
        )
    )
    return NewSignIn(token, person)


def sign_in_by_mail(session: Session, *, address: str, locale: str, days: int) -> NewSignIn:
    """Open a sign-in for the customer who reads at this address.

    The caller has redeemed a link that was sent there: that is the proof. Whoever works here signs
    in by password only, also when their address is the same.
    """
    person = queries.customer_at(session, address)
    if person is None:
        person = customer(session, name="", email=address, locale=locale)
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=hashlib.sha256(token.encode()).hexdigest(),
            person_id=stored_id(person.id),
            email=person.email,
            expires_at=clock.now() + timedelta(days=days),
        )
    )
    return NewSignIn(token, person)


def sign_out(session: Session, token: str) -> None:
    """Revoke the sign-in of this token; unknown tokens are no error."""
    hashed = hashlib.sha256(token.encode()).hexdigest()
    found = session.exec(select(SignIn).where(SignIn.token_hash == hashed)).first()
    if found is not None and found.revoked_at is None:
        found.revoked_at = clock.now()
        session.add(found)


def set_password(session: Session, person: Person, password: str) -> None:
    """Set a new password and end every sign-in of the person.

    Raises:
        InvalidInput: the password is too short or too long.
    """
    if not policy.is_acceptable_password(password):
        raise InvalidInput(field="password")
    person.password_hash = _hasher.hash(password)
    session.add(person)
    _end_sign_ins(session, person)


def change_role(session: Session, person: Person, role: Role) -> None:
    """Give somebody another role; their sign-ins and what was mailed to them opens nothing now."""
    person.role = role
    session.add(person)
    _end_sign_ins(session, person)
    links.revoke(session, email=person.email)


def change_address(session: Session, person: Person, address: str) -> None:
    """Give somebody another address; sign-ins end, and links sent to the old one open nothing."""
    _end_sign_ins(session, person)
    links.revoke(session, email=person.email)
    person.email = address.strip().casefold()
    session.add(person)


def customer(session: Session, *, name: str, email: str, locale: str) -> Person:
    """Return the customer with this name and e-mail address, adding one if there is none.

    Without an address nobody can be told from others of that name: then it is always a new one.
    """
    found = (
        email.strip()
        and session.exec(
            select(Person).where(
                Person.email == email.strip().casefold(),
                Person.name == one_line(name),
                col(Person.role) == Role.CUSTOMER,
                col(Person.login).is_(None),
            )
        ).first()
    )
    if found:
        return found
    added = Person(
        name=one_line(name), email=email.strip().casefold(), role=Role.CUSTOMER, locale=locale
    )
    session.add(added)
    session.flush()
    return added


def _end_sign_ins(session: Session, person: Person) -> None:
    for found in session.exec(
        select(SignIn).where(SignIn.person_id == stored_id(person.id))
    ).all():
        found.revoked_at = found.revoked_at or clock.now()
        session.add(found)


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password[: policy.LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False
