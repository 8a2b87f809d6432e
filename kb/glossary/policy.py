"""Rules about glossary terms."""

from collections.abc import Iterable

from kb.text import one_line

LONGEST_TERM = 60
LONGEST_MEANING = 500
MOST_SPELLINGS = 10


def spellings(term: str, others: Iterable[str]) -> list[str]:
    """Return the other ways to write a term, each once.

    >>> spellings("APN", ["Zugangspunkt", "APN", " "])
    ['Zugangspunkt']
    """
    said = dict.fromkeys(one_line(other, limit=LONGEST_TERM) for other in others)
    return [other for other in said if other and other != term][:MOST_SPELLINGS]
