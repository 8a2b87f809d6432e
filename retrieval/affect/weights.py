"""How much each cue and each direction of meaning counts: frozen, with what they were fitted to.

`lotse eval train-affect` writes the file. Its digest is checked when it is read, and what does not
fit is not used: everything is then taken for calm.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.text import digest
from retrieval.affect.cues import FEATURES

WEIGHTS = Path(__file__).with_name("weights.json")
SCHEMA = 1
Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Regression:
    """A logistic regression: a row of weights for each class."""

    classes: tuple[str, ...]
    bias: Rows
    cues: Rows
    """(classes, cues)"""
    meaning: Rows
    """(classes, dimensions); no column where the meaning is not looked at."""


@dataclass(frozen=True)
class Weights:
    """One pair of regressions with the meaning, one of cues alone for all other models."""

    fingerprint: str
    with_meaning: Mapping[str, Regression]
    alone: Mapping[str, Regression]


class Unreadable(ValueError):
    """The file is missing, or not the one that was frozen."""


@lru_cache(maxsize=1)
def load() -> Weights:
    """Return the weights that ship with the code.

    Raises:
        Unreadable: there are none to rely on.
    """
    try:
        stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        if stored.pop("digest") != digest(packed(stored)) or stored["schema"] != SCHEMA:
            raise Unreadable("the weights are not those that were frozen")
        if tuple(stored["cues"]) != tuple(map(str, FEATURES)):
            raise Unreadable("the weights are for other cues")
        return Weights(
            stored["fingerprint"], _regressions(stored["meaning"]), _regressions(stored["alone"])
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise Unreadable(type(error).__name__) from error


def packed(stored: Mapping[str, Any]) -> str:
    """Return what the digest is taken of."""
    return json.dumps(stored, sort_keys=True, ensure_ascii=False)


def _regressions(stored: Mapping[str, Any]) -> dict[str, Regression]:
    return {
        name: Regression(
            tuple(one["classes"]),
            np.array(one["bias"]),
            np.array(one["cues"]),
            np.array(one["meaning"]).reshape(len(one["classes"]), -1),
        )
        for name, one in stored.items()
    }
