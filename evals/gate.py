"""The gate: a release that became worse with certainty, and by more than a margin, does not pass.

Runs of one revision are equal, so nothing but a change can close it. The whole 95 % interval of a
paired difference has to lie below minus the margin: a few questions lost among many, or rankings
that another processor rounds otherwise, are no reason to stop anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals import baseline
from evals.baseline import NoBaseline
from evals.compare import Difference, NotComparable
from kb.evaluations.models import EvalRun

BASELINES = Path(__file__).parent / "baselines"
MARGIN = 0.01


@dataclass(frozen=True)
class Held:
    """A run held against its baseline."""

    name: str
    differences: tuple[Difference, ...] = ()
    losses: tuple[Difference, ...] = ()
    trouble: str = ""
    """Why it could not be held against anything."""

    @property
    def passes(self) -> bool:
        return not self.losses and not self.trouble


def hold(
    runs: Sequence[EvalRun], *, folder: Path = BASELINES, margin: float = MARGIN
) -> list[Held]:
    """Hold each run against the baseline of its name; one that has none does not pass."""
    return [_held(run, file_of(run, folder), margin) for run in runs]


def keep(runs: Sequence[EvalRun], *, folder: Path = BASELINES) -> list[Path]:
    """Make these runs the baselines; they are committed with the change that moved them."""
    for run in runs:
        baseline.write(file_of(run, folder), run)
    return [file_of(run, folder) for run in runs]


def file_of(run: EvalRun, folder: Path) -> Path:
    """Return where the baseline of such a run is."""
    return folder / f"{name_of(run)}.json"


def name_of(run: EvalRun) -> str:
    """Return what a run is called among baselines: data set and task."""
    return f"{run.dataset}.{run.task}"


def _held(run: EvalRun, path: Path, margin: float) -> Held:
    try:
        found = baseline.against(path, run, pooled=True)
    except (NoBaseline, NotComparable) as error:
        return Held(name_of(run), trouble=error.message)
    return Held(name_of(run), tuple(found), tuple(baseline.losses(found, margin)))
