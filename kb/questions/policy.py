"""Rules about questions."""

import re
from datetime import timedelta

from kb.questions.models import Wish

LONGEST_QUESTION = 2_000
LONGEST_WORDING = 200
POPULAR_TIMES, POPULAR_DAYS = 5, 2
"""So often, and on so many different days, a question must have been asked to be popular."""
UNCONFIRMED_FOR = timedelta(days=7)
"""Then a wish nobody confirmed is forgotten."""

_BETWEEN_WORDS = re.compile(r"[\W_]+")


def is_askable(text: str) -> bool:
    """At least one letter or digit, and not a whole book."""
    return any(char.isalnum() for char in text) and len(text) <= LONGEST_QUESTION


def wording(text: str) -> str:
    """Return what questions that say the same in the same words have in common.

    >>> wording("Wo finde ich  meine Rechnung?")
    'wo finde ich meine rechnung'
    """
    return _BETWEEN_WORDS.sub(" ", text.casefold()).strip()[:LONGEST_WORDING]


def is_waiting(wish: Wish) -> bool:
    """Confirmed, not taken back, not told yet."""
    return (
        wish.confirmed_at is not None
        and wish.stopped_at is None
        and wish.told_at is None
        and wish.email is not None
    )
