"""Split German compounds by the corpus's own words.

"Rechnungsadresse" is found by "Adresse" if the corpus knows both parts as words of their own. The
whole word is always kept beside its parts. Umlauts may be written out.
"""

from collections.abc import Mapping
from functools import lru_cache
from math import log
from typing import NamedTuple

from retrieval.language.steps import ALL, Steps
from retrieval.language.words import written_out

_LINKS = ("", "s", "es", "n", "en", "er", "e")
_SHORTEST_PART = 4
_SHORTEST_COMPOUND = 8
_LONGEST_COMPOUND = 60
_MOST_PARTS = 4


class _Known(NamedTuple):
    """A word as the corpus has it most often, and how often."""

    word: str
    times: int


class Splitter:
    """Splits by a vocabulary of folded words with their counts."""

    def __init__(self, vocabulary: Mapping[str, int], steps: Steps = ALL) -> None:
        self._known: dict[str, _Known] = {}
        for word, count in vocabulary.items():
            if len(word) >= _SHORTEST_PART and word.isalpha():
                key = written_out(word)
                if key not in self._known or self._known[key].times < count:
                    self._known[key] = _Known(word, count)
        self._total = sum(known.times for known in self._known.values()) or 1
        self._steps = steps
        self.split = lru_cache(maxsize=100_000)(self._split)

    def _split(self, word: str) -> tuple[str, ...]:
        """Return the parts of a compound, or nothing if it is none.

        >>> Splitter({"rechnung": 9, "adresse": 7})._split("rechnungsadresse")
        ('rechnung', 'adresse')
        """
        if not self._steps.compounds or not self._known or not word.isalpha():
            return ()
        if not _SHORTEST_COMPOUND <= len(word) <= _LONGEST_COMPOUND:
            return ()
        best = self._best(written_out(word), _MOST_PARTS)
        return best[1] if best is not None and len(best[1]) > 1 else ()

    def _best(self, word: str, parts_left: int) -> tuple[float, tuple[str, ...]] | None:
        """Return the likeliest split of `word` into known words: (log probability, parts)."""
        best: tuple[float, tuple[str, ...]] | None = None
        if word in self._known:
            best = (self._weight(word), (self._known[word].word,))
        if parts_left == 1:
            return best
        for end in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            for link in _LINKS:
                head = word[: end - len(link)] if link else word[:end]
                if not word[:end].endswith(link) or head not in self._known:
                    continue
                rest = self._best(word[end:], parts_left - 1)
                if rest is None:
                    continue
                weight = self._weight(head) + rest[0]
                is_whole = best is not None and len(best[1]) == 1
                if best is None or is_whole or weight > best[0]:
                    best = (weight, (self._known[head].word, *rest[1]))
        return best

    def _weight(self, word: str) -> float:
        return log(self._known[word].times / self._total)
