"""From a question to weighted terms, by the words of the collection that is asked.

Words the collection does not know are mended: the last one may be unfinished, others misspelt.
Synonyms are asked for as well, with less weight than the word itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from retrieval.index.lexicon import Lexicon
from retrieval.language.analysis import stem, stopwords
from retrieval.language.compounds import Splitter
from retrieval.language.known import is_known
from retrieval.language.relatives import SEPARABLE, whole_verbs
from retrieval.language.steps import ALL, Steps
from retrieval.language.stopwords import FOREIGN
from retrieval.language.synonyms import NONE, Synonyms
from retrieval.language.words import Token, is_code, tokens

_COMPOUND_WEIGHT = 0.8
_PART_WEIGHT = 0.45
_JOINED_SHARE = 0.5
_MENDED_WEIGHT = 0.8
_BEGUN_WEIGHT = 0.5
_RELATIVE_WEIGHT = 0.3
_SYNONYM_WEIGHT = 0.35
_INSTEAD_WEIGHT = 0.5
"""Of a synonym, where the collection does not know the word itself."""
_SYNONYM_COVERS = 0.8
"""Where a synonym stands, this much of the word is said: uninstalling an app also deletes it."""
_FAR_APART = 12
"""Words between the halves of a verb."""
_MOST_WORDS = 150
_MOST_TERMS = 32
_MOST_ENDINGS = 5
_SHORTEST_BEGINNING = 3


@dataclass
class Query:
    """Terms with their weights, and what was changed to get them."""

    weights: dict[str, float] = field(default_factory=dict)
    covers: dict[str, float] = field(default_factory=dict)
    """Synonym -> how much of the word asked for it says, though it counts less in the ranking."""
    spelt: dict[str, str] = field(default_factory=dict)
    """Term -> the word of the question it came from."""
    corrected: dict[str, str] = field(default_factory=dict)
    """Misspelt word -> the word taken for it."""
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Misspelt word -> the forms of the word taken for it, as they stand in the collection."""
    splitter: Splitter | None = None
    steps: Steps = ALL
    is_foreign: bool = False
    """The question is not in the language of the collection."""

    def want(self, term: str, weight: float, word: str) -> None:
        self.weights[term] = max(weight, self.weights.get(term, 0.0))
        self.spelt.setdefault(term, word)

    def said(self, term: str) -> float:
        """Return how much of a word is said where this term of it stands."""
        return max(self.weights.get(term, 0.0), self.covers.get(term, 0.0))

    def keep_rarest(self, rarity: Mapping[str, float]) -> None:
        """Reduce a long question to the 32 terms that say most; strangers (1.0) say nothing."""
        told = sorted(self.weights, key=lambda term: -self._said(term, rarity[term]))
        for term in told[_MOST_TERMS:]:
            del self.weights[term]

    def _said(self, term: str, rarity: float) -> float:
        return self.weights[term] * rarity if rarity < 1 else 0.0


def build(
    question: str,
    locale: str,
    lexicon: Lexicon,
    synonyms: Synonyms = NONE,
    *,
    is_foreign: bool = False,
) -> Query:
    """Turn a question into weighted terms; a word of many parts counts like a plain one."""
    steps = lexicon.steps
    asked = tokens(question, steps)
    kept = [one for one in asked if not _says_nothing(one.word, locale, lexicon)] or asked
    finished = not kept or question.endswith((" ", "?", ".", "!")) or not steps.beginnings
    last = "" if finished else (kept[-1].parts or kept[-1][1:2])[-1]
    splitter = lexicon.splitter if locale == "de" else None
    query = Query(splitter=splitter, steps=steps, is_foreign=is_foreign)
    if locale == "de" and steps.relatives:
        _add_rejoined(query, asked, locale, lexicon)
    for token in list(dict.fromkeys(kept))[:_MOST_WORDS]:
        for wanted in _wanted(token, locale, lexicon, last):
            _add(query, wanted, locale, lexicon)
    if steps.synonyms:
        _add_synonyms(query, kept[:_MOST_WORDS], locale, lexicon, synonyms)
    return query


def _says_nothing(word: str, locale: str, lexicon: Lexicon) -> bool:
    """A stop word; one of the other language only where the collection does not know the word."""
    if word in stopwords(locale, lexicon.steps):
        return True
    is_foreign = lexicon.steps.stopwords and word in FOREIGN.get(locale, frozenset())
    return is_foreign and not lexicon.knows(word, locale)


