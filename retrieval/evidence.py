"""What speaks for the first hit: a few readable numbers, from what the search saw anyway.

Both languages are witnesses: where an article and its translation are found alike, chance is
unlikely. Nothing here costs another embedding or another look into an index.
"""

from collections.abc import Callable, Sequence
from statistics import fmean

from retrieval.fusion import terms_in
from retrieval.gather import Pool
from retrieval.index.collections import Slot
from retrieval.ranked import Ranked
from retrieval.results import Hit
from retrieval.titles import titled

FEATURES = (
    "meaning",
    "ahead",
    "elsewhere",
    "elsewhere_ahead",
    "covered",
    "known",
    "margin",
    "agreement",
    "titled",
)
"""meaning: how near the question is to the article, its best passage and its opening alike.
ahead: how much nearer its best passage is than that of any other article.
elsewhere: how near its translation is; where there is none, as near as itself.
elsewhere_ahead: how far its translation is ahead in that language's ranking, times elsewhere.
covered: share of the question's words, by rarity, that stand anywhere in the article.
known: share of the question's words that the collection has in some form.
margin: how far it is ahead of the next hit, times meaning: being far ahead of what does not fit
    either says nothing, and a question about something else often finds one stray word.
agreement: mean share of the best article's meaning, opening and words that it has.
titled: how well question and title say the same.
"""
_SIGNALS: tuple[Callable[[Hit], float], ...] = (
    lambda hit: hit.why.dense,
    lambda hit: hit.why.lead,
    lambda hit: hit.why.lexical,
)
_PIECES = 12
"""Pieces of an article that are looked through for words."""


def evidence(ranked: Ranked, hits: Sequence[Hit]) -> dict[str, float]:
    """Return what the confidence is estimated from; see FEATURES."""
    if not hits:
        return dict.fromkeys(FEATURES, 0.0)
    first = hits[0]
    slot = Slot(first.passage.kind, first.passage.locale)
    others = [
        hit
        for hit in ranked.hits.get(slot, ())
        if hit.passage.family_id != first.passage.family_id
    ]
    following = hits[1].score if len(hits) > 1 else 0.0
    elsewhere, elsewhere_ahead = _elsewhere(ranked, slot, first)
    meaning = (first.why.dense + first.why.lead) / 2
    return {
        "meaning": meaning,
        "ahead": first.why.dense - max((hit.why.dense for hit in others), default=0.0),
        "elsewhere": elsewhere,
        "elsewhere_ahead": elsewhere_ahead * max(elsewhere, 0.0),
        "covered": covered_by_article(ranked, slot, first),
        "known": known(ranked.pools.get(slot)),
        "margin": (first.score - following) * max(meaning, 0.0),
        "agreement": _agreement(first, others),
        "titled": _titled(ranked.pools.get(slot), first),
    }


def covered(pool: Pool | None, texts: Sequence[str], locale: str) -> float:
    """Return the share of the question's words, weighted by rarity, that stand in texts."""
    if pool is None or not pool.query.weights:
        return 0.0
    there = frozenset[str]().union(*(terms_in(text, locale, pool.query) for text in texts))
    got: dict[str, float] = {}
    most: dict[str, float] = {}
    rarity: dict[str, float] = {}
    for term, weight in pool.query.weights.items():
        word = pool.query.spelt[term]
        rarity[word] = max(rarity.get(word, 0.0), pool.rarity.get(term, 1.0))
        most[word] = max(most.get(word, 0.0), weight)
        said = pool.query.said(term) if term in there else 0.0
        got[word] = max(got.get(word, 0.0), said)
    total = sum(rarity.values()) or 1.0
    return sum(rarity[word] * min(got[word] / most[word], 1.0) for word in got) / total


def covered_by_article(ranked: Ranked, slot: Slot, hit: Hit) -> float:
    """Return how much of the question's words the pieces found of an article have."""
    passage = hit.passage
    pieces = [
        other
        for other in ranked.passages.get(slot, {}).values()
        if other.source_id == passage.source_id
    ]
    likely = sorted(pieces, key=lambda piece: (piece.chunk_id != passage.chunk_id, piece.ordinal))
    texts = [f"{piece.title} {piece.section} {piece.text}" for piece in likely[:_PIECES]]
    return covered(ranked.pools.get(slot), texts, passage.locale)


def known(pool: Pool | None) -> float:
    """Return the share of the question's words that the collection has, mended or in parts, too.

    A word that nothing has is as rare as can be: 1.
    """
    if pool is None:
        return 0.0
    commonest: dict[str, float] = {}
    for term in pool.query.weights:
        word = pool.query.spelt[term]
        commonest[word] = min(commonest.get(word, 1.0), pool.rarity.get(term, 1.0))
    return fmean(rarity < 1 for rarity in commonest.values()) if commonest else 0.0


def _elsewhere(ranked: Ranked, slot: Slot, first: Hit) -> tuple[float, float]:
    """Return how near the translation is, and how far ahead of the best other article there."""
    family = first.passage.family_id
    there = [
        (other, hits)
        for other, hits in ranked.hits.items()
        if other.kind is slot.kind and other.locale != slot.locale and hits
    ]
    hits = there[0][1] if there else ()
    mine = next((hit for hit in hits if hit.passage.family_id == family), None)
    if mine is None:  # most likely it is not translated, and that is nothing against it
        return first.why.dense, 0.0
    best = max((hit.score for hit in hits if hit.passage.family_id != family), default=0.0)
    return mine.why.dense, mine.score - best


def _titled(pool: Pool | None, first: Hit) -> float:
    passage = first.passage
    return titled(passage.title, passage.locale, pool.query, pool.rarity) if pool else 0.0


def _agreement(first: Hit, others: Sequence[Hit]) -> float:
    """Return the mean share of the best; a signal that nobody has does not count."""
    shares = []
    for signal in _SIGNALS:
        mine = max(signal(first), 0.0)
        best = max([mine, *(signal(hit) for hit in others)])
        shares += [mine / best] if best > 0 else []
    return fmean(shares) if shares else 0.0
