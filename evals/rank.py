"""Learn how much each signal counts, on the tuning halves of several data sets.

The model is conditional logit: of the articles found for a question, the right one should have the
highest weighted sum. Weights are not negative, so that every signal can only speak for an article;
they are learnt per language, every question counting alike, then scaled to sum to 1.
"""

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sqlmodel import Session

from evals.calibrate import Fitted, ask_for_confidence, fit, with_strangers
from evals.datasets import golden
from evals.datasets.golden import Dataset, Part, Query
from evals.workspace import Workspace, workspace
from kb.access import ANYONE
from kb.config import Config
from kb.terminal import Progress
from retrieval.fusion import signals
from retrieval.index.collections import Slot
from retrieval.ranker import FEATURES, OTHER_MODEL, RANKER, load, shares
from retrieval.results import Kind
from retrieval.search import Wish, rank

_PULL = 1e-4
"""How strongly weights are held small (L2), so that they stay finite where all is told apart.

Much more, and they are drawn towards one another instead of to what ranks best.
"""
_LOCALES = ("de", "en")


@dataclass(frozen=True)
class Question:
    """The signals of every article found in the asker's language, and which are right."""

    lang: str
    values: NDArray[np.float64]
    """(articles, features)"""
    right: NDArray[np.bool_]


@dataclass(frozen=True)
class Learnt:
    """Weights by language, how many questions they were learnt from, and the confidence after."""

    weights: dict[str, dict[str, float]]
    questions: dict[str, int]
    confidence: Fitted


def train_ranker(
    names: Sequence[str], config: Config, progress: Progress, strange: Sequence[Path] = ()
) -> Learnt:
    """Learn from the tuning halves, write `retrieval/ranker.json`, then fit the confidence anew.

    Args:
        names: data set folders, or `demo`; FOLDER@300 takes 300 of its articles (a fixed choice).
        config: the settings; the weights are for the model they name.
        progress: told what is going on.
        strange: files of questions that none of the sets answers, for the confidence.
    """
    with ExitStack() as stack:
        loaded = [_loaded(name, stack) for name in names]
        places = [stack.enter_context(workspace(one, config, progress)) for one in loaded]
        mark = places[0].engines.mark
        questions: list[Question] = []
        for one, place in zip(loaded, places, strict=True):
            questions += _ask(golden.only(one, Part.TUNING), place, progress)
        weights = _write(questions, mark, {one.name: one.digest for one in loaded})
        asked = []
        for mixed, place in zip(with_strangers(loaded, strange), places, strict=True):
            asked.append((mixed, ask_for_confidence(mixed, place, config, progress)))
    counts = {locale: sum(one.lang == locale for one in questions) for locale in _LOCALES}
    return Learnt(weights, counts, fit(asked, mark))


def _loaded(name: str, stack: ExitStack) -> Dataset:
    folder, _, size = name.partition("@")
    if size and not size.isdecimal():
        raise golden.UnusableDataset(f"{name}: a number of articles is wanted after the @")
    scratch = stack.enter_context(TemporaryDirectory(prefix="lotse-eval-"))
    return golden.load(folder, sample=int(size or 0), scratch=Path(scratch))


def _write(
    questions: Sequence[Question], mark: str, data: dict[str, str]
) -> dict[str, dict[str, float]]:
    weights = {
        locale: learn([one for one in questions if one.lang == locale]) for locale in _LOCALES
    }
    weights[OTHER_MODEL] = learn(questions)
    told = {"fingerprint": mark, "data": data, "weights": weights}
    RANKER.write_text(json.dumps(told, indent=2) + "\n")
    load.cache_clear()
    return weights


def _ask(half: Dataset, place: Workspace, progress: Progress) -> list[Question]:
    found = []
    judged = [query for query in half.queries if half.qrels.get(query.id)]
    with Session(place.engine) as session:
        for number, query in enumerate(judged, start=1):
            one = _question(session, half, place, query)
            found += [one] if one is not None else []
            progress("ask", number, len(judged))
    return found


def _question(session: Session, half: Dataset, place: Workspace, query: Query) -> Question | None:
    """Return what can be learnt from a question: nothing where no right article was found."""
    wish = Wish(query.text, query.locale, ANYONE, locales=(query.locale,))
    ranked = rank(session, place.engines, place.lexicons, wish)
    slot = Slot(Kind.PUBLIC, query.locale)
    if slot not in ranked.pools:
        return None
    found = signals(ranked.pools[slot], ranked.passages[slot])
    names = [place.documents[(one.best.family_id, one.best.locale)] for one in found]
    judged = half.qrels[query.id]
    good = {half.groups.get(doc, doc) for doc, relevance in judged.items() if relevance}
    right = np.array([half.groups.get(name, name) in good for name in names], dtype=bool)
    if not right.any() or right.all():
        return None
    told = shares([one._asdict() for one in found])
    values = np.array([[one[name] for name in FEATURES] for one in told])
    return Question(query.locale, values, right)


def learn(questions: Sequence[Question]) -> dict[str, float]:
    """Return the weights that put right articles first, as shares of 1."""
    start = np.full(len(FEATURES), 5.0)
    bounds = [(0, None)] * len(start)
    found = minimize(
        loss_and_slope, start, args=(questions,), jac=True, method="L-BFGS-B", bounds=bounds
    ).x
    part = found / (found.sum() or 1.0)
    return {name: round(float(share), 4) for name, share in zip(FEATURES, part, strict=True)}


def loss_and_slope(
    weights: NDArray[np.float64], questions: Sequence[Question]
) -> tuple[float, NDArray[np.float64]]:
    """Return minus the mean log probability of a right article, held small, and its gradient."""
    value, slope = 0.0, np.zeros_like(weights)
    for one in questions:
        told = one.values @ weights
        likely = np.exp(told - told.max())
        likely /= likely.sum()
        hit = likely[one.right].sum() + 1e-12
        value -= float(np.log(hit))
        among_right = np.where(one.right, likely / hit, 0.0)
        slope -= (among_right - likely) @ one.values
    total = len(questions) or 1
    held = _PULL * float(weights @ weights) / len(weights)
    return value / total + held, slope / total + 2 * _PULL * weights / len(weights)
