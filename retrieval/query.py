"""From a question to weighted terms, by the words of the collection that is asked.

Words the collection does not know are mended: the last one may be unfinished, others misspelt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from retrieval.index.lexicon import Lexicon
from retrieval.language.analysis import stem
from retrieval.language.stopwords import STOPWORDS
from retrieval.language.words import is_code, tokens

_COMPOUND_WEIGHT = 0.8
_PART_WEIGHT = 0.45
_HYPHEN_SHARE = 0.5
_MENDED_WEIGHT = 0.8
_BEGUN_WEIGHT = 0.5
_MOST_WORDS = 150
_MOST_TERMS = 32
_MOST_ENDINGS = 5
_SHORTEST_BEGINNING = 3


@dataclass
class Query:
    """Terms with their weights, and what was changed to get them."""

    weights: dict[str, float] = field(default_factory=dict)
    spelt: dict[str, str] = field(default_factory=dict)
    """Term -> the word of the question it came from."""
    corrected: dict[str, str] = field(default_factory=dict)
    """Misspelt word -> the word taken for it."""
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Misspelt word -> the forms of the word taken for it, as they stand in the collection."""

    def want(self, term: str, weight: float, word: str) -> None:
        self.weights[term] = max(weight, self.weights.get(term, 0.0))
        self.spelt.setdefault(term, word)

    def keep_rarest(self, rarity: Mapping[str, float]) -> None:
        """Reduce a long question to the 32 terms that say most."""
        told = sorted(self.weights, key=lambda term: -self.weights[term] * rarity[term])
        for term in told[_MOST_TERMS:]:
            del self.weights[term]


def build(question: str, locale: str, lexicon: Lexicon) -> Query:
    """Turn a question into weighted terms; a word of many parts counts like a plain one."""
    asked = tokens(question)
    stopwords = STOPWORDS.get(locale, frozenset())
    kept = [one for one in asked if one[0] not in stopwords] or asked
    finished = not kept or question.endswith((" ", "?", ".", "!"))
    last = "" if finished else (kept[-1][1] or kept[-1][:1])[-1]
    query = Query()
    for word, parts in list({token: (token, parts) for token, parts in kept}.values())[
        :_MOST_WORDS
    ]:
        share = _HYPHEN_SHARE if parts else 1.0
        for part in (word, *(part for part in parts if part not in stopwords)):
            _add(query, _Wanted(part, word, share, unfinished=part == last), locale, lexicon)
    return query


@dataclass(frozen=True)
class _Wanted:
    """A word to look for: itself or a part of what was asked."""

    word: str
    asked: str
    share: float
    """How much of a whole word's weight it has."""
    unfinished: bool
    """The asker may still be typing it."""


def _add(query: Query, one: _Wanted, locale: str, lexicon: Lexicon) -> None:
    """Want a word, its parts, and what it may have been meant to be."""
    word, share = one.word, one.share
    compound = lexicon.splitter.split(word) if locale == "de" else ()
    query.want(stem(word, locale), share * (_COMPOUND_WEIGHT if compound else 1.0), one.asked)
    for part in compound:
        query.want(stem(part, locale), share * _PART_WEIGHT, one.asked)
    if compound or is_code(word) or "-" in word or lexicon.knows(word, locale):
        return
    endings = _endings(word, lexicon) if one.unfinished else []
    for ending in endings:
        query.want(stem(ending, locale), share * _BEGUN_WEIGHT, one.asked)
    mended = None if endings else lexicon.mended(word)
    if mended is not None:
        query.corrected[word] = mended
        query.forms[word] = lexicon.forms(mended, locale)
        query.want(stem(mended, locale), share * _MENDED_WEIGHT, one.asked)
        for part in lexicon.splitter.split(mended) if locale == "de" else ():
            query.want(stem(part, locale), share * _MENDED_WEIGHT * _PART_WEIGHT, one.asked)


def _endings(beginning: str, lexicon: Lexicon) -> list[str]:
    """Return the commonest words of the collection that begin like this."""
    if len(beginning) < _SHORTEST_BEGINNING:
        return []
    found = lexicon.beginning_with(beginning)
    return sorted(found, key=lambda word: -lexicon.vocabulary[word])[:_MOST_ENDINGS]
