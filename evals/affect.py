"""Learn how words sound from the tuning split; measure it on the holdout, by class and language.

Each utterance is learnt from three times, twice with half of its telling words hidden at random:
what people write has mostly other words than ours, so the meaning must be able to tell alone.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evals.datasets import utterances
from evals.datasets.utterances import Split, Utterance
from kb.affect import Affect, Mood, Urgency
from kb.config import LOCALES, Config
from kb.text import digest
from retrieval.affect import cues, weights
from retrieval.affect.estimate import judge
from retrieval.assembly import build_engines
from retrieval.index.stack import Engines

_SEED = 7
_HIDDEN = 0.5
_HIDDEN_TIMES = 2
_HIDDEN_WEIGHT = 0.5
_MEANING = 3.0
"""How much the meaning may say beside the cues; chosen with the next by cross-validation."""
_LOOSE = 3.0
"""How freely weights may grow (inverse of L2)."""
_CLASSES = {"mood": tuple(map(str, Mood)), "urgency": tuple(map(str, Urgency))}
Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Score:
    """How well one class was told in one language."""

    lang: str
    name: str
    n: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Measured:
    """What was measured of one way to estimate."""

    way: str
    digest: str
    scores: tuple[Score, ...]
    confusion: dict[str, dict[tuple[str, str], int]]
    """By what is told: (label, estimate) -> count."""
    missed: tuple[str, ...]
    """Ids of those told wrong."""
    milliseconds: float
    """Of one estimate, its vector not counted."""


def train(config: Config) -> None:
    """Learn from the tuning split, and write `retrieval/affect/weights.json`."""
    data = utterances.load(Split.TUNING)
    engines = build_engines(config)
    seen = np.array([_cues(one) for one in data.all])
    meant = np.vstack([engines.meaning(one.text) for one in data.all]).astype(np.float64)
    stored = {
        "schema": weights.SCHEMA,
        "data": {"affect": data.digest},
        "fingerprint": engines.fingerprint,
        "cues": [str(name) for name in cues.FEATURES],
        "meaning": _fitted(data.all, seen, meant),
        "alone": _fitted(data.all, seen, meant[:, :0]),
    }
    stored["digest"] = digest(weights.packed(stored))
    weights.WEIGHTS.write_text(json.dumps(stored) + "\n", encoding="utf-8")
    weights.load.cache_clear()


def measure(config: Config, split: Split = Split.HOLDOUT) -> list[Measured]:
    """Measure with the model in the settings, and with cues alone."""
    data = utterances.load(split)
    engines = build_engines(config)
    known = weights.load()

    def with_meaning(one: Utterance) -> Affect:
        return judge(known, one.text, engines.meaning(one.text), engines.mark)

    def alone(one: Utterance) -> Affect:
        return judge(known, one.text)

    _warm(engines, data.all)
    return [
        _measured("cues and meaning", data, with_meaning),
        _measured("cues alone", data, alone),
    ]


def _warm(engines: Engines, all_: Sequence[Utterance]) -> None:
    for one in all_:
        engines.meaning(one.text)


def _cues(one: Utterance) -> list[float]:
    seen = cues.read(one.text)
    return [seen[str(name)] for name in cues.FEATURES]


def _fitted(all_: Sequence[Utterance], seen: Rows, meant: Rows) -> dict[str, dict[str, object]]:
    return {
        told: _fit(seen, meant, [str(getattr(one, told)) for one in all_], classes)
        for told, classes in _CLASSES.items()
    }


def _fit(
    seen: Rows, meant: Rows, labels: Sequence[str], classes: tuple[str, ...]
) -> dict[str, object]:
    random = np.random.default_rng(_SEED)
    telling = len(cues.REASONS)
    rows, counted = [seen], [np.ones(len(seen))]
    for _ in range(_HIDDEN_TIMES):
        hidden = seen.copy()
        hidden[:, :telling] *= random.random((len(seen), telling)) > _HIDDEN
        rows.append(hidden)
        counted.append(np.full(len(seen), _HIDDEN_WEIGHT))
    times = 1 + _HIDDEN_TIMES
    values = np.hstack([np.vstack(rows), np.tile(meant, (times, 1)) * _MEANING])
    wanted = np.tile([classes.index(label) for label in labels], times)
    found = LogisticRegression(C=_LOOSE, max_iter=2_000).fit(
        values, wanted, sample_weight=np.concatenate(counted)
    )
    weight, bias = found.coef_, found.intercept_
    if len(classes) == 2:  # noqa: PLR2004  # sklearn tells two classes by one row
        weight, bias = np.vstack([-weight, weight]) / 2, np.array([-bias[0], bias[0]]) / 2
    width = seen.shape[1]
    return {
        "classes": list(classes),
        "bias": np.round(bias, 4).tolist(),
        "cues": np.round(weight[:, :width], 4).tolist(),
        "meaning": np.round(weight[:, width:] * _MEANING, 4).tolist(),
    }


def _measured(
    way: str, data: utterances.Utterances, estimate: Callable[[Utterance], Affect]
) -> Measured:
    started = perf_counter()
    found = [estimate(one) for one in data.all]
    spent = (perf_counter() - started) * 1000 / len(data.all)
    pairs = list(zip(data.all, found, strict=True))
    return Measured(
        way=way,
        digest=data.digest,
        scores=tuple(
            _score(pairs, lang, told, name)
            for lang in LOCALES
            for told, classes in _CLASSES.items()
            for name in classes
        ),
        confusion={told: _confusion(pairs, told) for told in _CLASSES},
        missed=tuple(
            one.id for one, got in pairs if (one.mood, one.urgency) != (got.mood, got.urgency)
        ),
        milliseconds=spent,
    )


def _score(pairs: Sequence[tuple[Utterance, Affect]], lang: str, told: str, name: str) -> Score:
    own = [
        (getattr(one, told) == name, getattr(got, told) == name)
        for one, got in pairs
        if one.lang == lang
    ]
    right = sum(is_so and said for is_so, said in own)
    there, said = sum(is_so for is_so, _ in own), sum(said for _, said in own)
    precision = right / said if said else 0.0
    recall = right / there if there else 0.0
    both = precision + recall
    return Score(
        lang, name, there, precision, recall, 2 * precision * recall / both if both else 0.0
    )


def _confusion(pairs: Sequence[tuple[Utterance, Affect]], told: str) -> dict[tuple[str, str], int]:
    names = _CLASSES[told]
    counted = {(label, got): 0 for label in names for got in names}
    for one, got in pairs:
        counted[str(getattr(one, told)), str(getattr(got, told))] += 1
    return counted


def told(measured: Sequence[Measured]) -> list[dict[str, object]]:
    """Return the figures as they are written down."""
    return [
        {
            "way": one.way,
            "data": one.digest,
            "scores": [asdict(score) for score in one.scores],
            "confusion": {
                name: {f"{label} as {got}": count for (label, got), count in counted.items()}
                for name, counted in one.confusion.items()
            },
            "missed": list(one.missed),
            "milliseconds": round(one.milliseconds, 3),
        }
        for one in measured
    ]