@dataclass(frozen=True)
class _Wanted:
    """A word to look for: itself or a part of what was asked."""

    word: str
    asked: str
    share: float
    """How much of a whole word's weight it has."""
    unfinished: bool = False
    """The asker may still be typing it."""
    is_joined: bool = False
    """Its parts are looked for, too, and may be mended; itself it is not."""


def _wanted(token: Token, locale: str, lexicon: Lexicon, last: str) -> Iterator[_Wanted]:
    share = _JOINED_SHARE if token.parts else 1.0
    yield _Wanted(token.word, token.spelt, share, token.word == last, is_joined=bool(token.parts))
    for part in token.parts:
        if not _says_nothing(part, locale, lexicon):
            yield _Wanted(part, token.spelt, share, part == last)


def _add(query: Query, one: _Wanted, locale: str, lexicon: Lexicon) -> None:
    """Want a word, its parts, and what it may have been meant to be."""
    word, share = one.word, one.share
    compound = _parts(query, one)
    whole = _COMPOUND_WEIGHT if compound else 1.0
    query.want(stem(word, locale, query.steps), share * whole, one.asked)
    for part in compound:
        query.want(stem(part, locale, query.steps), share * _PART_WEIGHT, one.asked)
    for piece in compound or (word,):
        weight = share * _RELATIVE_WEIGHT * (_PART_WEIGHT if compound else 1.0)
        for relative in lexicon.relatives.of(piece):
            query.want(stem(relative, locale, query.steps), weight, one.asked)
    if compound or is_code(word) or one.is_joined or lexicon.knows(word, locale):
        return
    endings = _endings(word, lexicon) if one.unfinished else []
    for ending in endings:
        query.want(stem(ending, locale, query.steps), share * _BEGUN_WEIGHT, one.asked)
    if not endings and query.steps.spelling:
        _mend(query, one, locale, lexicon)


def _add_rejoined(query: Query, asked: Sequence[Token], locale: str, lexicon: Lexicon) -> None:
    """Want the verbs of which a question has the halves apart: wie richte ich das ein."""
    for at, token in enumerate(asked):
        if token.word not in SEPARABLE:
            continue
        for before in asked[max(at - _FAR_APART, 0) : at]:
            for verb in whole_verbs(before.word, token.word):
                if lexicon.knows(verb, locale):
                    query.want(stem(verb, locale, query.steps), 1.0, before.spelt)
                for relative in lexicon.relatives.of(verb):
                    query.want(stem(relative, locale, query.steps), _RELATIVE_WEIGHT, before.spelt)


def _parts(query: Query, one: _Wanted) -> tuple[str, ...]:
    """Return the parts of a compound; of what a hyphen joins they are looked for anyway."""
    return () if one.is_joined or query.splitter is None else query.splitter.split(one.word)


def _mend(query: Query, one: _Wanted, locale: str, lexicon: Lexicon) -> None:
    mended = lexicon.mended(one.word)
    if mended is None or _is_meant(query, one.word):
        return
    query.corrected[one.word] = mended
    query.forms[one.word] = lexicon.forms(mended, locale)
    weight = one.share * _MENDED_WEIGHT
    query.want(stem(mended, locale, query.steps), weight, one.asked)
    for part in query.splitter.split(mended) if query.splitter else ():
        query.want(stem(part, locale, query.steps), weight * _PART_WEIGHT, one.asked)


def _is_meant(query: Query, word: str) -> bool:
    """A word that people write is no misspelling.

    Of another language it may be the same word, spelt a little otherwise: "password", "Passwort".
    """
    return not query.is_foreign and is_known(word)


def _add_synonyms(
    query: Query, asked: Sequence[Token], locale: str, lexicon: Lexicon, synonyms: Synonyms
) -> None:
    """Want what means the same; a synonym of several words counts like one word."""
    for spelt, other in synonyms.found_in(asked, query.corrected):
        share = _SYNONYM_WEIGHT if lexicon.knows(spelt, locale) else _INSTEAD_WEIGHT
        for word in other:
            if lexicon.knows(word, locale):
                term = stem(word, locale, query.steps)
                query.want(term, share / len(other), spelt)
                query.covers.setdefault(term, _SYNONYM_COVERS / len(other))


def _endings(beginning: str, lexicon: Lexicon) -> list[str]:
    """Return the commonest words of the collection that begin like this."""
    if len(beginning) < _SHORTEST_BEGINNING:
        return []
    found = lexicon.beginning_with(beginning)
    return sorted(found, key=lambda word: -lexicon.vocabulary[word])[:_MOST_ENDINGS]
