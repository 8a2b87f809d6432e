"""Show evaluations as tables, counts beside every share."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from evals.ablate import Worth
from evals.affect import Measured
from evals.calibrate import Fitted
from evals.compare import Difference
from evals.rank import Learnt
from evals.risk import BY_CHANCE
from evals.scorers import MEASURES
from kb.evaluations.models import EvalRun

_RISK = (
    "n",
    "answerable",
    "right",
    "answered at 90 %",
    "covered at 90 %",
    "confidence for 90 %",
    "area",
    "calibration error",
    BY_CHANCE,
)
_NAMES = frozenset({"language", "class"})
_SCOPES = {"own": "same language", "all": "everything", "other": "other language"}


def print_run(run: EvalRun) -> None:
    """Print the tables of one run: ranking, honesty, speed."""
    tables = [_ranking(run, "ranking"), _ranking(run, "reporting half")]
    more = (_risk(run, "risk"), _risk(run, "risk, reporting half"), *_strangers(run))
    for table in (*tables, *_honesty(run), *more, _speed(run)):
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


def print_worth(name: str, found: Sequence[Worth]) -> None:
    """Print what search loses without each of its parts; what is certain stands out."""
    table = Table(title=f"{name}: without one part minus with it, 95 % interval, same language")
    for column in ("without", "language", "n", "measure", "with", "change", "interval"):
        table.add_column(column, justify="left" if column == "without" else "right")
    for worth in found:
        for one in worth.differences:
            style = ("green" if one.change < 0 else "red") if one.is_certain else "dim"
            table.add_row(
                worth.without,
                one.group.split()[0],
                str(one.questions),
                one.measure,
                f"{one.before:.3f}",
                f"{one.change:+.3f}",
                f"{one.low:+.3f} … {one.high:+.3f}",
                style=style,
            )
    Console().print(table)


def print_calibration(fitted: Fitted) -> None:
    """Print how often answers of each confidence were right, on the reporting half."""
    for locale, figures in fitted.figures.items():
        table = Table("told", "n", "mean told", "right", title=f"{locale}: reporting half")
        for one in figures["bins"]:
            told = f"{one['low']:.1f} to {one['low'] + 0.1:.1f}"
            table.add_row(told, str(one["n"]), f"{one['expected']:.3f}", f"{one['right']:.3f}")
        Console().print(table)
        Console().print(f"expected calibration error {figures['calibration error']:.3f}")
    for key, needed in fitted.thresholds.items():
        steps = ", ".join(f"{wanted:g}: {least:.2f}" for wanted, least in needed)
        Console().print(f"{key}: confidence needed for a precision of {steps}")


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


def _risk(run: EvalRun, part: str) -> Table:
    half = " (reporting half)" if part != "risk" else ""
    table = Table(title=f"What may be answered{half}: at 90 % precision, best threshold")
    table.add_column("language")
    for name in _RISK:
        table.add_column(name, justify="right")
    for locale, figures in run.figures[part].items():
        shown = ("none" if figures.get(name) is None else f"{figures[name]:g}" for name in _RISK)
        table.add_row(locale, *shown)
    return table


def _strangers(run: EvalRun) -> list[Table]:
    told = run.figures.get("strangers")
    if not told:
        return []
    table = Table(
        "source", "language", "n", "refused", "share", title="Nothing here answers these"
    )
    for source, by_locale in told.items():
        for locale, one in by_locale.items():
            counts = (str(one["n"]), str(one["refused"]), f"{one['share']:.3f}")
            table.add_row(source, locale, *counts)
    return [table]


def _speed(run: EvalRun) -> Table:
    table = Table(title="Speed on this machine")
    for name in run.figures["speed"]:
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:g}" for value in run.figures["speed"].values()))
    return table


def print_affect(measured: Sequence[Measured], split: str) -> None:
    """Print how well each class was told in each language, and what was taken for what."""
    for one in measured:
        table = Table(title=f"{one.way}, {split}, data {one.digest[:12]}")
        for column in ("language", "class", "n", "precision", "recall", "F1"):
            table.add_column(
                column, justify="left" if column in ("language", "class") else "right"
            )
        for score in one.scores:
            shares = (f"{each:.3f}" for each in (score.precision, score.recall, score.f1))
            table.add_row(score.lang, score.name, str(score.n), *shares)
        Console().print(table)
        for told, counted in one.confusion.items():
            Console().print(_confusion(told, counted))
        spent = f"{one.milliseconds:.2f} ms each, vector not counted"
        Console().print(f"{len(one.missed)} told wrong: {', '.join(one.missed)}; {spent}")


def _confusion(told: str, counted: Mapping[tuple[str, str], int]) -> Table:
    names = list(dict.fromkeys(label for label, _ in counted))
    table = Table(title=f"{told}: labelled (down), told (across)")
    table.add_column("")
    for name in names:
        table.add_column(name, justify="right")
    for label in names:
        table.add_row(label, *(str(counted[label, name]) for name in names))
    return table
