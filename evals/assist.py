"""How often assist suggests what helps, and how far "this fits" can be trusted.

Solved cases are asked as they came in, with their own solution held out; right is the article
that helped, or a solved case of the same article. Cases of strangers, which nothing here solves,
show whether nothing is said to fit. What is learnt is learnt on tuning halves.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals import risk, suggest
from evals.calibrate import least
from evals.compare import interval
from evals.datasets import solved
from evals.datasets.golden import Part
from evals.datasets.solved import SolvedCases
from evals.risk import Judged
from evals.suggest import Asked
from evals.workspace import Corpus, indexed
from kb.access import Audience
from kb.config import LOCALES, Config
from kb.terminal import Progress
from retrieval import likelihood
from retrieval.likelihood import FEATURES, LIKELIHOOD, Likelihood

WANTED = 0.8
"""What is said to fit shall be right this often."""
_FILLER = 0.05
_STRANGE_SHARE = 0.35
"""Strangers count this much of the set's own cases, however many of them were asked."""
_PULL = 0.0003
_FIRST = 3
_SPARE = 1e-6


@dataclass(frozen=True)
class Order:
    """What to ask."""

    dataset: str
    strangers: tuple[Path, ...] = ()
    """Folders of cases that nothing in the set solves."""
    sample: int = 0
    """Cases a language; 0 means all."""
    strange: int = 60
    """Cases of each folder of strangers, a language."""


def measure(order: Order, config: Config, progress: Progress) -> dict[str, Any]:
    """Ask, and return all figures: by half and language, counts beside every share."""
    data = solved.load(order.dataset)
    asked = ask(order, data, config, progress)
    told: dict[str, Any] = {"dataset": data.name, "digest": data.digest}
    for part in (Part.TUNING, Part.REPORTING, Part.ALL):
        of_part = [one for one in asked if part in {Part.ALL, one.split}]
        told[str(part)] = {
            locale: figures([one for one in of_part if one.locale == locale]) for locale in LOCALES
        }
    return told


def ask(order: Order, data: SolvedCases, config: Config, progress: Progress) -> list[Asked]:
    """Index the set in a home of its own and ask for its cases, then for the strangers'."""
    corpora = [Corpus(data.file, Audience.STAFF)]
    corpora += [Corpus(data.articles)] if data.articles else []
    corpora += [Corpus(data.staff, Audience.STAFF)] if data.staff else []
    with indexed(corpora[::-1], config, progress) as place:
        cases = solved.some(data.cases, order.sample)
        asked = suggest.ask_all(place, cases, progress, known=data.cases)
        for folder in order.strangers:
            strange = solved.some(solved.load(str(folder)).cases, order.strange)
            asked += suggest.ask_all(place, strange, progress)
    return asked


def figures(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return how good suggestions were for some cases."""
    own = [one for one in asked if one.right]
    strange = [one for one in asked if one.is_stranger]
    shown = suggest.suggestions([*own, *strange])
    fitting = [(one, offered) for one, offered in shown if offered.fits]
    judged = [Judged(offered.probability, offered.subject in one.right) for one, offered in shown]
    fit_own = [(one, offered) for one, offered in fitting if not one.is_stranger]
    return {
        "cases": len(own),
        **_ranking(own),
        "said to fit": len(fit_own),
        "of these right": sum(offered.subject in one.right for one, offered in fit_own),
        "cases with one that fits": len({one.key for one, _ in fit_own}),
        "strangers": len(strange),
        "strangers told that something fits": len(
            {one.key for one, _ in fitting if one.is_stranger}
        ),
        "strangers shown nothing at all": sum(not one.shown for one in strange),
        "probability off by": risk.error(risk.bins(judged)),
        "ms, median": round(float(np.median([one.ms for one in asked] or [0.0])), 1),
    }


def _ranking(own: Sequence[Asked]) -> dict[str, Any]:
    """Return how often what helps is first, or among the first three, against plain search."""
    told: dict[str, Any] = {}
    for first in (1, _FIRST):
        ours = np.array([float(one.is_right(one.ranked, first)) for one in own])
        plain = np.array([float(one.is_right(one.dense, first)) for one in own])
        low, high = interval(ours - plain) if own else (0.0, 0.0)
        told |= {
            f"right in first {first}": int(ours.sum()),
            f"plain dense, right in first {first}": int(plain.sum()),
            f"difference, first {first}": [
                round(float(value), 3)
                for value in (ours.mean() - plain.mean() if own else 0.0, low, high)
            ],
        }
    return told


def train(order: Order, config: Config, progress: Progress) -> Likelihood:
    """Learn how likely suggestions are, on the tuning half, and write it beside the code."""
    data = solved.load(order.dataset)
    tuning = [one for one in ask(order, data, config, progress) if one.split is Part.TUNING]
    weights = learn(tuning)
    found = Likelihood(weights, fits=_from(tuning, weights), least=_FILLER)
    stored = {
        "data": {data.name: data.digest},
        "weights": found.weights,
        "fits": found.fits,
        "least": found.least,
    }
    LIKELIHOOD.write_text(json.dumps(stored, indent=2) + "\n")
    likelihood.load.cache_clear()
    return found


def learn(asked: Sequence[Asked]) -> dict[str, float]:
    """Return the weights of a logistic regression in which no sign may speak against a hit."""
    rows = [
        ([found[name] for name in FEATURES], float(subject in one.right), weight)
        for one, weight in _weighed(asked)
        for subject, found in one.evidence
    ]
    values = np.array([row[0] for row in rows])
    right, counted = (np.array([row[at] for row in rows]) for at in (1, 2))
    middle, spread = values.mean(axis=0), values.std(axis=0) + _SPARE
    scaled = np.column_stack([np.ones(len(rows)), (values - middle) / spread])
    free, risen = (None, None), (0.0, None)
    fitted = minimize(
        loss_and_slope,
        np.zeros(scaled.shape[1]),
        args=(scaled, right, counted / counted.sum()),
        jac=True,
        method="L-BFGS-B",
        bounds=[free, free, *[risen] * (len(FEATURES) - 1)],
    ).x
    raw = fitted[1:] / spread
    told = {"bias": float(fitted[0] - raw @ middle)}
    told |= {name: float(weight) for name, weight in zip(FEATURES, raw, strict=True)}
    return {name: round(weight, 4) for name, weight in told.items()}


def loss_and_slope(
    weights: NDArray[np.float64],
    values: NDArray[np.float64],
    right: NDArray[np.float64],
    counted: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64]]:
    """Return the mean log loss and its slope; all weights but the bias are held small."""
    total = values @ weights
    loss = float(counted @ (np.logaddexp(0.0, total) - right * total))
    slope = values.T @ (counted * (1 / (1 + np.exp(-total)) - right))
    held = np.concatenate([[0.0], weights[1:]])
    return loss + _PULL * float(held @ held), slope + 2 * _PULL * held


def _weighed(asked: Sequence[Asked]) -> list[tuple[Asked, float]]:
    own = sum(not one.is_stranger for one in asked)
    strange = len(asked) - own
    share = _STRANGE_SHARE * own / strange if strange else 0.0
    return [(one, share if one.is_stranger else 1.0) for one in asked]


def _from(asked: Sequence[Asked], weights: dict[str, float]) -> float:
    """Return the probability from which the wanted share was right."""
    learnt = Likelihood(weights, 0.0, 0.0)
    told = [
        (learnt.of(found), subject in one.right, weight)
        for one, weight in _weighed(asked)
        for subject, found in one.evidence
    ]
    return least(sorted(told, key=lambda one: -one[0]), WANTED)
