"""All tasks by name, the data they are measured on unless told otherwise, and suites of them."""

from collections.abc import Callable, Sequence

from evals.bench import Bench, Terms, bench
from evals.tasks import abstain, answer, assist, coach, ground, inject, parity, redact
from kb.config import Config
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task
from kb.terminal import Progress

Step = tuple[Task, str]
"""A task, and the name of the data it is measured on."""


def _search(made: Bench, name: str) -> EvalRun:
    return made.measured(name).run


SOLVERS: dict[Task, Callable[[Bench, str], EvalRun]] = {
    Task.SEARCH: _search,
    Task.ANSWER: answer.measure,
    Task.ABSTAIN: abstain.measure,
    Task.GROUND: ground.measure,
    Task.REDACT: redact.measure,
    Task.INJECT: inject.measure,
    Task.PARITY: parity.measure,
    Task.ASSIST: assist.measure,
    Task.COACH: coach.measure,
}
DATA: dict[Task, str] = {
    Task.SEARCH: "demo",
    Task.ANSWER: "everyday",
    Task.ABSTAIN: "demo",
    Task.GROUND: "ground",
    Task.REDACT: "redact",
    Task.INJECT: "everyday",
    Task.PARITY: "everyday",
    Task.ASSIST: "demo",
    Task.COACH: "coach",
}
SMALL = "small"
SUITES: dict[str, tuple[Step, ...]] = {
    SMALL: (
        (Task.REDACT, "redact"),
        (Task.COACH, "coach"),
        (Task.SEARCH, "demo"),
        (Task.SEARCH, "everyday"),
        (Task.PARITY, "everyday"),
        (Task.ABSTAIN, "demo"),
        (Task.ANSWER, "everyday"),
        (Task.GROUND, "ground"),
    ),
    "full": (
        *((task, DATA[task]) for task in Task if task is not Task.INJECT),
        (Task.SEARCH, "everyday"),
        (Task.ABSTAIN, "everyday"),
    ),
    "generated": ((Task.ANSWER, "everyday"), (Task.INJECT, "everyday"), (Task.GROUND, "ground")),
}
"""`generated` needs a language model: it is answers in its words, and attacks on it."""


def steps(name: str, data: str = "") -> tuple[Step, ...]:
    """Return what a name stands for: a suite, a task, or a data set to search."""
    if name in SUITES:
        return SUITES[name]
    if name in list(Task):
        return ((Task(name), data or DATA[Task(name)]),)
    return ((Task.SEARCH, name),)


def measure(
    wanted: Sequence[Step], terms: Terms, config: Config, progress: Progress
) -> list[EvalRun]:
    """Measure each in turn over what they share; nothing is stored yet."""
    with bench(terms, config, progress) as made:
        return [SOLVERS[task](made, name) for task, name in wanted]
