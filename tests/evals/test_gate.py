"""The gate closes on what somebody broke, and on nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evals import gate, scorers
from evals.ask import Manner, ask_all
from evals.datasets import facts, golden
from evals.datasets.golden import Dataset
from evals.measures import MEASURES
from evals.tasks import abstain, answer
from evals.workspace import Workspace, documents_of
from ingestion.records import ImportOptions
from ingestion.run import import_path
from kb.access import Audience
from kb.config import Config
from kb.evaluations.models import EvalRun
from kb.evaluations.tasks import Task
from prompts.loader import Prompt, load
from retrieval.assembly import build_retrieval
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.llm import _prepare
from retrieval.generation import rewording
from retrieval.index.lexicon import Lexicons
from retrieval.language.steps import ALL, Steps
from tests.databases import SqliteStore
from tests.model_server import Model, serving
from tests.retrieval.shelf import Shelf, offline

BROKEN = replace(ALL, folding=False, stemming=False, compounds=False, common_words=False)
SURE, USUAL = 0.5, 0.8


def silent(_what: str, _done: int, _total: int) -> None:
    """Show nothing."""


@pytest.fixture(scope="module")
def data() -> Dataset:
    return golden.some(golden.load("everyday"), 60)


@pytest.fixture(scope="module")
def shelves(
    data: Dataset, sqlite_store: SqliteStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Workspace]]:
    """The demo's articles, imported and indexed twice with offline engines."""
    places = []
    for name in ("first", "second"):
        folder = tmp_path_factory.mktemp(name)
        database = sqlite_store.empty_database(folder)
        engine = database.__enter__()  # two at once, both closed at the end
        options = ImportOptions(publish=True, audience=Audience.PUBLIC)
        assert not import_path(engine, data.corpus, options).failures
        engines = offline(folder / "lexical")
        Shelf(engine, engines).sync()
        found = documents_of(engine, data)
        lexicons = Lexicons(engines.lexical)
        places.append(Workspace(engine, engines, lexicons, found, 1.0, 1, folder / "lexical"))
    yield places
    for place in places:
        place.engine.dispose()


def searched(data: Dataset, place: Workspace, steps: Steps = ALL) -> EvalRun:
    lexical = TantivyIndex(place.lexical_folder, steps=steps)
    engines = replace(place.engines, lexical=lexical)
    there = replace(place, engines=engines, lexicons=Lexicons(lexical))
    return run(Task.SEARCH, scorers.per_query(data, ask_all(data, there, Manner(), silent)))


def decided(data: Dataset, place: Workspace, precision: float) -> EvalRun:
    asked = ask_all(data, place, Manner(precision=precision), silent)
    return run(Task.ABSTAIN, abstain.score(data, asked))


def answered(data: Dataset, place: Workspace, model: Model) -> EvalRun:
    config = Config(
        answer_precision=SURE,
        llm_url=model.url,
        llm_model="double",
        llm_first_word=5,
        llm_answer=9,
    )
    retrieval = build_retrieval(config, place.engine, place.engines)
    told = [answer.ask(retrieval, place, query) for query in data.queries]
    return run(Task.ANSWER, answer.score(data, told, facts.of(data)))


def run(task: Task, rows: list) -> EvalRun:
    return EvalRun(
        task=task,
        dataset="everyday",
        dataset_digest="same",
        system="offline",
        fingerprint="f",
        figures={},
        per_query=rows,
    )


def lost(before: EvalRun, after: EvalRun, folder: Path) -> set[str]:
    """Return the measures the gate closes for."""
    gate.keep([before], folder=folder)
    (held,) = gate.hold([after], folder=folder)
    assert not held.trouble
    assert held.passes is not bool(held.losses)
    return {one.measure for one in held.losses}


