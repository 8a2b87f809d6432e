"""Questions are asked by the code that serves customers, and what came is noted."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals import scorers
from evals.ask import Asked, Manner, System, ask_all
from evals.datasets import golden
from evals.datasets.golden import Dataset
from evals.run import Order, git_revision, measure, write_lines
from evals.workspace import NotImported, Workspace, workspace
from ingestion.records import ImportOptions
from ingestion.run import import_path
from kb.access import Audience
from kb.config import Config
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
from tests.databases import SqliteStore
from tests.evals import tiny
from tests.retrieval.shelf import Shelf, Watched, offline

FIELDS = ["query_id", "lang", "own", "all", "other", "ms", "answered", "confidence"]


def silent(_what: str, _done: int, _total: int) -> None:
    """Show nothing."""


def place_of(shelf: Shelf, data: Dataset) -> Workspace:
    """Return a workspace with offline engines; else as `evals.workspace` makes it."""
    options = ImportOptions(publish=True, audience=Audience.PUBLIC)
    report = import_path(shelf.engine, data.corpus, options)
    assert not report.failures
    chunks = shelf.sync().chunks
    ids = {name.split("::")[0] for name in data.locales}
    hits = {
        (hit.passage.family_id, hit.passage.locale): f"{name}::{hit.passage.locale}"
        for name in ids
        for locale in ("de", "en")
        for text in [line["text"] for line in tiny.CORPUS if line["_id"] == f"{name}::{locale}"]
        for hit in shelf.search(text, locale=locale, locales=(locale,), limit=1).hits
    }
    return Workspace(
        shelf.engine, shelf.engines, Lexicons(shelf.engines.lexical), hits, 1.0, chunks
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return golden.load(str(tiny.write(tmp_path_factory.mktemp("sets") / "faq")))


@pytest.fixture(scope="module")
def place(
    data: Dataset, sqlite_store: SqliteStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("place")
    with sqlite_store.empty_database(folder) as engine:
        yield place_of(Shelf(engine, offline(folder / "lexical")), data)


def ask(data: Dataset, place: Workspace, **options) -> dict[str, Asked]:
    return {one.query_id: one for one in ask_all(data, place, Manner(**options), silent)}


def test_every_question_is_asked_once_in_order(data: Dataset, place: Workspace):
    told: list[tuple[str, int, int]] = []
    found = ask_all(data, place, Manner(), lambda *step: told.append(step))
    assert [one.query_id for one in found] == ["q1", "q2", "q3", "q4"]
    assert told == [("ask", n, 4) for n in range(1, 5)]


def test_own_and_other_hold_documents_of_their_language_only(data: Dataset, place: Workspace):
    for one in ask(data, place).values():
        other = {"de": "en", "en": "de"}[one.lang]
        assert all(document.endswith(f"::{one.lang}") for document in one.own)
        assert all(document.endswith(f"::{other}") for document in one.other)


def test_the_right_document_comes_first(data: Dataset, place: Workspace):
    found = ask(data, place)
    assert found["q1"].own[0] == found["q1"].all[0] == "wifi::de"
    assert found["q2"].own[0] == found["q2"].all[0] == "bill::en"
    averages = scorers.averages(scorers.per_query(data, list(found.values())))
    assert averages["de own"]["hit@1"] == averages["en own"]["hit@1"] == 1


def test_over_everything_an_article_counts_once(data: Dataset, place: Workspace):
    for one in ask(data, place).values():
        families = [document.split("::")[0] for document in one.all]
        assert len(families) == len(set(families))


def test_with_the_locale_filter_the_other_language_is_not_searched(
    data: Dataset, place: Workspace
):
    for one in ask(data, place, locale_filter=True).values():
        assert one.other == []
        assert all(document.endswith(f"::{one.lang}") for document in one.all)


@pytest.mark.parametrize(
    ("system", "silenced"), [(System.DENSE, "lexical"), (System.LEXICAL, "vectors")]
)
def test_one_system_leaves_the_others_signal_alone(
    data: Dataset, place: Workspace, system: System, silenced: str
):
    engines = {
        "embedder": place.engines.embedder,
        "vectors": place.engines.vectors,
        "lexical": place.engines.lexical,
    }
    spied = Watched(engines[silenced])
    watched = Engines(**engines | {silenced: spied})
    other = Workspace(
        place.engine, watched, Lexicons(watched.lexical), place.documents, 1.0, place.chunks
    )
    found = ask(data, other, system=system)
    assert found["q1"].own[0] == "wifi::de"
    assert spied.asked == []


@pytest.mark.parametrize(("precision", "answered"), [(0.0, True), (1.0, False)])
def test_the_wanted_precision_decides_what_is_answered(
    data: Dataset,
    place: Workspace,
    precision: float,
    answered: bool,  # noqa: FBT001
):
    assert ask(data, place, precision=precision)["q1"].answered is answered


def test_a_line_of_a_run_has_exactly_these_fields(data: Dataset, place: Workspace, tmp_path: Path):
    found = ask(data, place)
    write_lines(tmp_path / "run.jsonl", list(found.values()))
    lines = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text().splitlines()]
    assert len(lines) == len(found)
    for line, one in zip(lines, found.values(), strict=True):
        assert list(line) == FIELDS
        assert line["query_id"] == one.query_id
        assert all(isinstance(line[key], list) for key in ("own", "all", "other"))
        assert all(len(line[key]) <= 20 for key in ("own", "all", "other"))
        assert isinstance(line["answered"], bool)
        assert 0 <= line["confidence"] <= 1
        assert line["ms"] > 0


def test_a_run_says_which_code_it_rests_on():
    assert git_revision() == "" or len(git_revision()) >= 7


@pytest.mark.model
def test_a_whole_evaluation_ends_in_a_row_and_leaves_the_home_alone(tmp_path: Path):
    folder = tiny.write(tmp_path / "faq")
    home = tmp_path / "home"
    told: set[str] = set()
    order = Order(str(folder), systems=(System.HYBRID, System.LEXICAL))
    measured, words = measure(order, Config(home=home), lambda what, _done, _total: told.add(what))
    run = measured.run
    assert words.run.system == "lexical"
    assert words.run.fingerprint == run.fingerprint
    assert not home.exists()
    assert told >= {"import", "index", "ask"}
    assert (run.dataset, run.system) == ("faq", "hybrid")
    assert len(run.dataset_digest) == 64
    assert len(run.fingerprint) == 12
    assert {"torch", "tantivy", "chromadb"} <= set(run.packages)
    assert set(run.figures) == {
        "ranking",
        "reporting half",
        "honesty",
        "risk",
        "risk, reporting half",
        "speed",
    }
    assert run.figures["ranking"]["de own"]["n"] == 2
    assert run.figures["ranking"]["de own"]["hit@1"] == 1
    assert run.figures["ranking"]["en own"]["hit@1"] == 1
    assert run.figures["speed"]["chunks"] > 0
    assert {row["query_id"] for row in run.per_query} == {"q1", "q2", "q3"}
    assert [one.query_id for one in measured.asked] == ["q1", "q2", "q3", "q4"]


@pytest.mark.model
def test_a_document_that_cannot_be_imported_spoils_the_figures_and_is_told(tmp_path: Path):
    broken = [*tiny.CORPUS, {"_id": "no language at all", "text": ""}]
    data = golden.load(str(tiny.write(tmp_path / "faq", corpus=broken)))
    with (
        pytest.raises(NotImported, match=r"\S"),
        workspace(data, Config(home=tmp_path / "home"), silent),
    ):
        pass
