"""How much each signal of an article counts: four readable numbers per language.

Weights are learnt by `lotse eval train-ranker` on tuning halves and frozen in `ranker.json`, with
the fingerprint of the model they were learnt for and the digests of the data. For another model,
weights learnt over both languages together are used; without the file, a fixed mix.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

RANKER = Path(__file__).with_name("ranker.json")
FEATURES = ("dense", "lead", "lexical", "whole")
"""Each as a share of the best article's for this question, 0 to 1.

dense: the nearest passage. lead: the article's opening, with title and headings. lexical: BM25 of
the best passage. whole: BM25 of the whole article.
"""

_FIXED = {"dense": 0.3, "lead": 0.25, "lexical": 0.15, "whole": 0.3}
OTHER_MODEL = "default"


@dataclass(frozen=True)
class Ranker:
    """Weights by language; those of one language sum to 1, so that scores lie between 0 and 1."""

    fingerprint: str
    weights: Mapping[str, Mapping[str, float]]

    def for_model(self, mark: str, locale: str) -> Mapping[str, float]:
        """Return the weights for a language, by the model that is in use."""
        key = locale if mark == self.fingerprint else OTHER_MODEL
        return self.weights.get(key, _FIXED)


@lru_cache(maxsize=1)
def load() -> Ranker:
    """Return the weights that ship with the code."""
    try:
        stored = json.loads(RANKER.read_text())
        return Ranker(stored["fingerprint"], stored["weights"])
    except (OSError, ValueError, KeyError, TypeError):
        return Ranker("", {})


def shares(found: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Return each signal as a share of the best one of this question; what speaks against is 0."""
    best = {name: max((one[name] for one in found), default=0.0) for name in FEATURES}
    return [
        {name: max(one[name], 0.0) / best[name] if best[name] > 0 else 0.0 for name in FEATURES}
        for one in found
    ]


def scores(found: Sequence[Mapping[str, float]], weights: Mapping[str, float]) -> list[float]:
    """Return the weighted mean of the shares, 0 to 1; a signal nobody has does not count."""
    told = shares(found)
    there = [name for name in FEATURES if any(one[name] for one in told)]
    total = sum(weights[name] for name in there)
    if not total:
        return [0.0 for _ in found]
    return [sum(weights[name] * one[name] for name in there) / total for one in told]
