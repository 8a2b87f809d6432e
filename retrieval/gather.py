"""Ask the indexes for candidates. What is down is named, and the rest still answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log

from kb.errors import EmbedderUnavailable, IndexUnavailable
from retrieval.engines.protocols import Scored, Vectors
from retrieval.index.collections import Slot, fingerprint_of, whole_of
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
from retrieval.language.analysis import terms
from retrieval.language.synonyms import synonyms_of
from retrieval.matter import is_long, matter, pointed
from retrieval.query import Query, build
from retrieval.results import Candidate, Notice

_LEXICAL_LIMIT = 60
_DENSE_LIMIT = 100


@dataclass
class Pool:
    """The candidates of one slot, with what the lexical side knows of the question."""

    slot: Slot
    collection: str
    candidates: dict[str, Candidate] = field(default_factory=dict)
    whole: dict[str, float] = field(default_factory=dict)
    """Lead chunk id -> BM25 of its whole article."""
    query: Query = field(default_factory=Query)
    rarity: dict[str, float] = field(default_factory=dict)
    """Term -> how rare it is in this collection, 0 to 1."""


@dataclass
class Gathered:
    """All pools of one search, and what did not work."""

    pools: list[Pool]
    notices: set[Notice] = field(default_factory=set)


@dataclass(frozen=True)
class Asked:
    """A question, and how to look for it."""

    question: str
    synonyms: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Language -> groups of words that mean the same."""
    use_dense: bool = True
    use_lexical: bool = True
    locale: str = ""
    """Language of the question; empty: of each collection it is asked of."""


def gather(
    engines: Engines, lexicons: Lexicons, asked: Asked, serving: Mapping[Slot, str]
) -> Gathered:
    """Collect candidates from every collection given."""
    pools = [Pool(slot, collection) for slot, collection in serving.items()]
    gathered = Gathered(pools)
    if engines.lexical.steps.reduction:
        asked = replace(asked, question=matter(asked.question))
    if asked.use_lexical:
        _words(engines, lexicons, asked, gathered)
    if asked.use_dense:
        _meaning(engines, _pointed(engines, asked.question, pools), gathered)
    return gathered


def _pointed(engines: Engines, question: str, pools: Sequence[Pool]) -> str:
    """Return what the model reads of a question: of a long one, what tells most in any pool."""
    if not engines.lexical.steps.reduction or not is_long(question):
        return question

    def told(sentence: str) -> float:
        return max((_told(sentence, pool) for pool in pools), default=0.0)

    return pointed(question, told)


def _told(sentence: str, pool: Pool) -> float:
    """Return how much the words of a sentence tell; words the pool does not know tell nothing."""
    query = pool.query
    there = set(terms(sentence, pool.slot.locale, query.splitter, query.steps))
    return sum(
        weight * pool.rarity[term]
        for term, weight in query.weights.items()
        if term in there and pool.rarity[term] < 1
    )


def _meaning(engines: Engines, question: str, gathered: Gathered) -> None:
    """Ask each collection with a vector of the model that made it, and never of another.

    While one model takes over from another, a search may meet collections of both.
    """
    by_mark: dict[str, list[Pool]] = {}
    for pool in gathered.pools:
        by_mark.setdefault(fingerprint_of(pool.collection), []).append(pool)
    try:
        for mark, pools in by_mark.items():
            fitting = engines.of(mark)
            if fitting is None:  # the model is gone, until the sync has made ours
                gathered.notices.add(Notice.WITHOUT_MEANING)
                continue
            vector = fitting.meaning(question)
            for pool in pools:
                _near(fitting, pool, vector)
    except (EmbedderUnavailable, IndexUnavailable):
        gathered.notices.add(Notice.WITHOUT_MEANING)


def _near(engines: Engines, pool: Pool, vector: Vectors) -> None:
    for scored in engines.vectors.nearest(pool.collection, vector, limit=_DENSE_LIMIT):
        earlier = pool.candidates.get(scored.chunk_id)
        pool.candidates[scored.chunk_id] = Candidate(
            pool.slot.kind,
            scored.chunk_id,
            dense=scored.score,
            lexical=earlier.lexical if earlier else None,
        )


def _words(engines: Engines, lexicons: Lexicons, asked: Asked, gathered: Gathered) -> None:
    try:
        for pool in gathered.pools:
            locale = pool.slot.locale
            lexicon = lexicons.of(pool.collection, locale)
            synonyms = synonyms_of(asked.synonyms.get(locale, ()), locale, lexicon.steps)
            is_foreign = asked.locale not in {"", locale}
            pool.query = build(asked.question, locale, lexicon, synonyms, is_foreign=is_foreign)
            pool.rarity = _rarity(engines, pool)
            pool.query.keep_rarest(pool.rarity)
            weights = pool.query.weights
            best = engines.lexical.best(pool.collection, weights, limit=_LEXICAL_LIMIT)
            leads = _wholes(engines, pool)
            pool.whole = {scored.chunk_id: scored.score for scored in leads}
            _take(pool, [*best, *(Scored(lead.chunk_id, 0.0) for lead in leads)])
    except IndexUnavailable:
        gathered.notices.add(Notice.WITHOUT_WORDS)


def _wholes(engines: Engines, pool: Pool) -> list[Scored]:
    if not engines.lexical.steps.whole:
        return []
    collection = whole_of(pool.collection)
    return engines.lexical.best(collection, pool.query.weights, limit=_LEXICAL_LIMIT)


def _take(pool: Pool, scored: Sequence[Scored]) -> None:
    for one in scored:
        if one.chunk_id not in pool.candidates:
            pool.candidates[one.chunk_id] = Candidate(
                pool.slot.kind, one.chunk_id, lexical=one.score
            )


def _rarity(engines: Engines, pool: Pool) -> dict[str, float]:
    size = engines.lexical.size(pool.collection) + 1
    found = {term: engines.lexical.frequency(pool.collection, term) for term in pool.query.weights}
    return {
        term: log(size / (1 + count)) / log(size + 1) if count else 1.0
        for term, count in found.items()
    }