def test_two_runs_of_one_revision_are_equal_and_pass(
    data: Dataset, shelves: list[Workspace], tmp_path: Path
):
    first, second = (ask_all(data, place, Manner(), silent) for place in shelves)
    told = [
        [(one.query_id, one.own, one.all, one.confidence) for one in asked]
        for asked in (first, second)
    ]
    assert told[0] == told[1]
    runs = [run(Task.SEARCH, scorers.per_query(data, asked)) for asked in (first, second)]
    assert lost(*runs, tmp_path) == set()


def test_a_broken_analyser_is_caught(data: Dataset, shelves: list[Workspace], tmp_path: Path):
    before, after = searched(data, shelves[0]), searched(data, shelves[0], BROKEN)
    assert "nDCG@10" in lost(before, after, tmp_path)


def test_a_shifted_threshold_is_caught_in_either_direction(
    data: Dataset, shelves: list[Workspace], tmp_path: Path
):
    usual = decided(data, shelves[0], USUAL)
    assert lost(usual, decided(data, shelves[0], USUAL), tmp_path) == set()
    assert "given" in lost(usual, decided(data, shelves[0], 1.0), tmp_path)
    assert "withheld" in lost(usual, decided(data, shelves[0], 0.0), tmp_path)


def test_a_swapped_prompt_is_caught(
    data: Dataset, shelves: list[Workspace], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    _prepare()
    few = golden.some(data, 12)
    with serving() as model:
        before = answered(few, shelves[0], model)
        assert any(row["worded"] == 1 for row in before.per_query)
        assert lost(before, answered(few, shelves[0], model), tmp_path) == set()
        monkeypatch.setattr(rewording, "load", lambda _name: swapped(load("answer")))
        assert "worded" in lost(before, answered(few, shelves[0], model), tmp_path)


def swapped(prompt: Prompt) -> Prompt:
    """Return a prompt in which the passages do not stand as data."""
    return replace(prompt, user="{{question}}")


def some_run(*scores: float | None, measure: str = "told", lang: str = "de") -> EvalRun:
    rows = [
        {"query_id": f"q{at}", "scope": "ground", "lang": lang, measure: score}
        for at, score in enumerate(scores)
    ]
    return run(Task.GROUND, rows)


def test_a_loss_within_the_margin_passes(tmp_path: Path):
    gate.keep([some_run(*[1.0] * 40)], folder=tmp_path)
    worse = some_run(*[0.98] * 40)
    assert not gate.hold([worse], folder=tmp_path, margin=0.01)[0].passes
    assert gate.hold([worse], folder=tmp_path, margin=0.03)[0].passes


def test_what_was_not_scored_is_not_zero(tmp_path: Path):
    gate.keep([some_run(1.0, None, 1.0, 1.0)], folder=tmp_path)
    (held,) = gate.hold([some_run(1.0, 1.0, None, 1.0)], folder=tmp_path)
    assert held.passes
    assert {one.questions for one in held.differences} == {2}


def test_without_a_baseline_or_with_one_of_other_data_nothing_passes(tmp_path: Path):
    one = some_run(1.0, 1.0)
    (held,) = gate.hold([one], folder=tmp_path)
    assert not held.passes
    assert "everyday.ground.json" in held.trouble
    gate.keep([one], folder=tmp_path)
    other = some_run(1.0, 1.0)
    other.dataset_digest = "changed"
    assert not gate.hold([other], folder=tmp_path)[0].passes


def test_a_baseline_keeps_scores_and_no_words(tmp_path: Path):
    one = some_run(1.0)
    one.per_query[0]["asked"] = "a question of somebody"
    (path,) = gate.keep([one], folder=tmp_path)
    assert "somebody" not in path.read_text()


def test_the_small_suite_has_a_baseline_for_every_run_and_every_task_its_measures():
    from evals.tasks.catalogue import SMALL, SOLVERS, SUITES  # noqa: PLC0415  # reads much

    kept = {path.name for path in gate.BASELINES.glob("*.json")}
    assert {f"{name}.{task}.json" for task, name in SUITES[SMALL]} <= kept
    assert set(SOLVERS) == set(Task) == set(MEASURES)
