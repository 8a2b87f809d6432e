"""Is German as good as English? On sets that ask the same in both, article by article.

A line is an article that was asked for in both languages: how much better German did. Zero is
even; the interval says how much of a difference is chance.
"""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

import numpy as np
from rich_click import ClickException

from evals import run
from evals.bench import Bench
from evals.compare import interval
from evals.datasets.golden import Dataset
from evals.measures import MEASURES, About, Row, row
from evals.run import Measures
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task

BOTH = "de-en"


class NotParallel(ClickException):
    """No article of the set is asked for in both languages."""


def measure(bench: Bench, name: str) -> EvalRun:
    """Compare the languages on what search did.

    Raises:
        NotParallel: there is nothing to compare.
    """
    data, own = bench.data(name), bench.measured(name).run
    rows, found = compare(data, own.per_query)
    measures = Measures(data.name, data.digest, found, rows)
    return run.as_run(Task.PARITY, measures, system=own.system, fingerprint=own.fingerprint)


def compare(
    dataset: Dataset, scored: Sequence[Mapping[str, Any]]
) -> tuple[list[Row], dict[str, Any]]:
    """Return a line for each article, and both means, their difference and its interval.

    Raises:
        NotParallel: there is nothing to compare.
    """
    families: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for one in scored:
        if one["scope"] == "own":
            family = min(dataset.qrels[one["query_id"]]).rsplit("::", 1)[0]
            families.setdefault(family, {}).setdefault(one["lang"], []).append(one)
    pairs = {name: told for name, told in families.items() if {"de", "en"} <= told.keys()}
    if not pairs:
        raise NotParallel(f"{dataset.name} asks for no article in both languages")
    names = MEASURES[Task.PARITY]
    means = {
        (family, name): tuple(fmean(one[name] for one in told[lang]) for lang in ("de", "en"))
        for family, told in sorted(pairs.items())
        for name in names
    }
    rows = [
        row(
            Task.PARITY,
            About(family, BOTH, str(told["de"][0]["split"])),
            {name: round(means[family, name][0] - means[family, name][1], 4) for name in names},
        )
        for family, told in sorted(pairs.items())
    ]
    return rows, {"parity": {name: _figures(name, means) for name in names}}


def _figures(name: str, means: Mapping[tuple[str, str], Sequence[float]]) -> dict[str, float]:
    german, english = np.array([pair for (_, about), pair in means.items() if about == name]).T
    low, high = interval(german - english)
    told = {
        "articles": float(len(german)),
        "de": german.mean(),
        "en": english.mean(),
        "difference": (german - english).mean(),
        "low": low,
        "high": high,
    }
    return {key: round(float(value), 4) for key, value in told.items()}
