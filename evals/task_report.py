"""Show tasks as tables: a mean for each language and measure, with its interval and its n."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from evals.gate import Held
from evals.measures import MEASURES
from evals.report import print_differences
from evals.risk import BY_CHANCE
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task

_GROUPED = (
    *("parity", "risk", "risk, reporting half", "strangers"),
    *("recall", "clean", "other texts"),
)
_RISK = ("n", "answered at 90 %", "covered at 90 %", "area", "calibration error", BY_CHANCE)


def print_task(run: EvalRun) -> None:
    """Print the tables of a run of any task but search, which has its own."""
    title = f"{run.task} on {run.dataset}, {run.system}"
    tables = [_means(f"{title}: {part}", run.task, run.figures[part]) for part in _parts(run)]
    tables += [_plain(f"{title}: {name}", run.figures[name]) for name in _more(run)]
    for table in tables:
        Console().print(table)


def print_gate(found: Sequence[Held], margin: float) -> None:
    """Print what was lost, and a line for each run."""
    for one in found:
        if one.losses:
            print_differences(one.losses, f"{one.name}: lost more than {margin:g} with certainty")
    table = Table("run", "measures", "changed", "lost", "passes", title="The gate")
    for one in found:
        changed = sum(each.change != 0 for each in one.differences)
        counts = (len(one.differences), changed, len(one.losses))
        style = "green" if one.passes else "red"
        told = one.trouble or ("yes" if one.passes else "no")
        table.add_row(one.name, *map(str, counts), told, style=style)
    Console().print(table)


def _parts(run: EvalRun) -> list[str]:
    return [name for name in ("averages", "reporting half", "by place") if name in run.figures]


def _more(run: EvalRun) -> list[str]:
    """Return the figures that are a group of named numbers for each of some groups."""
    return [name for name in _GROUPED if isinstance(run.figures.get(name), dict)]


def _means(title: str, task: Task, groups: Mapping[str, Mapping[str, float]]) -> Table:
    names = [name for name in MEASURES[task] if any(name in told for told in groups.values())]
    table = Table("", "n", *names, title=title)
    for group, told in groups.items():
        cells = [
            f"{told[name]:.3f} ± {told[f'{name} ±']:.3f} ({told[f'{name} n']})"
            if name in told
            else "not scored"
            for name in names
        ]
        table.add_row(group, str(told["n"]), *cells)
    return table


def _plain(title: str, groups: Mapping[str, Any]) -> Table:
    rows = list(_leaves(groups))
    names = list(dict.fromkeys(name for _, told in rows for name in told))
    table = Table("", *names, title=title)
    for group, told in rows:
        table.add_row(group, *(_shown(told.get(name)) for name in names))
    return table


def _leaves(
    groups: Mapping[str, Any], above: str = ""
) -> Sequence[tuple[str, Mapping[str, float]]]:
    """Return each group of plain numbers with its name, and the names above it."""
    numbers = {name: value for name, value in groups.items() if not isinstance(value, dict | list)}
    if "bins" in groups:
        numbers = {name: numbers[name] for name in _RISK if name in numbers}
    if numbers:
        return [(above or "all", numbers)]
    inner = [_leaves(told, f"{above} {name}".strip()) for name, told in groups.items() if told]
    return [leaf for leaves in inner for leaf in leaves]


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"
