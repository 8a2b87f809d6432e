"""Are coaching plans those that a person would make? Each is held against one made by hand."""

import hashlib

from evals import coach, run
from evals.bench import Bench
from evals.measures import About, figures, row
from evals.run import Measures
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task


def measure(_bench: Bench, name: str) -> EvalRun:
    """Derive every plan, and score it."""
    rows = []
    for gold in coach.load():
        held = coach.hold(gold, coach.body(gold.article))
        about = About(
            gold.id,
            gold.locale,
            asked=gold.article,
            expected=f"{held.wanted} steps",
            got=f"{held.derived} steps, {held.found} of them wanted",
        )
        scores = {
            "found": held.found / held.wanted,
            "asked for": 1 - held.foreign / held.derived if held.derived else 0.0,
            "told apart": held.expectations / held.wanted,
        }
        rounded = {key: round(value, 4) for key, value in scores.items()}
        rows.append(row(Task.COACH, about, rounded))
    digest = hashlib.sha256(coach.PLANS.read_bytes()).hexdigest()
    measures = Measures(name, digest, figures(Task.COACH, rows), rows)
    return run.as_run(Task.COACH, measures, system="rules")
