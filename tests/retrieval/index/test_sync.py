"""The index follows SQL from wherever it is, and serves while it does."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session

from kb.passages import queries
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.offline import HashingEmbedder, MemoryVectors
from retrieval.index.audit import audit
from retrieval.index.collections import fingerprint, whole_of
from retrieval.index.stack import Engines
from retrieval.index.sync import Report
from retrieval.results import Notice
from tests.retrieval.changes import (
    STEPS,
    archive,
    fill,
    narrow,
    replace_a_solution,
    restore,
    revise,
    serving,
    unpublish,
)
from tests.retrieval.shelf import (
    AGENT,
    Killed,
    OtherModel,
    Shelf,
    Watched,
    killed_at,
    offline,
)
from tests.world import World


def lose_the_vectors(shelf: Shelf, _ids: dict[str, int]) -> None:
    shelf.engines = replace(shelf.engines, vectors=MemoryVectors())


def lose_a_vector(shelf: Shelf, _ids: dict[str, int]) -> None:
    shelf.engines.vectors.remove(serving(shelf), ["r1.1"])


def lose_the_words(shelf: Shelf, _ids: dict[str, int]) -> None:
    folder = Path(str(shelf.engine.url.database)).parent / "lexical"
    shutil.rmtree(folder)
    shelf.engines = replace(shelf.engines, lexical=TantivyIndex(folder))


def lose_the_words_of_passages(shelf: Shelf, _ids: dict[str, int]) -> None:
    shelf.engines.lexical.remove(serving(shelf), [1])


def lose_the_words_of_wholes(shelf: Shelf, _ids: dict[str, int]) -> None:
    shelf.engines.lexical.remove(whole_of(serving(shelf)), [1])


CHANGES = [
    unpublish,
    archive,
    narrow,
    revise,
    restore,
    replace_a_solution,
    lose_the_vectors,
    lose_a_vector,
    lose_the_words,
    lose_the_words_of_passages,
    lose_the_words_of_wholes,
]
Change = Callable[[Shelf, dict[str, int]], None]


def test_an_empty_database_has_an_index_in_step(shelf: Shelf):
    assert shelf.sync().added == 0
    assert shelf.drift() == 0


def test_the_first_sync_takes_everything_in(any_shelf: Shelf):
    fill(any_shelf)
    assert any_shelf.drift() > 0
    report = any_shelf.sync()
    assert (report.added, report.removed) == (5, 0)
    assert any_shelf.drift() == 0
    assert any_shelf.titles("Router neu starten")[0] == "Router neu starten"


def test_a_second_sync_changes_nothing(any_shelf: Shelf):
    fill(any_shelf)
    any_shelf.sync()
    before = any_shelf.fingerprint_of_everything()
    assert any_shelf.sync() == Report()
    assert any_shelf.fingerprint_of_everything() == before


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_any_change_a_sync_brings_the_index_into_step(shelf: Shelf, change: Change):
    ids = fill(shelf)
    shelf.sync()
    change(shelf, ids)
    assert shelf.drift() > 0
    shelf.sync()
    assert shelf.drift() == 0


def test_many_changes_at_once_need_one_sync(shelf: Shelf):
    ids = fill(shelf)
    shelf.sync()
    for change in (archive, revise, replace_a_solution):
        change(shelf, ids)
    shelf.unpublish(ids["english"], "en")
    assert shelf.drift() > 0
    shelf.sync()
    assert shelf.drift() == 0


def test_more_documents_than_one_commit_takes_are_all_taken_in(shelf: Shelf):
    for number in range(30):
        shelf.publish(f"Artikel {number}", f"Text Nummer {number} über den Router.")
    told: list[tuple[int, int]] = []
    shelf.sync(progress=lambda done, total: told.append((done, total)))
    assert shelf.drift() == 0
    assert len(told) > 1
    assert told[-1] == (30, 30)


KILLS = {
    "embedder": [("embed", 1), ("count_tokens", 1)],
    "vectors": [("add", 1), ("remove", 2)],
    "lexical": [("learn", 1), ("learn", 2), ("add", 1), ("add", 2), ("remove", 1), ("remove", 2)],
}
"""Engine -> methods, and at which call of them the process dies."""


def dying(shelf: Shelf, which: str, name: str, number: int, when: str) -> Shelf:
    """Return the shelf with an engine that takes the process with it."""
    fatal = Watched(getattr(shelf.engines, which), **{when: killed_at(name, number)})
    return shelf.with_engines(**{which: fatal})


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("which", KILLS)
def test_killed_anywhere_the_next_sync_ends_in_step(shelf: Shelf, which: str, when: str):
    ids = fill(shelf)
    shelf.sync()
    shelf.archive(ids["bill"])
    for name, number in KILLS[which]:
        knob = f"Knopf {name}{number}"
        shelf.publish("Router neu starten", f"{knob} drücken.")
        with pytest.raises(Killed):
            dying(shelf, which, name, number, when).sync()
        assert "Rechnung finden" not in shelf.titles("Rechnung finden")
        shelf.sync()
        assert shelf.drift() == 0, (name, number)
        assert knob in shelf.search(knob).hits[0].passage.text


@pytest.mark.parametrize(
    ("which", "name"),
    [("embedder", "embed"), ("vectors", "add"), ("lexical", "add")],
)
def test_killed_in_a_rebuild_the_old_index_serves_and_the_next_ends_in_step(
    shelf: Shelf, which: str, name: str
):
    fill(shelf)
    shelf.sync()
    with pytest.raises(Killed):
        dying(shelf, which, name, 2, "after").sync(rebuild=True)
    assert shelf.titles("Router neu starten")[0] == "Router neu starten"
    assert shelf.drift() == 0
    shelf.sync(rebuild=True)
    assert shelf.drift() == 0
    assert shelf.titles("Router neu starten")[0] == "Router neu starten"


def test_taken_back_after_a_kill_nothing_of_it_is_left_behind(any_shelf: Shelf):
    fill(any_shelf)
    any_shelf.sync()
    late = any_shelf.publish("SIM sperren", "Rufen Sie an.")
    with pytest.raises(Killed):
        dying(any_shelf, "vectors", "add", 1, "after").sync()
    any_shelf.archive(late)
    any_shelf.sync()
    assert any_shelf.drift() == 0


@pytest.mark.parametrize(("which", "name"), [("vectors", "drop"), ("lexical", "drop")])
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_the_old_collection_goes_the_new_one_serves(
    shelf: Shelf, which: str, name: str, when: str
):
    fill(shelf)
    shelf.sync()
    with pytest.raises(Killed):
        dying(shelf, which, name, 7, when).sync(rebuild=True)
    shelf.sync()
    assert shelf.drift() == 0
    assert shelf.titles("Router neu starten")[0] == "Router neu starten"


@pytest.mark.parametrize("change", [unpublish, archive, narrow])
def test_what_is_taken_back_is_gone_before_and_after_the_sync(any_shelf: Shelf, change: Change):
    ids = {name: any_shelf.publish("Router neu starten", STEPS) for name in ("router", "bill")}
    any_shelf.publish("Rechnung finden", "Im Kundenkonto.")
    any_shelf.sync()
    revision = any_shelf.revision_of(ids["router"])
    assert any_shelf.titles("Router neu starten")[0] == "Router neu starten"
    change(any_shelf, ids)
    assert "Router neu starten" not in any_shelf.titles("Router neu starten")
    any_shelf.sync()
    assert "Router neu starten" not in any_shelf.titles("Router neu starten")
    assert any_shelf.drift() == 0
    left = any_shelf.engines.vectors.ids(serving(any_shelf))
    assert not any(chunk_id.startswith(f"r{revision}.") for chunk_id in left)


def test_a_narrowed_article_moves_to_the_staffs_collection(any_shelf: Shelf):
    narrowed = any_shelf.publish("Kulanz", "Bis 20 Euro ohne Rückfrage.")
    any_shelf.sync()
    any_shelf.narrow(narrowed)
    assert any_shelf.titles("Kulanz") == []
    assert any_shelf.titles("Kulanz", AGENT) == ["Kulanz"]
    any_shelf.sync()
    assert any_shelf.titles("Kulanz") == []
    assert any_shelf.titles("Kulanz", AGENT) == ["Kulanz"]


def test_a_new_revision_replaces_the_old_one_in_search(shelf: Shelf):
    shelf.publish("Kündigung", "Die Frist beträgt einen Monat.")
    shelf.sync()
    shelf.publish("Kündigung", "Die Frist beträgt zwei Wochen.")
    assert shelf.titles("Kündigung Frist") == []
    shelf.sync()
    (hit,) = shelf.search("Kündigung Frist").hits
    assert "zwei Wochen" in hit.passage.text


def test_a_rebuild_serves_all_the_while_and_leaves_nothing_old(any_shelf: Shelf):
    fill(any_shelf)
    any_shelf.sync()
    old = {finding.collection for finding in audit(any_shelf.engine, any_shelf.engines)}
    seen: list[list[str]] = []
    any_shelf.sync(
        rebuild=True,
        progress=lambda _done, _total: seen.append(any_shelf.titles("Router neu starten", AGENT)),
    )
    assert len(seen) >= 4
    assert all(titles[0] == "Router neu starten" for titles in seen)
    new = {finding.collection for finding in audit(any_shelf.engine, any_shelf.engines)}
    assert not old & new
    with Session(any_shelf.engine) as session:
        for collection in old:
            assert queries.ids(session, collection) == set()
            assert any_shelf.engines.vectors.ids(collection) == set()
            assert any_shelf.engines.lexical.ids(collection) == set()
            assert any_shelf.engines.lexical.ids(f"{collection}-whole") == set()
    assert any_shelf.drift() == 0


def test_another_model_gets_collections_of_its_own(shelf: Shelf):
    fill(shelf)
    shelf.sync()
    spied = Watched(shelf.engines.vectors)
    other = shelf.with_engines(embedder=OtherModel(), vectors=spied)
    assert any(finding.is_outdated for finding in audit(other.engine, other.engines))
    report = other.sync()
    filled = {collection for name, collection in spied.asked if name == "add"}
    mark = fingerprint(OtherModel.digest, OtherModel.max_tokens)
    assert filled
    assert all(mark in collection for collection in filled)
    assert set(report.switched) >= filled
    assert other.drift() == 0
    assert other.titles("Router neu starten")[0] == "Router neu starten"


def test_a_new_model_is_never_compared_with_the_old_ones_vectors(shelf: Shelf):
    """Between a change of model and the sync, words alone find what there is, and that is told."""
    fill(shelf)
    shelf.sync()
    spied = Watched(shelf.engines.vectors)
    found = shelf.with_engines(embedder=OtherModel(), vectors=spied).search("Router neu starten")
    assert found.hits[0].passage.title == "Router neu starten"
    assert Notice.WITHOUT_MEANING in found.notices
    assert "nearest" not in {name for name, _ in spied.asked}


def test_the_world_is_indexed_as_sql_says(engine, world: World, folder: Path):
    shelf = Shelf(engine, offline(folder / "lexical"))
    report = shelf.sync()
    shown = [piece for piece in world.pieces if piece.is_for(world.ada.viewer)]
    assert report.added == len(shown) + 1, "and the one solution"
    assert shelf.drift() == 0


def test_two_processes_share_a_database_and_each_follows_with_its_own_words(
    shelf: Shelf, folder: Path
):
    """Vectors are shared, the words are each machine's own and follow the rows in SQL."""
    vectors = MemoryVectors()
    here, there = (
        Shelf(shelf.engine, Engines(HashingEmbedder(), vectors, TantivyIndex(folder / name)))
        for name in ("here", "there")
    )
    fill(here)
    assert here.sync().added == 5
    assert there.sync().added == 0
    assert there.drift() == here.drift() == 0
    assert there.titles("Router neu starten", use_dense=False)[0] == "Router neu starten"
