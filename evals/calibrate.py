"""Fit the confidence: how often was the first hit right, given what search saw of it?

Right means: a judged article of the question came first. Questions of other sets are asked, too:
nothing answers them here. The tuning half only is fitted; the reporting half shows how well the
probability holds.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evals import datasets
from evals.ask import Asked, System, ask_all
from evals.datasets import Dataset, Part
from evals.scorers import is_right
from evals.workspace import Workspace, workspace
from kb.config import Config
from kb.terminal import Progress
from retrieval import confidence
from retrieval.confidence import CALIBRATION, FEATURES

_FOREIGN_SHARE = 0.4
_BINS = 10
_SEED = 7


@dataclass(frozen=True)
class Example:
    """What search saw of one question, and whether its first hit was right."""

    lang: str
    values: tuple[float, ...]
    right: bool
    is_tuning: bool
    weight: float = 1.0
    """Every data set counts alike, however many questions it has."""


@dataclass(frozen=True)
class Bin:
    """Questions of about the same confidence, and how many of them were right."""

    low: float
    n: int
    expected: float
    right: float


@dataclass(frozen=True)
class Fitted:
    """The calibration as it was written, and how it holds on the reporting half."""

    weights: dict[str, dict[str, float]]
    bins: dict[str, list[Bin]]
    error: dict[str, float]
    """Expected calibration error per language: mean distance of probability and share."""


def calibrate(names: Sequence[str], config: Config, progress: Progress) -> Fitted:
    """Ask the questions of several sets, fit, and write `retrieval/calibration.json`.

    Args:
        names: data set folders, or `demo`.
        config: the settings; the model they name is the one the calibration is for.
        progress: told what is going on.
    """
    loaded = [datasets.load(name) for name in names]
    asked: list[tuple[Dataset, list[Asked]]] = []
    mark = ""
    for mixed in with_strangers(loaded):
        with workspace(mixed, config, progress) as place:
            mark = place.engines.fingerprint
            asked.append((mixed, ask_for_confidence(mixed, place, config, progress)))
    return fit(asked, mark)


def ask_for_confidence(
    dataset: Dataset, place: Workspace, config: Config, progress: Progress
) -> list[Asked]:
    """Ask as customers would."""
    return ask_all(
        dataset,
        place,
        system=System.HYBRID,
        locale_filter=False,
        threshold=config.answer_threshold,
        progress=progress,
    )


def fit(asked: Sequence[tuple[Dataset, list[Asked]]], mark: str) -> Fitted:
    """Fit on the tuning halves, write `retrieval/calibration.json`, judge on the others."""
    examples = [
        _example(dataset, one, weight=1_000 / len(found))
        for dataset, found in asked
        for one in found
    ]
    weights = {
        locale: _fit([e for e in examples if e.is_tuning and e.lang == locale])
        for locale in ("de", "en")
    }
    weights["default"] = _fit([e for e in examples if e.is_tuning])
    stored = {
        "fingerprint": mark,
        "data": {dataset.name: dataset.digest for dataset, _ in asked},
        "weights": weights,
    }
    CALIBRATION.write_text(json.dumps(stored, indent=2) + "\n")
    confidence.load.cache_clear()
    report = {
        locale: _reliability(
            [e for e in examples if not e.is_tuning and e.lang == locale], weights[locale]
        )
        for locale in ("de", "en")
    }
    return Fitted(weights, report, {key: _error(bins) for key, bins in report.items()})


def with_strangers(loaded: Sequence[Dataset]) -> list[Dataset]:
    """Return each set with questions of the others added: nothing in it answers them."""
    return [_mixed(own, [other for other in loaded if other is not own]) for own in loaded]


def _mixed(own: Dataset, others: Sequence[Dataset]) -> Dataset:
    asked = [query for other in others for query in other.queries if query.answerable is not False]
    Random(_SEED).shuffle(asked)  # noqa: S311  # a fixed choice, not a secret
    wanted = int(len(own.queries) * _FOREIGN_SHARE)
    return replace(own, queries=(*own.queries, *asked[:wanted]))


def _example(dataset: Dataset, one: Asked, *, weight: float) -> Example:
    known = {query.id: query.split for query in dataset.queries}
    return Example(
        lang=one.lang,
        values=tuple(one.features[name] for name in FEATURES),
        right=is_right(dataset, one),
        is_tuning=known[one.query_id] == Part.TUNING,
        weight=weight,
    )


def _fit(examples: Sequence[Example]) -> dict[str, float]:
    values = np.array([example.values for example in examples])
    right = np.array([example.right for example in examples])
    counted = np.array([example.weight for example in examples])
    model = LogisticRegression(C=10.0, max_iter=2_000).fit(values, right, sample_weight=counted)
    weights = {name: round(float(w), 4) for name, w in zip(FEATURES, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 4), **weights}


def _reliability(examples: Sequence[Example], weights: dict[str, float]) -> list[Bin]:
    values = np.array([example.values for example in examples])
    right = np.array([float(example.right) for example in examples])
    told = _probabilities(values, weights)
    found = []
    for number in range(_BINS):
        inside = (told >= number / _BINS) & (told < (number + 1) / _BINS + 1e-9)
        if inside.any():
            found.append(
                Bin(
                    low=number / _BINS,
                    n=int(inside.sum()),
                    expected=round(float(told[inside].mean()), 3),
                    right=round(float(right[inside].mean()), 3),
                )
            )
    return found


def _probabilities(values: NDArray[np.float64], weights: dict[str, float]) -> NDArray[np.float64]:
    total = weights["bias"] + values @ np.array([weights[name] for name in FEATURES])
    return np.asarray(1 / (1 + np.exp(-total)), dtype=np.float64)


def _error(bins: Sequence[Bin]) -> float:
    everything = sum(one.n for one in bins) or 1
    return round(sum(one.n * abs(one.expected - one.right) for one in bins) / everything, 4)
