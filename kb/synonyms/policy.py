"""Rules about groups of synonyms."""

from collections.abc import Iterable

from kb.text import one_line

LONGEST = 80
"""Letters of a word, or of the few words that stand for one."""
MOST = 30


def as_kept(words: Iterable[str]) -> list[str]:
    """Return the words of a group in order, clean and each once.

    >>> as_kept([" Rechnung ", "rechnung", "Faktura", ""])
    ['Rechnung', 'Faktura']
    """
    clean = [one_line(word, limit=LONGEST) for word in words]
    return list({word.casefold(): word for word in reversed(clean) if word}.values())[::-1]


def is_acceptable(words: list[str]) -> bool:
    """One word alone has no synonym."""
    return 2 <= len(words) <= MOST  # noqa: PLR2004  # two is what the word says
