"""Rules about mail: what an address is, how often one is written to, when to try again."""

import re
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from kb.mail.models import Mail, MailProblem

LONGEST_ADDRESS = 254
BY_ANYONE_AN_HOUR = 5
"""Letters an hour that anybody can make us send to one address."""
BY_ANYONE_EVERYWHERE = 1_000
"""The same, to all addresses together: we are nobody's cannon."""
AN_HOUR = 20
"""Letters an hour to one address, whatever they are about; more wait."""
HOUR = timedelta(hours=1)
LASTING = timedelta(days=2)
"""How long a letter that is refused for the time being is tried."""
LEASE = timedelta(minutes=3)
"""How long a process has for one letter; after that another may take it for dead."""

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]{1,64}@(?:[^\W_](?:[\w\-]*[^\W_])?\.)+[^\W_]{2,63}"
)
_LATE = timedelta(minutes=15)
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=4)
_LONGEST_PAUSE_OF_ALL = timedelta(minutes=5)
_ALIKE = frozenset(
    {
        MailProblem.SERVER_DOWN,
        MailProblem.SIGN_IN_REFUSED,
        MailProblem.NO_ENCRYPTION,
        MailProblem.SENDER_REFUSED,
    }
)
_FOR_GOOD = frozenset({MailProblem.RECIPIENT_REFUSED, MailProblem.LETTER_REFUSED})
_random = secrets.SystemRandom()


def address_key(address: str) -> str:
    """Return the form under which addresses are compared and written to."""
    return address.strip().casefold()


def is_address(value: str) -> bool:
    """Say whether a letter can be sent there: one bare address, nothing beside it."""
    return len(value) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(value) is not None


def masked(address: str) -> str:
    """Return what may be shown of an address to whoever should recognise it.

    >>> masked("kim.kundt@example.org")
    'k...@example.org'
    """
    name, _, domain = address.partition("@")
    return f"{name[:1]}...@{domain}" if domain else ""


def concerns_every_letter(problem: MailProblem) -> bool:
    """Such a problem is the server's, not the letter's: no letter is given up for it."""
    return problem in _ALIKE


def is_over(mail: Mail, problem: MailProblem, *, at: datetime) -> bool:
    """Say whether a letter is given up after this."""
    if concerns_every_letter(problem):
        return False
    return problem in _FOR_GOOD or at - mail.created_at > LASTING


class Health(StrEnum):
    """Whether mail goes out."""

    OK = "ok"
    LATE = "late"


def health(age: timedelta) -> Health:
    """Say whether mail goes out, by how long the oldest letter that is due has waited."""
    return Health.LATE if age > _LATE else Health.OK


def pause(attempts: int, problem: MailProblem) -> timedelta:
    """Return how long to wait after so many attempts: twice as long each time, never in step.

    Once the server is there again nothing waits for long.
    """
    at_most = _LONGEST_PAUSE_OF_ALL if concerns_every_letter(problem) else _LONGEST_PAUSE
    longest = min(_FIRST_PAUSE * 2 ** min(attempts, 12), at_most)
    return timedelta(seconds=longest.total_seconds() * _random.uniform(0.7, 1.3))
