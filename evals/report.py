"""Show evaluations as tables, counts beside every share."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from evals.calibrate import Fitted
from evals.compare import Difference
from evals.rank import Learnt
from evals.scorers import MEASURES
from kb.evaluations.models import EvalRun

_SCOPES = {"own": "same language", "all": "everything", "other": "other language"}


def print_run(run: EvalRun) -> None:
    """Print the tables of one run: ranking, honesty, speed."""
    tables = [_ranking(run, "ranking"), _ranking(run, "reporting half")]
    for table in (*tables, *_honesty(run), _speed(run)):
        Console().print(table)


def print_differences(found: Sequence[Difference], title: str = "After minus before") -> None:
    """Print a comparison; what is certain stands out."""
    table = Table(title=f"{title}, 95 % interval (paired bootstrap)")
    for column in ("questions", "n", "measure", "before", "after", "change", "interval"):
        table.add_column(column, justify="left" if column == "questions" else "right")
    for one in found:
        style = ("green" if one.change > 0 else "red") if one.is_certain else "dim"
        table.add_row(
            one.group,
            str(one.questions),
            one.measure,
            f"{one.before:.3f}",
            f"{one.after:.3f}",
            f"{one.change:+.3f}",
            f"{one.low:+.3f} … {one.high:+.3f}",
            style=style,
        )
    Console().print(table)


def print_calibration(fitted: Fitted) -> None:
    """Print how often answers of each confidence were right, on the reporting half."""
    for locale, bins in fitted.bins.items():
        table = Table("told", "n", "mean told", "right", title=f"{locale}: reporting half")
        for one in bins:
            told = f"{one.low:.1f} to {one.low + 0.1:.1f}"
            table.add_row(told, str(one.n), f"{one.expected:.3f}", f"{one.right:.3f}")
        Console().print(table)
        Console().print(f"expected calibration error {fitted.error[locale]:.3f}")


def print_weights(learnt: Learnt) -> None:
    """Print how much each signal counts, per language."""
    names = list(next(iter(learnt.weights.values())))
    table = Table("for", "questions", *names, title="How much each signal counts")
    for key, weights in learnt.weights.items():
        asked = learnt.questions.get(key, sum(learnt.questions.values()))
        table.add_row(key, str(asked), *(f"{weights[name]:.3f}" for name in names))
    Console().print(table)


def _ranking(run: EvalRun, part: str) -> Table:
    table = Table(title=f"{run.dataset}, {run.system}, index {run.fingerprint}: {part}")
    table.add_column("language")
    table.add_column("ranking over")
    table.add_column("n", justify="right")
    for name in MEASURES:
        table.add_column(name, justify="right")
    for key, figures in run.figures[part].items():
        locale, scope = key.split()
        table.add_row(
            locale,
            _SCOPES[scope],
            str(figures["n"]),
            *(f"{figures[name]:.3f} ± {figures[f'{name} ±']:.3f}" for name in MEASURES),
        )
    return table


def _honesty(run: EvalRun) -> list[Table]:
    counted = run.figures["honesty"]
    if not counted:
        return []
    table = Table(title="Answered or honestly not")
    names = list(next(iter(counted.values())))
    table.add_column("language")
    for name in names:
        table.add_column(name, justify="right")
    for locale, figures in counted.items():
        table.add_row(locale, *(f"{figures[name]:g}" for name in names))
    return [table]


def _speed(run: EvalRun) -> Table:
    table = Table(title="Speed on this machine")
    for name in run.figures["speed"]:
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:g}" for value in run.figures["speed"].values()))
    return table
