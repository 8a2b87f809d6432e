"""A made-up library is what a sync leaves, so what is measured on it holds for a real one."""

from collections.abc import Iterator

import pytest

from benchmarks.footprint import Footprint
from benchmarks.library import PIECES, fill
from benchmarks.search import Figures, Prepared, as_json, following, searching
from retrieval.index.audit import audit
from retrieval.index.sync import Report
from tests.databases import SqliteStore
from tests.retrieval.shelf import Shelf, offline

PASSAGES = 10 * (PIECES + 1)


@pytest.fixture(scope="module")
def library(
    sqlite_store: SqliteStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shelf]:
    folder = tmp_path_factory.mktemp("library")
    with sqlite_store.empty_database(folder) as engine:
        shelf = Shelf(engine, offline(folder / "lexical"))
        fill(engine, shelf.engines, PASSAGES, lambda _done, _total: None)
        yield shelf


def test_there_is_as_much_as_was_asked_for_and_nothing_to_sync(library: Shelf):
    assert sum(one.chunks for one in audit(library.engine, library.engines)) == PASSAGES
    assert library.drift() == 0
    assert library.sync() == Report()


def test_its_articles_are_found_in_both_languages(library: Shelf):
    for question, locale in (("Rechnung nicht bezahlt", "de"), ("pay my bill", "en")):
        hits = library.search(question, locale=locale).hits
        assert hits[0].passage.locale == locale
        assert len({hit.passage.family_id for hit in hits}) == len(hits) > 1


def test_searches_and_syncs_are_timed_and_leave_the_library_in_step(library: Shelf):
    vector = library.engines.embedder.embed(["a"])[0]
    prepared = Prepared(library.engines.embedder, {"a": vector})
    shelf = library.with_engines(embedder=prepared)
    asked = [(f"Frage {number}", "de") for number in range(25)]
    times = searching(shelf.engine, shelf.engines, asked)
    assert 0 < times.median <= times.p95
    by_note = following(shelf.engine, shelf.engines, by_note=True)
    of_everything = following(shelf.engine, shelf.engines, by_note=False)
    assert library.drift() == 0
    taken = Footprint(empty=1, serving=2, disk=3)
    figures = Figures(PASSAGES, times, times, by_note, of_everything, taken)
    assert f'"passages": {PASSAGES}' in as_json([figures])
