"""Is what helped in a case suggested for the next? Solved cases are asked with theirs held out."""

from evals import assist, run
from evals.assist import Order
from evals.bench import Bench
from evals.datasets import solved
from evals.measures import About, figures, row
from evals.run import Measures
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task


def measure(bench: Bench, name: str) -> EvalRun:
    """Ask what helps with each case, and with those of strangers if there are files of them."""
    data = solved.load(name)
    order = Order(name, bench.terms.strangers, bench.terms.limit)
    asked = assist.ask(order, data, bench.config, bench.progress)
    rows = [
        row(
            Task.ASSIST,
            About(
                one.key,
                one.locale,
                str(one.split),
                expected=", ".join(f"{kind} {number}" for kind, number in sorted(one.right)),
                got=", ".join(f"{kind} {number}" for kind, number in one.ranked),
            ),
            {
                "first": float(one.is_right(one.ranked, 1)),
                "first 3": float(one.is_right(one.ranked, 3)),
            },
        )
        for one in asked
        if one.right
    ]
    locales = sorted({one.locale for one in asked})
    known = {
        lang: assist.figures([one for one in asked if one.locale == lang]) for lang in locales
    }
    found = {**figures(Task.ASSIST, rows), "assist": known}
    measures = Measures(data.name, data.digest, found, rows)
    return run.as_run(Task.ASSIST, measures, system="assist")
