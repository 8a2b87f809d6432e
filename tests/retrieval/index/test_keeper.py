"""The keeper follows the outbox, one writer at a time, and outlives what fails."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from structlog.testing import capture_logs

from kb.errors import EmbedderUnavailable, IndexUnavailable
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.offline import MemoryVectors
from retrieval.index import keeper
from retrieval.index.keeper import keep
from retrieval.index.lock import Busy, turn, writing
from tests.databases import PostgresStore
from tests.retrieval.shelf import Shelf, Watched, offline


class Script(Event):
    """Does the next thing whenever the keeper rests, and stops it after the last."""

    def __init__(self, *scenes: Callable[[], object]) -> None:
        super().__init__()
        self._scenes = list(scenes)
        self.pauses: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout or 0.0)
        if self._scenes:
            self._scenes.pop(0)()
        if not self._scenes:
            self.set()
        return self.is_set()


class Flaky:
    """Fails until it is mended."""

    def __init__(self, error: type[Exception]) -> None:
        self.error: type[Exception] | None = error

    def mend(self) -> None:
        self.error = None

    def __call__(self, _name: str, _number: int) -> None:
        if self.error is not None:
            raise self.error


def nothing() -> None:
    """The keeper looks once more."""


def test_it_syncs_at_once_and_after_every_note(shelf: Shelf, tmp_path: Path):
    shelf.publish("Router neu starten", "Ziehen Sie den Stecker.")
    seen: list[list[str]] = []
    script = Script(
        lambda: seen.append(shelf.titles("Router Rechnung")),
        lambda: shelf.publish("Rechnung finden", "Im Kundenkonto."),
        lambda: seen.append(sorted(shelf.titles("Router Rechnung"))),
    )
    keep(shelf.engine, shelf.engines, tmp_path, stop=script)
    assert seen == [["Router neu starten"], ["Rechnung finden", "Router neu starten"]]
    assert shelf.drift() == 0


def test_without_a_new_note_it_touches_no_engine(shelf: Shelf, tmp_path: Path):
    shelf.publish("Router neu starten", "Ziehen Sie den Stecker.")
    spied = Watched(shelf.engines.embedder)
    counted: list[int] = []
    script = Script(*[lambda: counted.append(len(spied.asked))] * 3)
    keep(shelf.engine, shelf.with_engines(embedder=spied).engines, tmp_path, stop=script)
    assert counted[0] > 0
    assert len(set(counted)) == 1


def test_it_says_when_a_look_is_done(shelf: Shelf, tmp_path: Path):
    looks: list[int] = []
    script = Script(nothing, nothing)
    keep(shelf.engine, shelf.engines, tmp_path, stop=script, on_done=lambda: looks.append(1))
    assert len(looks) == 2


@pytest.mark.parametrize("error", [IndexUnavailable, EmbedderUnavailable])
@pytest.mark.parametrize("which", ["vectors", "lexical", "embedder"])
def test_what_is_down_is_tried_again_until_it_works(
    shelf: Shelf, tmp_path: Path, which: str, error: type[Exception]
):
    shelf.publish("Router neu starten", "Ziehen Sie den Stecker.")
    flaky = Flaky(error)
    broken = Watched(getattr(shelf.engines, which), before=flaky)
    script = Script(nothing, nothing, flaky.mend, nothing)
    with capture_logs() as logged:
        engines = shelf.with_engines(**{which: broken}).engines
        keep(shelf.engine, engines, tmp_path, stop=script)
    assert shelf.drift() == 0
    waits = [one for one in logged if one["event"] == "index_waits"]
    assert [one["kind"] for one in waits] == [error.__name__] * 3
    assert script.pauses[0] < script.pauses[1] < script.pauses[2]
    assert script.pauses[3] < script.pauses[0]


def test_it_never_waits_longer_than_a_minute(shelf: Shelf, tmp_path: Path):
    broken = Watched(shelf.engines.vectors, before=Flaky(IndexUnavailable))
    shelf.publish("Router", "Text.")
    script = Script(*[nothing] * 12)
    with capture_logs():
        keep(shelf.engine, shelf.with_engines(vectors=broken).engines, tmp_path, stop=script)
    assert max(script.pauses) == 60


def test_what_is_logged_is_counts_and_never_text(shelf: Shelf, tmp_path: Path):
    shelf.publish("Geheimwort", "Geheimwort.")
    with capture_logs() as logged:
        keep(shelf.engine, shelf.engines, tmp_path, stop=Script(nothing))
    assert {"event": "index_synced", "added": 1, "removed": 0, "log_level": "info"} in logged
    assert "Geheimwort" not in str(logged)


def test_while_another_process_writes_it_waits_and_then_takes_over(shelf: Shelf, tmp_path: Path):
    shelf.publish("Router neu starten", "Ziehen Sie den Stecker.")
    other = writing(tmp_path)
    other.__enter__()
    seen: list[list[str]] = []
    script = Script(
        lambda: seen.append(shelf.titles("Router")),
        lambda: other.__exit__(None, None, None),
        lambda: seen.append(shelf.titles("Router")),
    )
    keep(shelf.engine, shelf.engines, tmp_path, stop=script)
    assert seen == [[], ["Router neu starten"]]


def test_the_keeper_tells_when_nobody_else_writes_any_more(shelf: Shelf, tmp_path: Path):
    other = writing(tmp_path)
    other.__enter__()
    told: list[str] = []
    script = Script(
        lambda: told.append("waits"), lambda: other.__exit__(None, None, None), lambda: None
    )
    keep(shelf.engine, shelf.engines, tmp_path, stop=script, on_held=lambda: told.append("held"))
    assert told == ["waits", "held"]


def test_one_writes_at_a_time(tmp_path: Path):
    with writing(tmp_path), pytest.raises(Busy), writing(tmp_path):
        pass


def test_the_right_to_write_comes_back_however_writing_ended(tmp_path: Path):
    with pytest.raises(ZeroDivisionError), writing(tmp_path):
        raise ZeroDivisionError
    with writing(tmp_path):
        pass


def test_another_home_is_another_matter(tmp_path: Path):
    with writing(tmp_path / "a"), writing(tmp_path / "b"):
        pass


def test_a_refused_writer_does_not_take_the_right_away(tmp_path: Path):
    with writing(tmp_path):
        for _ in range(2):
            with pytest.raises(Busy), writing(tmp_path):
                pass


def test_an_error_nobody_thought_of_does_not_end_it(shelf: Shelf, tmp_path: Path):
    shelf.publish("Router neu starten", "Ziehen Sie den Stecker.")
    flaky = Flaky(RecursionError)
    broken = Watched(shelf.engines.embedder, before=flaky)
    with capture_logs() as logged:
        keep(
            shelf.engine,
            shelf.with_engines(embedder=broken).engines,
            tmp_path,
            stop=Script(nothing, flaky.mend, nothing),
        )
    assert [one["kind"] for one in logged if one["event"] == "index_waits"] == [
        "RecursionError"
    ] * 2
    assert shelf.drift() == 0


def test_what_was_lost_without_a_note_is_made_good_after_a_while(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    clock = [0.0]
    monkeypatch.setattr(keeper, "monotonic", lambda: clock[0])
    shelf.publish("Router neu starten", "Ziehen Sie den Stecker.")
    vectors = shelf.engines.vectors
    drifts: list[int] = []

    def lose() -> None:
        assert isinstance(vectors, MemoryVectors)
        vectors._kept.clear()  # noqa: SLF001  # as a server does that lost its disk

    script = Script(
        lose,
        lambda: drifts.append(shelf.drift()),
        lambda: clock.__setitem__(0, 601.0),
        lambda: drifts.append(shelf.drift()),
    )
    keep(shelf.engine, shelf.engines, tmp_path, stop=script)
    assert drifts[0] > 0
    assert drifts[1] == 0


@pytest.fixture
def machines(postgres_store: PostgresStore, tmp_path: Path) -> Iterator[tuple[Shelf, Shelf]]:
    """Two machines: one database and one vector store, and a lexical index each."""
    with postgres_store.empty_database(tmp_path) as engine:
        one = Shelf(engine, offline(tmp_path / "one"))
        yield one, one.with_engines(lexical=TantivyIndex(tmp_path / "two"))


def keep_once(shelf: Shelf, folder: Path, *scenes: Callable[[], object]) -> None:
    keep(shelf.engine, shelf.engines, folder, stop=Script(*scenes or [nothing]))


@pytest.mark.postgres
def test_each_machine_learns_the_words_and_only_one_embeds(
    machines: tuple[Shelf, Shelf], tmp_path: Path
):
    one, other = machines
    one.publish("Router neu starten", "Ziehen Sie den Stecker.")
    keep_once(one, tmp_path / "a")
    idle = Watched(other.engines.embedder)
    keep_once(other.with_engines(embedder=idle), tmp_path / "b")
    assert idle.asked == []
    assert (one.drift(), other.drift()) == (0, 0)
    assert other.search("Router", use_dense=False).hits


@pytest.mark.postgres
def test_a_rebuild_on_one_machine_is_followed_by_the_others(
    machines: tuple[Shelf, Shelf], tmp_path: Path
):
    one, other = machines
    one.publish("Router neu starten", "Ziehen Sie den Stecker.")
    one.sync()
    before = other.drift()
    folders: list[set[str]] = []

    def look() -> None:
        folders.append({path.name for path in (tmp_path / "two").iterdir()})

    keep_once(other, tmp_path / "b", look, lambda: one.sync(rebuild=True), look)
    assert before > 0
    assert other.drift() == 0
    assert {name.split("-")[3] for name in folders[0]} == {"1"}
    assert {name.split("-")[3] for name in folders[1]} == {"2"}


@pytest.mark.postgres
def test_while_another_machine_has_the_turn_a_keeper_waits(
    machines: tuple[Shelf, Shelf], tmp_path: Path
):
    one, other = machines
    one.publish("Router neu starten", "Ziehen Sie den Stecker.")
    turns = turn(one.engine)
    turns.__enter__()
    seen: list[bool] = []
    with capture_logs() as logged:
        keep_once(
            other,
            tmp_path / "b",
            lambda: seen.append(other.drift() == 0),
            lambda: turns.__exit__(None, None, None),
            lambda: seen.append(other.drift() == 0),
        )
    assert seen == [False, True]
    assert [one for one in logged if one["event"] == "index_waits"] == []


@pytest.mark.postgres
def test_the_turn_is_one_machines_at_a_time_and_comes_back(machines: tuple[Shelf, Shelf]):
    engine = machines[0].engine
    with turn(engine), pytest.raises(Busy), turn(engine):
        pass
    with pytest.raises(ZeroDivisionError), turn(engine):
        raise ZeroDivisionError
    with turn(engine, wait=True):
        pass
