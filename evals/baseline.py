"""A run kept as a file beside the code, to hold later ones against.

Worse is what is worse with certainty: the whole 95 % interval of the paired difference lies below
zero, or below minus a margin.
"""

import json
from pathlib import Path
from typing import Any

from rich_click import ClickException

from evals.compare import Difference, compare
from evals.measures import MEASURES
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task

_KEPT = ("dataset", "dataset_digest", "system", "fingerprint", "figures", "per_query")
_OF_A_ROW = ("query_id", "scope", "lang", "split", "cause")


class NoBaseline(ClickException):
    """The file is missing or is no baseline."""


def write(path: Path, run: EvalRun) -> None:
    """Keep a run as the baseline; what tells of this machine alone is left out."""
    told = {"task": str(run.task)} | {name: getattr(run, name) for name in _KEPT}
    told["figures"] = {key: part for key, part in run.figures.items() if key != "speed"}
    rows = [json.dumps(_row(run.task, one), ensure_ascii=False) for one in told.pop("per_query")]
    head = json.dumps(told, ensure_ascii=False, indent=1).removesuffix("\n}")
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n  ".join(rows)
    path.write_text(f'{head},\n "per_query": [\n  {lines}\n ]\n}}\n', encoding="utf-8")


def against(path: Path, run: EvalRun, *, pooled: bool = False) -> list[Difference]:
    """Return how a run differs from the baseline in a file; pooled: over all languages as well.

    Raises:
        NoBaseline: the file is missing or is no baseline.
        NotComparable: the baseline is of other data.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        task = Task(told.get("task", Task.SEARCH))
        before = EvalRun(task=task, **{name: told[name] for name in _KEPT})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoBaseline(f"{path} is no baseline: {error}") from error
    return compare(before, run, pooled=pooled)


def losses(found: list[Difference], margin: float = 0.0) -> list[Difference]:
    """Return what became worse with certainty, by more than a margin."""
    return [one for one in found if one.high < -margin]


def _row(task: Task, row: dict[str, Any]) -> dict[str, Any]:
    """Return of a line what later runs are compared by: no words of a question."""
    return {name: row[name] for name in (*_OF_A_ROW, *MEASURES[task]) if name in row}
