"""Ask the indexes for candidates. What is down is named, and the rest still answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from kb.errors import EmbedderUnavailable, IndexUnavailable
from retrieval.engines.protocols import Scored, Vectors
from retrieval.index.collections import Slot, fingerprint_of, whole_of
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
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


def gather(
    engines: Engines,
    lexicons: Lexicons,
    question: str,
    serving: Mapping[Slot, str],
    *,
    use_dense: bool = True,
    use_lexical: bool = True,
) -> Gathered:
    """Collect candidates from every collection given."""
    pools = [Pool(slot, collection) for slot, collection in serving.items()]
    gathered = Gathered(pools)
    if use_lexical:
        _words(engines, lexicons, question, gathered)
    if use_dense:
        _meaning(engines, question, gathered)
    return gathered


def _meaning(engines: Engines, question: str, gathered: Gathered) -> None:
    try:
        mark = engines.fingerprint
        fitting = [pool for pool in gathered.pools if fingerprint_of(pool.collection) == mark]
        if len(fitting) < len(gathered.pools):  # another model's, until the sync has made ours
            gathered.notices.add(Notice.WITHOUT_MEANING)
        vector = engines.meaning(question)
        for pool in fitting:
            _near(engines, pool, vector)
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


def _words(engines: Engines, lexicons: Lexicons, question: str, gathered: Gathered) -> None:
    try:
        for pool in gathered.pools:
            pool.query = build(
                question, pool.slot.locale, lexicons.of(pool.collection, pool.slot.locale)
            )
            pool.rarity = _rarity(engines, pool)
            pool.query.keep_rarest(pool.rarity)
            weights = pool.query.weights
            best = engines.lexical.best(pool.collection, weights, limit=_LEXICAL_LIMIT)
            leads = engines.lexical.best(whole_of(pool.collection), weights, limit=_LEXICAL_LIMIT)
            pool.whole = {scored.chunk_id: scored.score for scored in leads}
            _take(pool, [*best, *(Scored(lead.chunk_id, 0.0) for lead in leads)])
    except IndexUnavailable:
        gathered.notices.add(Notice.WITHOUT_WORDS)


def _take(pool: Pool, scored: Sequence[Scored]) -> None:
    for one in scored:
        if one.chunk_id not in pool.candidates:
            pool.candidates[one.chunk_id] = Candidate(
                pool.slot.kind, one.chunk_id, lexical=one.score
            )


def _rarity(engines: Engines, pool: Pool) -> dict[str, float]:
    size = engines.lexical.size(pool.collection) + 1
    return {
        term: log(size / (1 + engines.lexical.frequency(pool.collection, term))) / log(size + 1)
        for term in pool.query.weights
    }
