"""Correct misspelt words of a question by the corpus's own words."""

import re
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from retrieval.language.words import fold, is_code

_SHORTEST = 4
_LONG = 8
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}


def with_umlauts(word: str) -> str:
    """Return a word as it may be meant where the keyboard has no umlauts.

    >>> with_umlauts("kuendigng")
    'kündigng'
    """
    for written_out, umlaut in _UMLAUTS.items():
        word = word.replace(written_out, umlaut)
    return word


def respelt(text: str, corrected: Mapping[str, str]) -> str:
    """Return a question with the words that were taken for its misspelt ones.

    >>> respelt("Wie finde ich mein Kenwort?", {"kenwort": "kennwort"})
    'Wie finde ich mein Kennwort?'
    """

    def right(found: re.Match[str]) -> str:
        written = found.group()
        meant = corrected.get(fold(written), written)
        return meant[:1].upper() + meant[1:] if written[:1].isupper() else meant

    return re.sub(r"[^\W\d_]+", right, text)


class Speller:
    """Knows the folded words of a corpus with their counts."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._counts = vocabulary
        self._by_length: dict[int, list[str]] = {}
        for word in vocabulary:
            if len(word) >= _SHORTEST and word.isalpha():
                self._by_length.setdefault(len(word), []).append(word)

    def correct(self, word: str) -> str | None:
        """Return the nearest word of the corpus, or None for known words, codes and strangers.

        One slip is forgiven in words up to seven letters, two in longer ones.
        """
        if len(word) < _SHORTEST or is_code(word) or word in self._counts:
            return None
        slips = 1 if len(word) < _LONG else 2
        near = [
            candidate
            for length in range(len(word) - slips, len(word) + slips + 1)
            for candidate in self._by_length.get(length, [])
            if candidate[0] == word[0] or slips > 1
        ]
        found = process.extract(
            word, near, scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=5
        )
        ranked = sorted(found, key=lambda match: (match[1], -self._counts[match[0]]))
        return str(ranked[0][0]) if ranked else None
