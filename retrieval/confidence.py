"""How sure is the first hit? A probability, fitted on questions with known answers.

The calibration is a small logistic regression over a few readable features. It carries the
fingerprint of the model it was fitted with; for another model the default one is used and said so.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path

from retrieval.fusion import terms_in
from retrieval.index.collections import Slot
from retrieval.index.stack import Engines
from retrieval.ranked import Ranked
from retrieval.results import Hit

CALIBRATION = Path(__file__).with_name("calibration.json")
FEATURES = ("dense", "lead", "coverage", "about", "margin", "words", "gap")


@dataclass(frozen=True)
class Calibration:
    """Weights of the logistic regression, per language, with the model they were fitted for."""

    fingerprint: str
    weights: Mapping[str, Mapping[str, float]]


def strengths(ranked: Ranked) -> dict[Slot, float]:
    """Return how well each slot fits the question, 0 to 1, so that slots can be compared.

    Scores of one slot are relative to its best hit; this puts slots of different kind and
    language on one scale: the best meaning and the covered share of the question's words.
    """
    found = {}
    for slot, hits in ranked.hits.items():
        if not hits:
            found[slot] = 0.0
            continue
        best = max(max(hit.why.dense, 0.0) for hit in hits[:3])
        covered = max(_coverage(ranked, slot, hit) for hit in hits[:3])
        found[slot] = 0.5 * best + 0.5 * covered
    top = max(found.values(), default=0.0) or 1.0
    return {slot: strength / top for slot, strength in found.items()}


def features(ranked: Ranked, hits: Sequence[Hit]) -> dict[str, float]:
    """Return what the confidence is estimated from; see FEATURES."""
    if not hits:
        return dict.fromkeys(FEATURES, 0.0)
    first = hits[0]
    slot = Slot(first.passage.kind, first.passage.locale)
    asked = ranked.pools[slot].query.weights if slot in ranked.pools else {}
    following = hits[1].score if len(hits) > 1 else 0.0
    others = [hit.why.dense for hit in hits[1:6]]
    return {
        "dense": first.why.dense,
        "lead": first.why.lead,
        "coverage": _coverage(ranked, slot, first),
        "about": _coverage(ranked, slot, first, by_lead=True),
        "margin": first.score - following,
        "words": min(len(asked), 8) / 8,
        "gap": first.why.dense - (sum(others) / len(others) if others else 0.0),
    }


def estimate(ranked: Ranked, hits: Sequence[Hit], engines: Engines, locale: str) -> float:
    """Return the probability, 0 to 1, that the first hit answers the question."""
    if not hits:
        return 0.0
    calibration = load()
    key = locale if calibration.fingerprint == engines.mark else "default"
    weights = calibration.weights[key]
    found = features(ranked, hits)
    total = weights["bias"] + sum(weights[name] * found[name] for name in FEATURES)
    return round(1 / (1 + exp(-max(min(total, 30.0), -30.0))), 4)


@lru_cache(maxsize=1)
def load() -> Calibration:
    """Return the calibration that ships with the code."""
    stored = json.loads(CALIBRATION.read_text())
    return Calibration(stored["fingerprint"], stored["weights"])


def _coverage(ranked: Ranked, slot: Slot, hit: Hit, *, by_lead: bool = False) -> float:
    """The share of the question's words, weighted by rarity, that stand in the hit's passage.

    By the lead: in title, summary, tags, headings and opening of the article.
    """
    pool = ranked.pools.get(slot)
    if pool is None or not pool.query.weights:
        return 0.0
    passage = hit.passage
    text = f"{passage.section} {passage.text}"
    if by_lead:
        text = next(
            (
                other.text
                for other in ranked.passages[slot].values()
                if other.ordinal == 0 and other.source_id == passage.source_id
            ),
            "",
        )
    there = terms_in(f"{passage.title} {text}", passage.locale)
    got: dict[str, float] = {}
    most: dict[str, float] = {}
    rarity: dict[str, float] = {}
    for term, weight in pool.query.weights.items():
        word = pool.query.spelt[term]
        rarity[word] = max(rarity.get(word, 0.0), pool.rarity.get(term, 1.0))
        most[word] = max(most.get(word, 0.0), weight)
        got[word] = max(got.get(word, 0.0), weight if term in there else 0.0)
    total = sum(rarity.values()) or 1.0
    return sum(rarity[word] * got[word] / most[word] for word in got) / total
