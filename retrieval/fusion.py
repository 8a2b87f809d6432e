"""Mix meaning and words into one score per article. Pure: candidates in, ranking out.

Scores are mixed, not ranks: where one side is sure and the other guesses, ranks hide it. The
article's own signal (its lead, its whole text) counts beside the best passage: the maximum over
many weak passages picks noise.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from retrieval.gather import Pool
from retrieval.index.chunking import JOIN
from retrieval.language.analysis import terms
from retrieval.language.compounds import Splitter
from retrieval.language.steps import Steps
from retrieval.query import Query
from retrieval.ranker import scores
from retrieval.results import Hit, Passage, Why
from retrieval.titles import shares

_OPENING = 0.5
"""Lead of an article's opening over its other pieces where the title covers the question.

Then the question is about the whole article, and the opening is written to answer in short.
"""


_HEADED = 0.8
"""Lead of a piece whose heading says what the question says."""
_ASKED_FOR = 0.75
"""Share of the question that such a heading has: "Nach der Kündigung" is not how to end it."""
_AS_LEAD = 0.8
"""What a lead that is not among the nearest is taken for: a share of the best passage."""


class Signals(NamedTuple):
    """What is known of one article or solution."""

    best: Passage
    dense: float
    lead: float
    lexical: float
    whole: float


def fuse(pool: Pool, passages: Mapping[str, Passage], weights: Mapping[str, float]) -> list[Hit]:
    """Return one hit per family of this pool, best first, scores between 0 and 1."""
    found = signals(pool, passages)
    corrected = dict(pool.query.corrected)
    told = scores([one._asdict() for one in found], weights)
    hits = [
        Hit(one.best, score, _why(one, corrected)) for one, score in zip(found, told, strict=True)
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.chunk_id))


def signals(pool: Pool, passages: Mapping[str, Passage]) -> list[Signals]:
    """Return what is known of each family of this pool."""
    found: dict[int, list[Passage]] = {}
    for passage in passages.values():
        found.setdefault(passage.family_id, []).append(passage)
    return [_of_family(pool, family) for family in found.values()]


def terms_in(text: str, locale: str, query: Query) -> frozenset[str]:
    """Return the terms of a text, as the collection that was asked has them."""
    return _terms_in(text, locale, query.splitter, query.steps)


@lru_cache(maxsize=4_000)
def _terms_in(text: str, locale: str, splitter: Splitter | None, steps: Steps) -> frozenset[str]:
    """Texts of late are remembered, for searches see many again."""
    return frozenset(terms(text, locale, splitter, steps))


def _of_family(pool: Pool, family: list[Passage]) -> Signals:
    if len(family) == 1:  # as most are in a large library: there is nothing to choose
        return _of_one(pool, family[0])
    dense = {p.chunk_id: pool.candidates[p.chunk_id].dense or 0.0 for p in family}
    lexical = {p.chunk_id: pool.candidates[p.chunk_id].lexical or 0.0 for p in family}
    most = max(lexical.values()) or 1.0
    body = [p for p in family if p.ordinal] or family
    has_choice = len(body) > 1 and any(p.ordinal == 1 for p in body)
    opening = _OPENING * _covered(pool, family[0]) if has_choice else 0.0
    best = max(
        body,
        key=lambda p: (
            dense[p.chunk_id]
            + lexical[p.chunk_id] / most
            + opening * (p.ordinal == 1)
            + _HEADED * _headed(pool, p),
            -p.ordinal,
        ),
    )
    lead = next((p for p in family if p.ordinal == 0), None)
    dense_best = max(dense.values())
    return Signals(
        best=best,
        dense=dense_best,
        lead=dense[lead.chunk_id] if lead and dense[lead.chunk_id] else _AS_LEAD * dense_best,
        lexical=max(lexical.values()),
        whole=pool.whole.get(lead.chunk_id, 0.0) if lead else 0.0,
    )


def _headed(pool: Pool, passage: Passage) -> float:
    """Return how well the heading of a piece says what was asked, if it does."""
    heading = passage.section.rsplit(JOIN, 1)[-1]
    if not heading:
        return 0.0
    asked, said = shares(heading, passage.locale, pool.query, pool.rarity)
    return 2 * asked * said / (asked + said) if asked >= _ASKED_FOR and said else 0.0


def _of_one(pool: Pool, passage: Passage) -> Signals:
    candidate = pool.candidates[passage.chunk_id]
    dense, is_lead = candidate.dense or 0.0, passage.ordinal == 0
    return Signals(
        best=passage,
        dense=dense,
        lead=dense if is_lead and dense else _AS_LEAD * dense,
        lexical=candidate.lexical or 0.0,
        whole=pool.whole.get(passage.chunk_id, 0.0) if is_lead else 0.0,
    )


def _covered(pool: Pool, passage: Passage) -> float:
    """Return the share of the question, weighted by rarity, that the article's title covers."""
    title = terms_in(passage.title, passage.locale, pool.query)
    asked = {t: w * pool.rarity.get(t, 1.0) for t, w in pool.query.weights.items()}
    total = sum(asked.values()) or 1.0
    return sum(weight for term, weight in asked.items() if term in title) / total


def _why(one: Signals, corrected: dict[str, str]) -> Why:
    return Why(
        dense=round(one.dense, 4),
        lexical=round(one.lexical, 3),
        lead=round(one.lead, 4),
        corrected=corrected,
    )


def with_words(hit: Hit, words: tuple[str, ...]) -> Hit:
    """Return the hit with the words of the question that stand in its passage."""
    return replace(hit, why=replace(hit.why, words=words))
