"""How well a question and a title say the same: what stands in both, of what either says.

A title is the shortest true summary of an article. Where a question has all of its words and few
others, it asks for this article; BM25, made for long texts, does not see that.
"""

from collections.abc import Mapping
from functools import lru_cache

from retrieval.language.analysis import stopwords, terms
from retrieval.language.compounds import Splitter
from retrieval.language.steps import Steps
from retrieval.language.words import tokens
from retrieval.query import Query

_CUT = "…"
"""An import ends with it what it made a title of, where there was none: the opening words."""


def titled(title: str, locale: str, query: Query, rarity: Mapping[str, float]) -> float:
    """Return the harmonic mean, 0 to 1, of two shares.

    They are: of the question's words, by rarity, those that stand in the title; and of the
    title's words, those that were asked for.
    """
    asked, said = shares(title, locale, query, rarity)
    return 2 * asked * said / (asked + said) if asked and said else 0.0


def shares(
    title: str, locale: str, query: Query, rarity: Mapping[str, float]
) -> tuple[float, float]:
    """Return both shares: of what was asked, and of what the title says."""
    if title.endswith(_CUT) or not query.weights:
        return 0.0, 0.0
    words = _words(title, locale, query.splitter, query.steps)
    there = sum(max(min(query.said(term), 1.0) for term in word) for word in words)
    if not there:  # as with most titles
        return 0.0, 0.0
    return _asked(query, frozenset[str]().union(*words), rarity), there / len(words)


def _asked(query: Query, there: frozenset[str], rarity: Mapping[str, float]) -> float:
    """Return the share of the question's words that stand there; of a word, its best term."""
    got: dict[str, float] = {}
    most: dict[str, float] = {}
    rare: dict[str, float] = {}
    for term, weight in query.weights.items():
        word = query.spelt[term]
        rare[word] = max(rare.get(word, 0.0), rarity.get(term, 1.0))
        most[word] = max(most.get(word, 0.0), weight)
        got[word] = max(got.get(word, 0.0), query.said(term) if term in there else 0.0)
    total = sum(rare.values()) or 1.0
    return sum(rare[word] * min(got[word] / most[word], 1.0) for word in got) / total


@lru_cache(maxsize=4_000)
def _words(
    title: str, locale: str, splitter: Splitter | None, steps: Steps
) -> tuple[frozenset[str], ...]:
    """Return the terms of each word of a title that says something."""
    left_out = stopwords(locale, steps)
    found = (
        frozenset(terms(token.spelt, locale, splitter, steps))
        for token in tokens(title, steps)
        if token.word not in left_out
    )
    return tuple(word for word in found if word)
