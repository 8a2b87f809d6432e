"""Questions many have asked, fit to be shown to anybody.

How often they were asked is decided in SQL. Here the words are looked at: nothing anybody could be
recognised by, and an answer that anybody may still read.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlmodel import Session

from ingestion.redact import redact
from kb import clock
from kb.access import ANYONE
from kb.articles import queries as articles
from kb.questions import queries
from kb.questions.models import Question

SHOWN = 5
_OF_LATE = timedelta(days=90)
_LONGEST = 90
_LONGEST_NUMBER = 4
_ABOUT_ONESELF = frozenset(
    "heiße heisse name namens kundennummer vertragsnummer adresse geboren herr frau mr mrs named"
    " called".split()
)


def popular(session: Session, locale: str) -> list[str]:
    """Return questions as they were asked, the most frequent first."""
    often = queries.popular(session, locale, since=clock.now() - _OF_LATE, limit=4 * SHOWN)
    return [one.text for one in _answered_still(session, often) if is_harmless(one.text)][:SHOWN]


def is_harmless(text: str) -> bool:
    """Say whether nobody can be recognised by this question."""
    words = text.casefold().split()
    return (
        len(text) <= _LONGEST
        and not any(sum(char.isdigit() for char in word) > _LONGEST_NUMBER for word in words)
        and "@" not in text
        and not _ABOUT_ONESELF & {word.strip(".,:;!?") for word in words}
        and redact(text).text == text
    )


def _answered_still(session: Session, asked: Sequence[Question]) -> Iterator[Question]:
    cited = {one.id: one.citations[0]["revision"] for one in asked if one.citations}
    on_show = articles.by_revisions(session, ANYONE, cited.values())
    return (one for one in asked if cited.get(one.id) in on_show)
