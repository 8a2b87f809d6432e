"""A sieve before the speller: of many words, the few that can be near to one at all.

To compare a word letter by letter with each of a hundred thousand takes milliseconds. But a slip
changes by two at most which letters a word has: one goes, one comes.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

SLIPS = 2
"""The most that the speller forgives; a test holds both to the same answers."""
_Letters = NDArray[np.uint64]


class Sieve:
    """Words by length, each with the set of its letters."""

    def __init__(self, words: Iterable[str]) -> None:
        by_length: dict[int, list[str]] = {}
        for word in words:
            if word.isalpha():
                by_length.setdefault(len(word), []).append(word)
        self._words = by_length
        self._letters = {length: _letters(same) for length, same in by_length.items()}

    def near(self, word: str) -> list[str]:
        """Return all words at most two slips away, among some others, in a stable order."""
        own = _letters([word])[0]
        found: list[str] = []
        for length in range(len(word) - SLIPS, len(word) + SLIPS + 1):
            if length in self._words:
                differing = np.bitwise_count(self._letters[length] ^ own)
                words = self._words[length]
                found += [words[at] for at in np.flatnonzero(differing <= 2 * SLIPS).tolist()]
        return found


def _letters(words: list[str]) -> _Letters:
    """Return for each of these words, all of one length, which letters it has once and twice.

    Letters share 32 bits: two that are taken for one only let a few words more through.
    """
    codes = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
    bits = np.left_shift(np.uint64(1), (codes & np.uint32(31)).astype(np.uint64))
    once, twice = (np.zeros(len(words), dtype=np.uint64) for _ in range(2))
    for letter in bits.reshape(len(words), -1).T:
        twice |= once & letter
        once |= letter
    return once | (twice << np.uint64(32))
