"""One evaluation from end to end: load, index, ask, score; the result names all it rests on."""

import hashlib
import json
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from evals import risk, scorers, strangers
from evals.ask import Asked, Manner, System, ask_all
from evals.datasets import golden
from evals.datasets.golden import Dataset, Part
from evals.journal import Journals, code
from evals.workspace import Workspace, workspace
from kb.config import Config
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task
from kb.terminal import Progress

_PACKAGES = ("torch", "sentence-transformers", "chromadb", "tantivy", "llama-index-core")
_FEWEST = 2


@dataclass(frozen=True)
class Order:
    """What to measure."""

    dataset: str
    systems: tuple[System, ...] = (System.HYBRID,)
    locale_filter: bool = False
    sample: int = 0
    part: Part = Part.ALL
    strangers: tuple[Path, ...] = ()
    """Files of questions that nothing here answers."""
    limit: int = 0
    """Only this many questions; 0 means all."""
    precision: float = 0.0
    """Answered is what promises at least this precision."""


@dataclass(frozen=True)
class Measured:
    """The row for kb, and what each question got."""

    run: EvalRun
    asked: list[Asked]


@dataclass(frozen=True)
class Measures:
    """How a data set came out."""

    dataset: str
    digest: str
    figures: dict[str, Any]
    rows: list[dict[str, Any]]


def measure(order: Order, config: Config, progress: Progress) -> list[Measured]:
    """Measure each system over one index; nothing is stored yet, but lines to go on from.

    Raises:
        UnusableDataset: the data set is incomplete.
        NotImported: a document of it could not be imported.
    """
    journals = Journals(config.home)
    order = replace(order, precision=config.answer_precision)
    with TemporaryDirectory(prefix="lotse-eval-") as scratch:
        dataset = chosen(order, Path(scratch))
        with workspace(dataset, config, progress) as place:
            measured = [
                measure_in(place, dataset, replace(order, systems=(system,)), progress, journals)
                for system in order.systems
            ]
    journals.done()
    return measured


def chosen(order: Order, scratch: Path) -> Dataset:
    """Return the questions to ask, and the documents they are about.

    Raises:
        UnusableDataset: the data set is incomplete.
    """
    whole = golden.load(order.dataset, sample=order.sample, scratch=scratch)
    return golden.some(golden.only(whole, order.part), order.limit)


def measure_in(
    place: Workspace, dataset: Dataset, order: Order, progress: Progress, journals: Journals
) -> Measured:
    """Measure the first system of an order in a place that is there already."""
    system = order.systems[0]
    manner = Manner(system, order.locale_filter, order.precision)
    told_apart = (dataset.digest, place.engines.fingerprint, repr(manner))
    asked = ask_all(dataset, place, manner, progress, journals.of("search", *told_apart))
    rows = scorers.per_query(dataset, asked)
    figures: dict[str, Any] = {
        "ranking": scorers.averages(rows),
        "reporting half": scorers.averages(row for row in rows if row["split"] == Part.REPORTING),
        "honesty": scorers.honesty(dataset, asked),
        "risk": _risk(dataset, asked),
        "risk, reporting half": _risk(golden.only(dataset, Part.REPORTING), asked),
        "speed": _speed(asked, place.index_seconds, place.chunks),
    }
    if order.strangers:
        unknown = replace(dataset, queries=tuple(strangers.load(order.strangers)))
        told = ask_all(unknown, place, manner, progress)
        figures["strangers"] = scorers.refused(told)
    run = as_run(
        Task.SEARCH,
        Measures(dataset.name, dataset.digest, figures, rows),
        system=system + (" (one language)" if order.locale_filter else ""),
        fingerprint=place.engines.fingerprint,
    )
    return Measured(run, asked)


def as_run(task: Task, told: Measures, *, system: str, fingerprint: str = "") -> EvalRun:
    """Return the row for kb, with all the figures rest on."""
    return EvalRun(
        task=task,
        dataset=told.dataset,
        dataset_digest=told.digest,
        system=system,
        fingerprint=fingerprint,
        git_revision=git_revision(),
        packages={name: version(name) for name in _PACKAGES}
        | {"python": platform.python_version(), "code": code()[:12]},
        figures=told.figures,
        per_query=told.rows,
    )


def digest_with(digest: str, more: Sequence[str]) -> str:
    """Return the digest of a data set together with something that was asked besides."""
    return hashlib.sha256("\n".join((digest, *more)).encode()).hexdigest()


def _risk(dataset: Dataset, asked: Sequence[Asked]) -> dict[str, dict[str, Any]]:
    among = {query.id for query in dataset.queries}
    told = risk.judged(dataset, [one for one in asked if one.query_id in among])
    return {locale: risk.figures(found) for locale, found in told.items()}


def write_lines(path: Path, asked: Sequence[Asked]) -> None:
    """Write one JSON line per question."""
    with path.open("w") as out:
        for one in asked:
            out.write(json.dumps(one.line(), ensure_ascii=False) + "\n")


def git_revision() -> str:
    """Return the revision of the code, with a mark if it was changed since; empty outside git."""
    try:
        told = subprocess.run(  # fixed arguments
            ["git", "describe", "--always", "--dirty", "--abbrev=12"],  # noqa: S607  # as found
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout.strip()


def _speed(asked: Sequence[Asked], seconds: float, chunks: int) -> dict[str, float]:
    times = [one.ms for one in asked]
    p95 = quantiles(times, n=20)[-1] if len(times) >= _FEWEST else sum(times)
    return {
        "index seconds": round(seconds, 1),
        "chunks": chunks,
        "chunks per second": round(chunks / seconds, 1) if seconds else 0.0,
        "query ms median": round(median(times), 1) if times else 0.0,
        "query ms p95": round(p95, 1),
    }
