"""Rules about people and their sign-ins."""

from datetime import datetime

from kb.access import Role
from kb.people.models import Person, SignIn

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200


def login_key(login: str) -> str:
    """Return the form under which logins are compared: spelling of capitals does not matter."""
    return login.strip().casefold()


def is_live(sign_in: SignIn, *, at: datetime) -> bool:
    """A sign-in counts until it expires or is revoked."""
    return sign_in.revoked_at is None and sign_in.expires_at > at


def may_sign_in(person: Person) -> bool:
    return person.is_active and person.login is not None and bool(person.password_hash)


def may_use(person: Person, sign_in: SignIn) -> bool:
    """A sign-in by link is a customer's, and good for the address its link was sent to."""
    if not sign_in.email:
        return may_sign_in(person)
    is_customer = person.role is Role.CUSTOMER and person.login is None
    return person.is_active and is_customer and person.email == sign_in.email


def is_acceptable_password(password: str) -> bool:
    return SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD
