"""A run kept as a file beside the code, to hold later ones against.

`make eval` fails only where a run is worse than its baseline with certainty: the whole 95 %
interval of the paired difference lies below zero.
"""

import json
from pathlib import Path

from rich_click import ClickException

from evals.compare import Difference, compare
from kb.evaluations.models import EvalRun

_KEPT = ("dataset", "dataset_digest", "system", "fingerprint", "figures", "per_query")


class NoBaseline(ClickException):
    """The file is missing or is no baseline."""


def write(path: Path, run: EvalRun) -> None:
    """Keep a run as the baseline; what tells of this machine alone is left out."""
    told = {name: getattr(run, name) for name in _KEPT}
    told["figures"] = {key: part for key, part in run.figures.items() if key != "speed"}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def against(path: Path, run: EvalRun) -> list[Difference]:
    """Return how a run differs from the baseline in a file.

    Raises:
        NoBaseline: the file is missing or is no baseline.
        NotComparable: the baseline is of other data.
    """
    try:
        told = json.loads(path.read_text())
        before = EvalRun(**{name: told[name] for name in _KEPT})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoBaseline(f"{path} is no baseline: {error}") from error
    return compare(before, run)


def losses(found: list[Difference]) -> list[Difference]:
    """Return what became worse with certainty."""
    return [one for one in found if one.high < 0]
