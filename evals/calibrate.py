"""Fit the confidence: how often was the first hit right, given what search saw of it?

Right means: a judged article of the question came first. Questions that nothing here answers are
asked, too: those of the other sets, gibberish, and files of strangers. The tuning half only is
fitted; the reporting half shows how well the probability holds.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals import risk, strangers
from evals.ask import Asked, Manner, ask_all
from evals.datasets import golden
from evals.datasets.golden import Dataset, Part, Query
from evals.risk import Judged
from evals.scorers import is_right
from evals.strangers import source_of
from evals.workspace import Workspace, workspace
from kb.config import Config
from kb.terminal import Progress
from retrieval import confidence
from retrieval.confidence import CALIBRATION, OTHER_MODEL, probability
from retrieval.evidence import FEATURES

_STRANGE_SHARE = 0.35
"""Strangers count this much of a set's own questions, however many of them were asked."""
_ASKED_SHARE = 0.25
"""So many questions of other sets, and so many strangers, are asked for one of the set's own."""
_PULL = 0.002
"""How strongly weights are held small (L2), over standardised features."""
_LEAST_SPREAD = 1e-6
"""A feature that is the same everywhere gets no weight, and is no division by zero."""
_PRECISIONS = (*(at / 100 for at in range(50, 100, 5)), 0.98, 0.99)
_LOCALES = ("de", "en")
_STRANGE = "stranger"
_SEED = 7


@dataclass(frozen=True)
class Example:
    """What search saw of one question, and whether its first hit was right."""

    dataset: str
    lang: str
    found: Mapping[str, float]
    right: bool
    is_tuning: bool
    answerable: bool
    is_judged: bool = True
    """Its set says which questions have no answer; else others than the judged may help, too."""
    weight: float = 1.0
    """Every data set counts alike, however many questions it has."""


@dataclass(frozen=True)
class Fitted:
    """The calibration as it was written, and how it holds on the reporting half."""

    weights: dict[str, dict[str, float]]
    thresholds: dict[str, list[tuple[float, float]]]
    figures: dict[str, dict[str, Any]]
    """By language; see `risk.figures`."""


def calibrate(
    names: Sequence[str], config: Config, progress: Progress, strange: Sequence[Path] = ()
) -> Fitted:
    """Ask the questions of several sets, fit, and write `retrieval/calibration.json`.

    Args:
        names: data set folders, or `demo`.
        config: the settings; the model they name is the one the calibration is for.
        progress: told what is going on.
        strange: files of questions that none of the sets answers.
    """
    loaded = [golden.load(name) for name in names]
    asked: list[tuple[Dataset, list[Asked]]] = []
    mark = ""
    for mixed in with_strangers(loaded, strange):
        with workspace(mixed, config, progress) as place:
            mark = place.engines.fingerprint
            asked.append((mixed, ask_for_confidence(mixed, place, config, progress)))
    return fit(asked, mark)


def ask_for_confidence(
    dataset: Dataset, place: Workspace, config: Config, progress: Progress
) -> list[Asked]:
    """Ask as customers would."""
    return ask_all(dataset, place, Manner(precision=config.answer_precision), progress)


def fit(asked: Sequence[tuple[Dataset, list[Asked]]], mark: str) -> Fitted:
    """Fit on the tuning halves, write `retrieval/calibration.json`, judge on the others."""
    examples = [one for dataset, found in asked for one in _examples(dataset, found)]
    weights, thresholds = learn(examples)
    stored = {
        "fingerprint": mark,
        "data": {dataset.name: dataset.digest for dataset, _ in asked},
        "weights": weights,
        "thresholds": thresholds,
    }
    CALIBRATION.write_text(json.dumps(stored, indent=2) + "\n")
    confidence.load.cache_clear()
    held_back = [one for one in examples if not one.is_tuning]
    figures = {
        locale: risk.figures(
            [_judged(one, weights[locale]) for one in held_back if one.lang == locale]
        )
        for locale in _LOCALES
    }
    return Fitted(weights, thresholds, figures)


def learn(
    examples: Sequence[Example],
) -> tuple[dict[str, dict[str, float]], dict[str, list[tuple[float, float]]]]:
    """Return weights and thresholds by language, and for other models over all languages."""
    weights, thresholds = {}, {}
    for key in (*_LOCALES, OTHER_MODEL):
        among = [one for one in examples if one.is_tuning and (key in (OTHER_MODEL, one.lang))]
        weights[key] = _fit(among)
        thresholds[key] = _thresholds(_judged_well(among), weights[key])
    return weights, thresholds


def with_strangers(loaded: Sequence[Dataset], strange: Sequence[Path] = ()) -> list[Dataset]:
    """Return each set with questions added that nothing in it answers."""
    unknown = strangers.load(strange)
    return [
        _mixed(own, [other for other in loaded if other.corpus != own.corpus], unknown)
        for own in loaded
    ]


