"""Who followed so far looks only at what later notes name, and still ends in step with SQL."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session

from kb import outbox
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.offline import HashingEmbedder, MemoryVectors
from retrieval.index import noted
from retrieval.index.collections import whole_of
from retrieval.index.stack import Engines
from retrieval.index.sync import Report
from tests.retrieval.changes import (
    archive,
    fill,
    narrow,
    replace_a_solution,
    restore,
    revise,
    serving,
    unpublish,
)
from tests.retrieval.shelf import Killed, OtherModel, Shelf, Watched, killed_at, watched


def position(shelf: Shelf) -> int:
    with Session(shelf.engine) as session:
        return outbox.position(session)


def filled(shelf: Shelf) -> dict[str, int]:
    """Put some of everything on the shelf, and bring the index into step."""
    made = fill(shelf)
    shelf.sync()
    return made


def revise_twice(shelf: Shelf, ids: dict[str, int]) -> None:
    shelf.publish("Router neu starten", "Erst einmal Knopf drücken.")
    revise(shelf, ids)


def add(shelf: Shelf, _ids: dict[str, int]) -> None:
    shelf.publish("SIM sperren", "Rufen Sie an.")


def translate(shelf: Shelf, _ids: dict[str, int]) -> None:
    shelf.publish("Find the bill", "In your account.", locale="en", key="rechnung-finden")


def solve(shelf: Shelf, _ids: dict[str, int]) -> None:
    shelf.solved("Router", "Der Router blinkt.", "Netzteil getauscht.", locale="en")


CHANGES = [
    revise,
    revise_twice,
    add,
    translate,
    unpublish,
    archive,
    narrow,
    restore,
    solve,
    replace_a_solution,
]
Change = Callable[[Shelf, dict[str, int]], None]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_notes_name_is_brought_into_step(any_shelf: Shelf, change: Change):
    ids = filled(any_shelf)
    since = position(any_shelf)
    change(any_shelf, ids)
    assert any_shelf.drift() > 0
    any_shelf.sync(since=since)
    assert any_shelf.drift() == 0


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_no_list_of_everything_is_asked_for(shelf: Shelf, change: Change):
    ids = filled(shelf)
    since = position(shelf)
    change(shelf, ids)
    spied = Shelf(shelf.engine, watched(shelf.engines))
    spied.sync(since=since)
    for store in (spied.engines.vectors, spied.engines.lexical):
        assert isinstance(store, Watched)
        assert "ids" not in {name for name, _ in store.asked}


def test_one_changed_article_costs_its_own_passages_only(shelf: Shelf):
    filled(shelf)
    since = position(shelf)
    shelf.publish("Router neu starten", "Ganz anders: Knopf drücken.")
    spied = Watched(shelf.engines.embedder)
    report = shelf.with_engines(embedder=spied).sync(since=since)
    assert (report.added, report.removed, report.chunks) == (1, 1, 2)
    assert [name for name, _ in spied.asked].count("embed") == 1


def test_without_a_note_there_is_nothing_to_do(shelf: Shelf):
    filled(shelf)
    before = shelf.fingerprint_of_everything()
    assert shelf.sync(since=position(shelf)) == Report()
    assert shelf.fingerprint_of_everything() == before


def lose_the_vectors(shelf: Shelf) -> None:
    shelf.engines.vectors.drop(serving(shelf))


def lose_a_vector(shelf: Shelf) -> None:
    shelf.engines.vectors.remove(serving(shelf), ["r1.1"])


def lose_the_words(shelf: Shelf) -> None:
    shelf.engines.lexical.drop(serving(shelf, "staff-de"))


def lose_the_words_of_a_whole(shelf: Shelf) -> None:
    shelf.engines.lexical.remove(whole_of(serving(shelf)), [1])


@pytest.mark.parametrize(
    "lose",
    [lose_the_vectors, lose_a_vector, lose_the_words, lose_the_words_of_a_whole],
    ids=lambda lose: lose.__name__,
)
def test_where_the_counts_disagree_everything_is_compared(
    shelf: Shelf, lose: Callable[[Shelf], None]
):
    """Nobody noted it, and nobody asked for a list: it is made good all the same."""
    filled(shelf)
    lose(shelf)
    assert shelf.drift() > 0
    shelf.sync(since=position(shelf))
    assert shelf.drift() == 0


KILLS = {
    "embedder": [("embed", 1), ("count_tokens", 1)],
    "vectors": [("add", 1), ("remove", 2)],
    "lexical": [("learn", 1), ("learn", 2), ("add", 1), ("add", 2), ("remove", 1), ("remove", 2)],
}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("which", KILLS)
def test_whatever_went_wrong_on_the_way_the_next_look_at_the_notes_ends_in_step(
    shelf: Shelf, which: str, when: str
):
    ids = filled(shelf)
    since = position(shelf)
    shelf.archive(ids["bill"])
    for name, number in KILLS[which]:
        knob = f"Knopf {name}{number}"
        shelf.publish("Router neu starten", f"{knob} drücken.")
        fatal = Watched(getattr(shelf.engines, which), **{when: killed_at(name, number)})
        with pytest.raises(Killed):
            shelf.with_engines(**{which: fatal}).sync(since=since)
        shelf.sync(since=since)
        assert shelf.drift() == 0, (name, number)
        assert knob in shelf.search(knob).hits[0].passage.text


def test_taken_back_after_a_failure_nothing_of_it_is_left_behind(shelf: Shelf):
    filled(shelf)
    since = position(shelf)
    late = shelf.publish("SIM sperren", "Rufen Sie an.")
    fatal = Watched(shelf.engines.vectors, after=killed_at("add", 1))
    with pytest.raises(Killed):
        shelf.with_engines(vectors=fatal).sync(since=since)
    shelf.archive(late)
    shelf.sync(since=since)
    assert shelf.drift() == 0


def test_another_model_is_no_matter_of_notes(shelf: Shelf):
    filled(shelf)
    other = shelf.with_engines(embedder=OtherModel())
    report = other.sync(since=position(shelf))
    assert report.added == 5
    assert len(report.switched) == 6
    assert other.drift() == 0


def test_very_many_notes_are_not_taken_one_by_one(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    filled(shelf)
    since = position(shelf)
    monkeypatch.setattr(noted, "_MOST", 3)
    for number in range(5):
        shelf.publish(f"Artikel {number}", f"Text Nummer {number}.")
    with Session(shelf.engine) as session:
        assert noted.noted(session, since) is None
        assert noted.noted(session, since + 3) is not None
    assert shelf.sync(since=since).added == 5
    assert shelf.drift() == 0


def test_rows_that_another_machine_wrote_are_followed_with_words_of_ones_own(
    shelf: Shelf, folder: Path
):
    vectors = MemoryVectors()
    here, there = (
        Shelf(shelf.engine, Engines(HashingEmbedder(), vectors, TantivyIndex(folder / name)))
        for name in ("here", "there")
    )
    filled(here)
    there.sync()
    since = position(shelf)
    here.publish("SIM sperren", "Rufen Sie an.")
    assert here.sync(since=since).added == 1
    assert there.drift() > 0
    assert there.sync(since=since) == Report()
    assert there.drift() == here.drift() == 0
