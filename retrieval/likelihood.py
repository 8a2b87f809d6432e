"""How likely is it that a suggestion helps with a case? A probability, fitted on solved cases.

A small logistic regression over a few readable numbers, learnt by `lotse eval train-assist` on the
tuning half of held-out solved cases, with cases of strangers that nothing here solves. Scores of
articles and of solved cases cannot be compared by themselves; these probabilities can. With them
comes the probability from which what was shown was right often enough: only that is said to fit.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path

LIKELIHOOD = Path(__file__).with_name("likelihood.json")
FEATURES = ("solution", "score", "share", "sure")
"""solution: 1 for a solved case, 0 for an article.
score: mean score over the looks at the case, 0 to 1.
share: the same as a share of the best of its kind.
sure: how sure search was of the first hit of its kind, at the surest look.
"""


@dataclass(frozen=True)
class Likelihood:
    """What was learnt."""

    weights: Mapping[str, float]
    """With `bias`."""
    fits: float
    """Probability from which a suggestion is said to fit."""
    least: float
    """Below this it is filler, and not even a maybe."""

    def of(self, found: Mapping[str, float]) -> float:
        """Return the probability that this suggestion is the right one."""
        total = self.weights["bias"] + sum(self.weights[name] * found[name] for name in FEATURES)
        return round(1 / (1 + exp(-max(min(total, 30.0), -30.0))), 4)


@lru_cache(maxsize=1)
def load() -> Likelihood:
    """Return what ships with the code."""
    stored = json.loads(LIKELIHOOD.read_text())
    return Likelihood(stored["weights"], stored["fits"], stored["least"])
