"""How sure is the first hit? A probability, fitted on questions with known answers.

The calibration is a small logistic regression over what `evidence` says. It carries the
fingerprint of the model it was fitted with; for another model the default one is used. With it
comes, for each precision an operator may want, the confidence from which answers kept it.
"""

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp
from pathlib import Path

from retrieval.evidence import FEATURES, covered, evidence
from retrieval.index.collections import Slot
from retrieval.index.stack import Engines
from retrieval.ranked import Ranked
from retrieval.results import Hit

CALIBRATION = Path(__file__).with_name("calibration.json")
OTHER_MODEL = "default"


@dataclass(frozen=True)
class Calibration:
    """Weights of the logistic regression, per language, with the model they were fitted for."""

    fingerprint: str
    weights: Mapping[str, Mapping[str, float]]
    thresholds: Mapping[str, Sequence[tuple[float, float]]] = field(default_factory=dict)
    """By language: wanted precision, and the confidence from which answers keep it; rising."""

    def key(self, mark: str, locale: str) -> str:
        """Return which weights to use for a language, by the model that is in use."""
        return locale if mark == self.fingerprint and locale in self.weights else OTHER_MODEL


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
        said = max(_covered(ranked, slot, hit) for hit in hits[:3])
        found[slot] = 0.5 * best + 0.5 * said
    top = max(found.values(), default=0.0) or 1.0
    return {slot: strength / top for slot, strength in found.items()}


def estimate(ranked: Ranked, hits: Sequence[Hit], engines: Engines, locale: str) -> float:
    """Return the probability, 0 to 1, that the first hit answers the question."""
    if not hits:
        return 0.0
    calibration = load()
    weights = calibration.weights[calibration.key(engines.mark, locale)]
    return probability(evidence(ranked, hits), weights)


def probability(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return what the logistic regression makes of the evidence."""
    total = weights["bias"] + sum(weights[name] * found[name] for name in FEATURES)
    return round(1 / (1 + exp(-max(min(total, 30.0), -30.0))), 4)


def threshold(precision: float, mark: str, locale: str) -> float:
    """Return the confidence from which answers are expected to be right this often.

    Args:
        precision: wanted share of right answers; 0 answers always.
        mark: the fingerprint of the model in use.
        locale: language of the question.
    """
    if precision <= 0:
        return 0.0
    calibration = load()
    known = calibration.thresholds.get(calibration.key(mark, locale), ())
    at = bisect_left([wanted for wanted, _ in known], precision)
    return known[at][1] if at < len(known) else precision


@lru_cache(maxsize=1)
def load() -> Calibration:
    """Return the calibration that ships with the code."""
    stored = json.loads(CALIBRATION.read_text())
    thresholds = {
        key: [(float(wanted), float(least)) for wanted, least in told]
        for key, told in stored["thresholds"].items()
    }
    return Calibration(stored["fingerprint"], stored["weights"], thresholds)


def _covered(ranked: Ranked, slot: Slot, hit: Hit) -> float:
    passage = hit.passage
    text = f"{passage.title} {passage.section} {passage.text}"
    return covered(ranked.pools.get(slot), [text], passage.locale)
