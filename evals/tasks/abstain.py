"""Is what is not known left unanswered? Own questions and strangers', by the confidence told.

Well decided is an answer that rests on a right article, and silence where the first article found
would have been wrong. Both are told apart, too: a threshold that moves shows, whichever way.
Beside that stand the figures of risk: what share can be answered at which precision.
"""

from dataclasses import replace

from evals import causes, risk, run, scorers
from evals.ask import Asked
from evals.bench import Bench
from evals.datasets.golden import Dataset, Part
from evals.measures import About, Row, figures, row
from evals.run import Measures
from evals.scorers import is_right
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task


def measure(bench: Bench, name: str) -> EvalRun:
    """Judge whether each question was rightly answered or rightly left alone."""
    data, own = bench.data(name), bench.measured(name)
    unknown, strange = bench.strange(data)
    whole = replace(data, queries=(*data.queries, *unknown.queries))
    asked = [*own.asked, *strange]
    rows = score(whole, asked)
    found = {
        **figures(Task.ABSTAIN, rows),
        "risk": _risk(whole, asked, Part.ALL),
        "risk, reporting half": _risk(whole, asked, Part.REPORTING),
        "strangers": scorers.refused(strange),
    }
    digest = run.digest_with(data.digest, [query.id for query in unknown.queries])
    measures = Measures(data.name, digest, found, rows)
    mark = own.run.fingerprint
    return run.as_run(Task.ABSTAIN, measures, system=own.run.system, fingerprint=mark)


def score(dataset: Dataset, asked: list[Asked]) -> list[Row]:
    """Return a line for each question: was it well decided, and how true was the confidence?"""
    known = {query.id: query for query in dataset.queries}
    rows = []
    for one in asked:
        query, right = known[one.query_id], is_right(dataset, one)
        is_answerable = bool(dataset.qrels.get(query.id))
        about = About(
            query.id,
            query.locale,
            query.split,
            query.text,
            "an answer" if is_answerable else "no answer",
            f"{one.all[0] if one.all else 'nothing'}, {one.confidence:.2f}",
            causes.of_decision(answered=one.answered, right=right, answerable=is_answerable),
        )
        scores: dict[str, float | None] = {
            "decided": float(one.answered == right),
            "given": float(one.answered) if right else None,
            "withheld": None if right else float(not one.answered),
            "calibrated": round(1 - (one.confidence - right) ** 2, 4),
        }
        rows.append(row(Task.ABSTAIN, about, scores))
    return rows


def _risk(dataset: Dataset, asked: list[Asked], part: Part) -> dict[str, object]:
    half = {query.id for query in dataset.queries if part in {Part.ALL, query.split}}
    told = risk.judged(dataset, [one for one in asked if one.query_id in half])
    return {locale: risk.figures(found) for locale, found in told.items()}
