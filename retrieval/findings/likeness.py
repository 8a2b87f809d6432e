"""How far two statements are about the same: words they share, and words that set them apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from retrieval.findings.statements import Statement, subject

_SHORTEST = 5
_BEGINNING = 3
_ALIKE = 80
_TURNS = (
    *(("ein", "aus"), ("an", "ab"), ("auf", "zu"), ("vor", "nach"), ("inland", "ausland")),
    *(("", "un"), ("", "de"), ("", "dis"), ("en", "dis"), ("in", "ex"), ("up", "down")),
)
"""Beginnings that turn a word into its opposite."""


@dataclass(frozen=True)
class Likeness:
    """What two statements share, by meaning and by words."""

    meaning: float
    """Cosine of their vectors."""
    shared: int
    """Words of the shorter that stand in the other, in whatever form."""
    covered: float
    """Share of the shorter's words that stand in the other."""
    mutual: float
    """Share of the longer's words that stand in the shorter: else it says much more."""
    apart: int
    """Names that only one has, of the side that has fewer: another thing may be meant."""

    @property
    def score(self) -> float:
        """One figure: mostly the same words, mostly the same meaning, no other name."""
        return max(0.0, 0.55 * self.meaning + 0.45 * self.covered - 0.12 * self.apart)


def likeness(one: Statement, other: Statement, meaning: float) -> Likeness:
    """Return how far two statements of one language are about the same."""
    few, many = sorted((one.stems, other.stems), key=len)
    shared = sum(_stands_in(stem, many) for stem in few)
    back = sum(_stands_in(stem, few) for stem in many)
    return Likeness(
        meaning=meaning,
        shared=shared,
        covered=shared / len(few) if few else 0.0,
        mutual=back / len(many) if many else 0.0,
        apart=min(_alone(one.names, other.stems), _alone(other.names, one.stems))
        + _turned(one.stems, other.stems),
    )


def _alone(names: frozenset[str], others: frozenset[str]) -> int:
    return sum(not _stands_in(name, others) for name in names)


def _turned(one: frozenset[str], other: frozenset[str]) -> int:
    """Count words of which the other side has the opposite: switching on, switching off."""
    alone = other - one
    return sum(any(turned in alone for turned in _opposites(word)) for word in one - other)


@lru_cache(maxsize=50_000)
def _opposites(word: str) -> frozenset[str]:
    """Return what the word would be with another beginning.

    >>> "ausschalt" in _opposites("einschalt"), "lock" in _opposites("unlock")
    (True, True)
    """
    return frozenset(
        theirs + word[len(mine) :]
        for pair in _TURNS
        for mine, theirs in (pair, pair[::-1])
        if word.startswith(mine) and len(word) - len(mine) >= _SHORTEST - 1
    )


def _stands_in(stem: str, others: frozenset[str]) -> bool:
    if stem in others:
        return True
    if len(stem) < _SHORTEST:
        return False
    start = stem[:_BEGINNING]
    return any(
        _is_form(stem, other)
        for other in others
        if other.startswith(start) or other.endswith(stem[:-1]) or stem.endswith(other[:-1])
    )


@lru_cache(maxsize=200_000)
def _is_form(one: str, other: str) -> bool:
    """Say whether two stems are forms of one word, or one is a part of the other.

    >>> _is_form("zuruckgeb", "zuruckzugeb"), _is_form("lieferfrist", "frist")
    (True, True)
    >>> _is_form("einschalt", "ausschalt"), _is_form("lock", "unlock")
    (False, False)
    """
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or one in _opposites(other):
        return False
    if long.startswith(short) or long.endswith((short, short[:-1])):
        return True
    return ratio(one, other) >= _ALIKE


def whole(one: Sequence[Statement], other: Sequence[Statement], meaning: float) -> Likeness:
    """Return how far two passages are about the same, however they are cut into sentences."""
    left, right = _stems(one), _stems(other)
    few, many = sorted((left, right), key=len)
    shared = sum(_stands_in(stem, many) for stem in few)
    back = sum(_stands_in(stem, few) for stem in many)
    return Likeness(
        meaning=meaning,
        shared=shared,
        covered=(shared + back) / (len(few) + len(many)) if few else 0.0,
        mutual=back / len(many) if many else 0.0,
        apart=min(_alone(_names(one), right), _alone(_names(other), left)) + _turned(left, right),
    )


def _stems(passage: Sequence[Statement]) -> frozenset[str]:
    return frozenset().union(*(one.stems | one.label_stems for one in passage))


def _names(passage: Sequence[Statement]) -> frozenset[str]:
    return frozenset().union(*(one.names | one.label_stems for one in passage))


def names_apart(heading: str, other: str, locale: str) -> int:
    """Return 1 where headings of one pattern name two things: Tariff S, Tariff L.

    Headings that are put otherwise are two ways to name one thing, as often as not.
    """
    mine, yours = heading.split(), other.split()
    if len(mine) != len(yours) or len(mine) < 2:  # noqa: PLR2004  # one word has no pattern
        return 0
    pairs = zip(mine, yours, strict=True)
    differ = [(one, two) for one, two in pairs if one.casefold() != two.casefold()]
    if len(differ) != 1:
        return 0
    left, right = (subject(word, locale).stems for word in differ[0])
    is_form = any(_stands_in(stem, right) for stem in left)
    return int(bool(left or right) and not is_form)
