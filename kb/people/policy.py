"""Rules about people and their sign-ins."""

from datetime import datetime

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


def is_acceptable_password(password: str) -> bool:
    return SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD
