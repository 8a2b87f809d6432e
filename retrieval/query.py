"""From a question to weighted terms, by the words of the collection that is asked.

Words the collection does not know are mended: the last one may be unfinished, others misspelt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from retrieval.index.lexicon import Lexicon
from retrieval.language.analysis import stem
from retrieval.language.stopwords import STOPWORDS
from retrieval.language.words import is_code, words

_PART_WEIGHT = 0.6
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

    def want(self, term: str, weight: float, word: str) -> None:
        self.weights[term] = max(weight, self.weights.get(term, 0.0))
        self.spelt.setdefault(term, word)

    def keep_rarest(self, rarity: Mapping[str, float]) -> None:
        """Reduce a long question to the 32 terms that say most."""
        told = sorted(self.weights, key=lambda term: -self.weights[term] * rarity[term])
        for term in told[_MOST_TERMS:]:
            del self.weights[term]


def build(question: str, locale: str, lexicon: Lexicon) -> Query:
    """Turn a question into weighted terms."""
    asked = words(question)
    stopwords = STOPWORDS.get(locale, frozenset())
    kept = [word for word in asked if word not in stopwords] or asked
    unfinished = "" if question.endswith((" ", "?", ".", "!")) else "".join(kept[-1:])
    query = Query()
    for word in list(dict.fromkeys(kept))[:_MOST_WORDS]:
        _add(query, word, locale, lexicon, unfinished=word == unfinished)
    return query


def _add(query: Query, word: str, locale: str, lexicon: Lexicon, *, unfinished: bool) -> None:
    query.want(stem(word, locale), 1.0, word)
    parts = lexicon.splitter.split(word) if locale == "de" else ()
    for part in parts:
        query.want(stem(part, locale), _PART_WEIGHT, word)
    if parts or is_code(word) or lexicon.knows(word, locale):
        return
    endings = _endings(word, lexicon) if unfinished else []
    for ending in endings:
        query.want(stem(ending, locale), _BEGUN_WEIGHT, word)
    mended = None if endings else lexicon.speller.correct(word)
    if mended is not None:
        query.corrected[word] = mended
        query.want(stem(mended, locale), _MENDED_WEIGHT, word)
        for part in lexicon.splitter.split(mended) if locale == "de" else ():
            query.want(stem(part, locale), _MENDED_WEIGHT * _PART_WEIGHT, word)


def _endings(beginning: str, lexicon: Lexicon) -> list[str]:
    """Return the commonest words of the collection that begin like this."""
    if len(beginning) < _SHORTEST_BEGINNING:
        return []
    found = [word for word in lexicon.vocabulary if word.startswith(beginning)]
    return sorted(found, key=lambda word: -lexicon.vocabulary[word])[:_MOST_ENDINGS]