def _mixed(own: Dataset, others: Sequence[Dataset], unknown: Sequence[Query]) -> Dataset:
    wanted = int(len(own.queries) * _ASKED_SHARE) + 1
    foreign = [
        replace(query, id=f"{other.name}/{query.id}")
        for other in others
        for query in other.queries
        if query.answerable is not False
    ]
    added = (*_some(foreign, wanted), *_some(unknown, wanted))
    return replace(own, queries=(*own.queries, *(replace(q, group=_STRANGE) for q in added)))


def _some(queries: Iterable[Query], wanted: int) -> list[Query]:
    """Return so many questions, a fixed choice, of each language and of each source alike."""
    shuffled = list(queries)
    Random(_SEED).shuffle(shuffled)  # noqa: S311  # a fixed choice, not a secret
    found = []
    for locale in _LOCALES:
        sources: dict[str, list[Query]] = {}
        for query in shuffled:
            if query.locale == locale:
                sources.setdefault(source_of(query.id), []).append(query)
        by_turns = [one for turn in zip_longest(*sources.values()) for one in turn if one]
        found += by_turns[: -(-wanted // len(_LOCALES))]
    return found


def _examples(dataset: Dataset, asked: Sequence[Asked]) -> list[Example]:
    known = {query.id: query for query in dataset.queries}
    strange = sum(query.group == _STRANGE for query in dataset.queries)
    own = len(dataset.queries) - strange
    is_judged = any(q.answerable is False for q in dataset.queries if q.group != _STRANGE)
    return [
        Example(
            dataset=dataset.name,
            lang=one.lang,
            found=one.features,
            right=is_right(dataset, one),
            is_tuning=known[one.query_id].split == Part.TUNING,
            answerable=one.query_id in dataset.qrels,
            is_judged=is_judged,
            weight=_STRANGE_SHARE / strange
            if known[one.query_id].group == _STRANGE
            else 1.0 / own,
        )
        for one in asked
    ]


def _fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights of a logistic regression in which nothing may speak against a hit.

    Each set has a bias of its own while the weights are learnt, for where only one article of
    several that help was judged, less is counted right than is. The bias that is kept is that of
    the sets which say what has no answer.
    """
    values = np.array([[example.found[name] for name in FEATURES] for example in examples])
    right = np.array([float(example.right) for example in examples])
    counted = np.array([example.weight for example in examples])
    names = sorted({example.dataset for example in examples})
    sets = np.array([[example.dataset == name for name in names] for example in examples])
    middle, spread = values.mean(axis=0), values.std(axis=0) + _LEAST_SPREAD
    scaled = np.column_stack([(values - middle) / spread, sets])
    found = minimize(
        loss_and_slope,
        np.zeros(scaled.shape[1]),
        args=(scaled, right, counted / counted.sum()),
        jac=True,
        method="L-BFGS-B",
        bounds=[*([(0.0, None)] * len(FEATURES)), *([(None, None)] * len(names))],
    )
    raw = found.x[: len(FEATURES)] / spread
    judged = {example.dataset for example in _judged_well(examples)}
    own = [
        bias for name, bias in zip(names, found.x[len(FEATURES) :], strict=True) if name in judged
    ]
    return {
        "bias": round(fmean(own) - float(raw @ middle), 4),
        **{name: round(float(weight), 4) for name, weight in zip(FEATURES, raw, strict=True)},
    }


def _judged_well(examples: Sequence[Example]) -> list[Example]:
    """Return those of sets that say which questions have no answer; all, if there is none."""
    return [one for one in examples if one.is_judged] or list(examples)


def loss_and_slope(
    weights: NDArray[np.float64],
    values: NDArray[np.float64],
    right: NDArray[np.float64],
    counted: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64]]:
    """Return the mean log loss and its slope; weights of features are held small, biases not."""
    total = values @ weights
    loss = float(counted @ (np.logaddexp(0.0, total) - right * total))
    slope = values.T @ (counted * (1 / (1 + np.exp(-total)) - right))
    held = np.where(np.arange(len(weights)) < len(FEATURES), weights, 0.0)
    return loss + _PULL * float(held @ held), slope + 2 * _PULL * held


def _thresholds(
    examples: Sequence[Example], weights: Mapping[str, float]
) -> list[tuple[float, float]]:
    """Return, for each precision, the smallest confidence from which it was seen; rising."""
    told = sorted(
        ((probability(one.found, weights), one.right, one.weight) for one in examples),
        reverse=True,
    )
    seen = [(wanted, least(told, wanted)) for wanted in _PRECISIONS]
    return [(wanted, max(need for lower, need in seen if lower <= wanted)) for wanted, _ in seen]


def least(told: Sequence[tuple[float, bool, float]], wanted: float) -> float:
    """Return from which confidence the wanted share was right; what was never seen is believed.

    Of equal confidences all are answered, so only the last of them can be the least.
    """
    total = counted = 0.0
    found = wanted
    for at, (probable, right, weight) in enumerate(told):
        total += right * weight
        counted += weight
        is_last = at + 1 == len(told) or told[at + 1][0] < probable
        if is_last and total / counted >= wanted:
            found = probable
    return round(found, 4)


def _judged(example: Example, weights: Mapping[str, float]) -> Judged:
    return Judged(probability(example.found, weights), example.right, example.answerable)
