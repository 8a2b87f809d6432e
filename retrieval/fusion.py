"""Mix meaning and words into one score per article. Pure: candidates in, ranking out.

Scores are mixed, not ranks: where one side is sure and the other guesses, ranks hide it. The
article's own signal (its lead, its whole text) counts beside the best passage: the maximum over
many weak passages picks noise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from retrieval.gather import Pool
from retrieval.language.analysis import terms
from retrieval.results import Hit, Passage, Why

_OPENING = 0.5
"""Lead of an article's opening over its other pieces where the title covers the question.

Then the question is about the whole article, and the opening is written to answer in short.
"""


@dataclass(frozen=True)
class Weights:
    """How much each signal counts.

    Chosen by sweeps over four whole development sets, so figures on those sets are in-sample.
    """

    dense: Mapping[str, float]
    """Trust in meaning by language; the rest goes to words."""
    lead: float = 0.5
    """Share of the lead in the dense score."""
    whole: float = 0.7
    """Share of the whole article in the lexical score."""


DEFAULT = Weights(dense={"de": 0.3, "en": 0.85})
"""For the bundled model: it reads English well and German badly."""
MULTILINGUAL = Weights(dense={"de": 0.7, "en": 0.85})
"""For any other model, until its own calibration says better."""


@dataclass(frozen=True)
class _Signals:
    """What is known of one article or solution."""

    best: Passage
    dense: float
    lead: float
    lexical: float
    whole: float


def fuse(pool: Pool, passages: Mapping[str, Passage], weights: Weights = DEFAULT) -> list[Hit]:
    """Return one hit per family of this pool, best first, scores between 0 and 1."""
    signals = _signals(pool, passages)
    if not signals:
        return []
    high = max(_dense(s, weights) for s in signals) or 1.0
    most = max(_lexical(s, weights) for s in signals) or 1.0
    trust = weights.dense.get(pool.slot.locale, 0.5)
    if not any(s.lexical or s.whole for s in signals):
        trust = 1.0
    if not any(s.dense for s in signals):
        trust = 0.0
    hits = []
    for one in signals:
        dense = _dense(one, weights) / high
        lexical = _lexical(one, weights) / most
        score = trust * max(dense, 0.0) + (1 - trust) * lexical
        hits.append(Hit(one.best, score, _why(pool, one)))
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.chunk_id))


def _signals(pool: Pool, passages: Mapping[str, Passage]) -> list[_Signals]:
    found: dict[int, list[Passage]] = {}
    for passage in passages.values():
        found.setdefault(passage.family_id, []).append(passage)
    return [_of_family(pool, family) for family in found.values()]


def _of_family(pool: Pool, family: list[Passage]) -> _Signals:
    dense = {p.chunk_id: pool.candidates[p.chunk_id].dense or 0.0 for p in family}
    lexical = {p.chunk_id: pool.candidates[p.chunk_id].lexical or 0.0 for p in family}
    most = max(lexical.values()) or 1.0
    opening = _OPENING * _covered(pool, family[0])
    body = [p for p in family if p.ordinal] or family
    best = max(
        body,
        key=lambda p: (
            dense[p.chunk_id] + lexical[p.chunk_id] / most + opening * (p.ordinal == 1),
            -p.ordinal,
        ),
    )
    lead = next((p for p in family if p.ordinal == 0), None)
    dense_best = max(dense.values())
    return _Signals(
        best=best,
        dense=dense_best,
        lead=dense[lead.chunk_id] if lead and dense[lead.chunk_id] else 0.8 * dense_best,
        lexical=max(lexical.values()),
        whole=pool.whole.get(lead.chunk_id, 0.0) if lead else 0.0,
    )


def _covered(pool: Pool, passage: Passage) -> float:
    """Return the share of the question, weighted by rarity, that the article's title covers."""
    title = set(terms(passage.title, passage.locale))
    asked = {t: w * pool.rarity.get(t, 1.0) for t, w in pool.query.weights.items()}
    total = sum(asked.values()) or 1.0
    return sum(weight for term, weight in asked.items() if term in title) / total


def _dense(one: _Signals, weights: Weights) -> float:
    return (1 - weights.lead) * one.dense + weights.lead * one.lead


def _lexical(one: _Signals, weights: Weights) -> float:
    return (1 - weights.whole) * one.lexical + weights.whole * one.whole


def _why(pool: Pool, one: _Signals) -> Why:
    return Why(
        dense=round(one.dense, 4),
        lexical=round(one.lexical, 3),
        lead=round(one.lead, 4),
        corrected=dict(pool.query.corrected),
    )


def with_words(hit: Hit, words: tuple[str, ...]) -> Hit:
    """Return the hit with the words of the question that stand in its passage."""
    return replace(hit, why=replace(hit.why, words=words))
