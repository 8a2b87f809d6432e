"""Are answers right? The article that is cited, what is said, in which language and how politely.

Asked by the code that answers customers. An answer that was not given is not wrong: it has no
score but for not being there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from evals import causes, run
from evals.bench import Bench
from evals.datasets import facts
from evals.datasets.facts import Facts
from evals.datasets.golden import Dataset, Query
from evals.journal import Line, each
from evals.measures import About, Row, figures, row
from evals.run import Measures
from evals.workspace import Workspace
from kb.access import ANYONE
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task
from retrieval.assembly import Retrieval
from retrieval.generation.rewording import Ended
from retrieval.index.plain import plain
from retrieval.language.detect import detect

QUOTED, WORDED = "quoted", "worded by a model"
OTHER = {"de": "en", "en": "de"}
_INFORMAL = re.compile(
    r"\b(?:du|dir|dich|dein(?:e[mnrs]?)?|euch|euer|eure[mnrs]?)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Told:
    """An answer as a customer sees it; no text where none was given."""

    text: str = ""
    cited: tuple[str, ...] = ()
    """Document ids."""
    language: str = ""
    confidence: float = 0.0
    is_worded: bool | None = None
    """Whether a model's words are shown; None where there is no model."""


def measure(bench: Bench, name: str) -> EvalRun:
    """Ask every question for its answer, and score what came."""
    dataset = bench.data(name)
    place, retrieval = bench.place(dataset), bench.retrieval(dataset)
    system = WORDED if retrieval.has_words_of_its_own else QUOTED

    def line(query: Query) -> Line:
        told = ask(retrieval, place, query)
        return {**vars(told), "cited": list(told.cited)}

    lines = each(
        dataset.queries,
        lambda query: query.id,
        line,
        bench.progress,
        journal=bench.journal("answer", dataset.digest, place.engines.fingerprint, system),
        workers=bench.terms.workers,
    )
    told = [Told(**{**one, "cited": tuple(one["cited"])}) for one in lines]
    rows = score(dataset, told, facts.of(dataset))
    refused = [q for q, one in zip(dataset.queries, told, strict=True) if _is_beyond(q, one)]
    found = {**figures(Task.ANSWER, rows), "answered though nothing answers": len(refused)}
    measures = Measures(dataset.name, dataset.digest, found, rows)
    return run.as_run(Task.ANSWER, measures, system=system, fingerprint=place.engines.fingerprint)


def ask(retrieval: Retrieval, place: Workspace, query: Query) -> Told:
    """Return the answer a customer gets, in a model's words where there is one."""
    with Session(place.engine) as session:
        reply = retrieval.answer(session, query.text, ANYONE, query.locale)
    answer = reply.answer
    if answer is None:
        return Told(confidence=reply.outcome.confidence)
    passages = [one.passage for one in answer.citations]
    text = plain(answer.text)
    made = retrieval.reword(reply)
    is_worded = made.ended is Ended.SHOWN if made is not None else None
    if made is not None and is_worded:
        numbers = {number for one in made.kept for number in one.part.numbers}
        passages = [one.passage for one in made.sources if one.number in numbers]
        text = " ".join(one.part.text for one in made.kept)
    cited = (place.documents[(one.family_id, one.locale)] for one in passages)
    language = detect(text, prior=passages[0].locale)
    return Told(text, tuple(dict.fromkeys(cited)), language, answer.confidence, is_worded)


def score(dataset: Dataset, told: Sequence[Told], known: Mapping[str, Facts]) -> list[Row]:
    """Return a line of scores for each question that has an answer somewhere."""
    rows = []
    for query, one in zip(dataset.queries, told, strict=True):
        judged = dataset.qrels.get(query.id, {})
        if judged:
            found = scores(query, one, judged, known.get(query.id))
            cause = causes.of_answer(answered=bool(one.text), right=bool(found["right"]))
            where = (query.id, query.locale, query.split)
            about = About(*where, query.text, max(judged, key=judged.__getitem__), one.text, cause)
            rows.append(row(Task.ANSWER, about, found))
    return rows


def scores(
    query: Query, told: Told, judged: Mapping[str, int], wanted: Facts | None
) -> dict[str, float | None]:
    """Return the scores of one answer; of one that was not given, only that it was not."""
    if not told.text:
        return {"answered": 0.0, "right": 0.0}
    families = {_family(one) for one, grade in judged.items() if grade > 0}
    cited = any(_family(one) in families for one in told.cited)
    said = [any(_stands(wording, told.text) for wording in fact) for fact in wanted or ()]
    is_german = query.locale == "de"
    return {
        "answered": 1.0,
        "worded": None if told.is_worded is None else float(told.is_worded),
        "cited": float(cited),
        "contained": float(any(said)) if said else None,
        "complete": float(all(said)) if said else None,
        "language": float(told.language == query.locale),
        "register": float(not _INFORMAL.search(told.text)) if is_german else None,
        "right": float(cited and (any(said) or not said)),
    }


def _is_beyond(query: Query, told: Told) -> bool:
    return query.answerable is False and bool(told.text)


def _stands(wording: str, text: str) -> bool:
    return _bare(plain(wording)) in _bare(text)


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


def _family(document: str) -> str:
    return document.rsplit("::", 1)[0]
