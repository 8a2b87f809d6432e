"""Are claims told from lies? Each hand-made claim is let through or held back, rightly or not."""

import hashlib

from evals import causes, ground, run
from evals.bench import Bench
from evals.measures import About, figures, row
from evals.run import Measures
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task

_SPLITS = {"tuning": "tuning", "holdout": "reporting"}


def measure(bench: Bench, name: str) -> EvalRun:
    """Judge every claim with the model that is set."""
    rows = []
    number = len(ground.CLAIMS.read_text(encoding="utf-8").splitlines())
    for claim, flaw in ground.judged(bench.config, *_SPLITS):
        about = About(
            claim["id"],
            claim["locale"],
            _SPLITS[claim["split"]],
            claim["claim"],
            "shown" if claim["holds"] else f"held back: {claim['kind']}",
            f"held back: {flaw}" if flaw else "shown",
            causes.of_claim(shown=not flaw, holds=claim["holds"]),
        )
        rows.append(row(Task.GROUND, about, {"told": float(claim["holds"] is not bool(flaw))}))
        bench.progress("ground", len(rows), number)
    digest = hashlib.sha256(ground.CLAIMS.read_bytes()).hexdigest()
    measures = Measures(name, digest, figures(Task.GROUND, rows), rows)
    return run.as_run(Task.GROUND, measures, system="support check")
