"""What every vector store does: the suite, and the stores that are held to it."""

import gc
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGCONT, SIGSTOP

import httpx
import numpy as np
import pytest

from kb.errors import IndexUnavailable
from retrieval.engines import chroma, vectors
from retrieval.engines.offline import HashingEmbedder, MemoryVectors
from retrieval.engines.protocols import Vectors, VectorStore
from retrieval.engines.vectors import ChromaVectors
from tests.world import canary

ONE, OTHER = "public-de-0123456789ab-1", "staff-de-0123456789ab-1"
PATIENCE = 20
PATIENCE_WITH_ONE = 0.6
"""Seconds these tests let a search wait for a server that hangs."""


def _vectors(*rows: tuple[float, ...]) -> Vectors:
    found = np.array(rows, dtype=np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


EAST, NORTH, NORTHEAST, WEST = _vectors((1, 0, 0), (0, 1, 0), (1, 1, 0), (-1, 0, 0))


class VectorStoreSuite:
    """The same questions to every store. Each test has collections nobody else has filled."""

    def test_what_was_never_filled_is_empty(self, store: VectorStore):
        assert store.ids(ONE) == set()
        assert store.nearest(ONE, EAST, limit=5) == []
        store.remove(ONE, ["r1.0"])
        store.drop(ONE)

    def test_the_nearest_come_first_with_their_cosine(self, store: VectorStore):
        store.add(ONE, ["w", "n", "ne", "e"], np.stack([WEST, NORTH, NORTHEAST, EAST]))
        found = store.nearest(ONE, EAST, limit=10)
        assert [one.chunk_id for one in found] == ["e", "ne", "n", "w"]
        assert [one.score for one in found] == pytest.approx([1, 0.7071, 0, -1], abs=1e-3)

    def test_no_more_come_than_were_asked_for(self, store: VectorStore):
        store.add(ONE, ["n", "e"], np.stack([NORTH, EAST]))
        assert [one.chunk_id for one in store.nearest(ONE, EAST, limit=1)] == ["e"]

    def test_an_id_that_comes_again_gets_the_new_vector(self, store: VectorStore):
        store.add(ONE, ["a"], np.stack([WEST]))
        store.add(ONE, ["a", "b"], np.stack([EAST, NORTH]))
        assert store.ids(ONE) == {"a", "b"}
        best, _ = store.nearest(ONE, EAST, limit=5)
        assert (best.chunk_id, best.score) == ("a", pytest.approx(1, abs=1e-3))

    def test_what_is_removed_is_gone_and_the_rest_stays(self, store: VectorStore):
        store.add(ONE, ["n", "e"], np.stack([NORTH, EAST]))
        store.remove(ONE, ["e", "never there"])
        assert store.ids(ONE) == {"n"}
        assert [one.chunk_id for one in store.nearest(ONE, EAST, limit=5)] == ["n"]

    def test_removing_nothing_removes_nothing(self, store: VectorStore):
        store.add(ONE, ["n"], np.stack([NORTH]))
        store.remove(ONE, [])
        assert store.ids(ONE) == {"n"}

    def test_adding_nothing_adds_nothing(self, store: VectorStore):
        store.add(ONE, [], np.zeros((0, 0), dtype=np.float32))
        assert store.ids(ONE) == set()

    def test_collections_know_nothing_of_each_other(self, store: VectorStore):
        store.add(ONE, ["a"], np.stack([EAST]))
        store.add(OTHER, ["b"], np.stack([EAST]))
        store.drop(OTHER)
        assert (store.ids(ONE), store.ids(OTHER)) == ({"a"}, set())
        assert [one.chunk_id for one in store.nearest(ONE, EAST, limit=5)] == ["a"]

    def test_it_counts_what_it_holds(self, store: VectorStore):
        assert store.count(ONE) == 0
        store.add(ONE, ["n", "e"], np.stack([NORTH, EAST]))
        store.add(ONE, ["e"], np.stack([NORTHEAST]))
        assert store.count(ONE) == 2
        store.remove(ONE, ["e"])
        assert (store.count(ONE), store.count(OTHER)) == (1, 0)

    def test_a_dropped_collection_can_be_filled_again(self, store: VectorStore):
        store.add(ONE, ["a"], np.stack([EAST]))
        store.drop(ONE)
        assert store.nearest(ONE, EAST, limit=5) == []
        store.add(ONE, ["b"], np.stack([EAST]))
        assert store.ids(ONE) == {"b"}

    def test_vectors_are_read_by_their_ids(self, store: VectorStore):
        store.add(ONE, ["n", "e"], np.stack([NORTH, EAST]))
        found = store.read(ONE, ["e", "never there"])
        assert list(found) == ["e"]
        assert found["e"] == pytest.approx(EAST, abs=1e-3)
        assert store.read(OTHER, ["e"]) == {}
        assert store.read(ONE, []) == {}

    def test_many_are_added_at_once(self, store: VectorStore):
        many = np.random.default_rng(1).normal(size=(2_500, 8)).astype(np.float32)
        many /= np.linalg.norm(many, axis=1, keepdims=True)
        store.add(ONE, [f"r{n}.1" for n in range(len(many))], many)
        assert len(store.ids(ONE)) == len(many)
        assert store.nearest(ONE, many[77], limit=1)[0].chunk_id == "r77.1"


class TestMemoryVectors(VectorStoreSuite):
    @pytest.fixture
    def store(self) -> VectorStore:
        return MemoryVectors()


class TestChromaOnDisk(VectorStoreSuite):
    @pytest.fixture
    def store(self, tmp_path: Path) -> VectorStore:
        return ChromaVectors(folder=tmp_path / "chroma")

    def test_a_new_process_finds_what_was_kept(self, tmp_path: Path):
        ChromaVectors(folder=tmp_path / "chroma").add(ONE, ["e"], np.stack([EAST]))
        again = ChromaVectors(folder=tmp_path / "chroma")
        assert again.ids(ONE) == {"e"}
        assert again.nearest(ONE, EAST, limit=1)[0].score == pytest.approx(1, abs=1e-3)

    def test_nothing_of_a_text_reaches_the_files(self, tmp_path: Path):
        secret = canary()
        store = ChromaVectors(folder=tmp_path / "chroma")
        store.add(ONE, ["r1.1"], HashingEmbedder().embed([f"Der Code ist {secret}."]))
        written = [path for path in (tmp_path / "chroma").rglob("*") if path.is_file()]
        held = b"".join(path.read_bytes() for path in written)
        assert b"r1.1" in held
        assert secret.encode() not in held

    def test_a_folder_that_cannot_be_is_told_as_such(self, tmp_path: Path):
        (tmp_path / "chroma").mkdir()
        (tmp_path / "chroma" / "chroma.sqlite3").write_text("this is no database")
        with pytest.raises(IndexUnavailable):
            ChromaVectors(folder=tmp_path / "chroma").ids(ONE)


@dataclass(frozen=True)
class Server:
    """A Chroma server that runs."""

    url: str
    process: "subprocess.Popen[bytes]"

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Let it take connections and answer none."""
        self.process.send_signal(SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(SIGCONT)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Chroma server of these tests alone."""
    program = shutil.which("chroma", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("there is no `chroma` program beside this Python")
    port = _free_port()
    folder = tmp_path_factory.mktemp("server")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  # our own virtual environment's
            [program, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)],
            stdout=log,
            stderr=log,
        )
    try:
        if not _answers(port):
            pytest.skip(f"the Chroma server does not start: {(folder / 'log').read_text()}")
        yield Server(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        _hang_up()


@pytest.fixture
def url(server: Server) -> str:
    return server.url


class TestChromaServer(VectorStoreSuite):
    @pytest.fixture
    def store(self, url: str, tmp_path: Path) -> Iterator[VectorStore]:
        store = ChromaVectors(folder=tmp_path, url=url)
        yield store
        store.drop(ONE)
        store.drop(OTHER)

    def test_two_processes_see_each_others_changes(self, url: str, tmp_path: Path):
        writer, reader = (ChromaVectors(folder=tmp_path, url=url) for _ in range(2))
        writer.add(ONE, ["a"], np.stack([EAST]))
        assert reader.ids(ONE) == {"a"}
        writer.add(ONE, ["b"], np.stack([NORTH]))
        writer.remove(ONE, ["a"])
        assert [one.chunk_id for one in reader.nearest(ONE, EAST, limit=5)] == ["b"]
        writer.drop(ONE)

    def test_a_collection_made_anew_by_another_process_is_opened_again(
        self, url: str, tmp_path: Path
    ):
        one, other = (ChromaVectors(folder=tmp_path, url=url) for _ in range(2))
        one.add(ONE, ["a"], np.stack([EAST]))
        assert [found.chunk_id for found in one.nearest(ONE, EAST, limit=5)] == ["a"]
        other.drop(ONE)
        assert one.nearest(ONE, EAST, limit=5) == []
        other.add(ONE, ["b"], np.stack([EAST]))
        assert one.ids(ONE) == {"b"}
        assert [found.chunk_id for found in one.nearest(ONE, EAST, limit=5)] == ["b"]
        other.drop(ONE)
        one.add(ONE, ["c"], np.stack([EAST]))
        assert other.ids(ONE) == {"c"}
        one.drop(ONE)

    def test_a_server_that_hangs_is_given_up_and_then_left_alone(
        self, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(vectors, "_FOR_ASKING", PATIENCE_WITH_ONE)
        known, new = (ChromaVectors(folder=tmp_path, url=server.url) for _ in range(2))
        known.add(ONE, ["e"], np.stack([EAST]))
        assert known.nearest(ONE, EAST, limit=1)
        with server.hanging():
            for store in (known, new):
                assert PATIENCE_WITH_ONE <= _seconds_until_given_up(store) < PATIENCE
                assert _seconds_until_given_up(store) < PATIENCE_WITH_ONE / 2
        known.drop(ONE)

    def test_a_server_that_came_back_is_asked_again(
        self, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(vectors, "_FOR_ASKING", PATIENCE_WITH_ONE)
        store = ChromaVectors(folder=tmp_path, url=server.url)
        store.add(ONE, ["e"], np.stack([EAST]))
        with server.hanging():
            _seconds_until_given_up(store)
        monkeypatch.setattr(chroma, "monotonic", lambda: time.monotonic() + 60)
        assert [found.chunk_id for found in store.nearest(ONE, EAST, limit=5)] == ["e"]
        store.drop(ONE)


def test_after_a_rest_one_tries_and_the_others_do_without(monkeypatch: pytest.MonkeyPatch):
    now = [100.0]
    monkeypatch.setattr(chroma, "monotonic", lambda: now[0])
    rest = chroma.Rest()

    def ask(*, works: bool) -> bool:
        """Ask, and say whether anybody was asked."""
        asked = False
        with suppress(IndexUnavailable), rest.kept():
            asked = True
            with suppress(IndexUnavailable), rest.kept():
                pytest.fail("somebody else was asked at the same time")
            if not works:
                raise IndexUnavailable
        return asked

    with pytest.raises(IndexUnavailable), rest.kept():
        raise IndexUnavailable
    assert not ask(works=True)
    now[0] += 6
    assert ask(works=False)
    assert not ask(works=True)
    now[0] += 6
    assert ask(works=True)
    with rest.kept(), rest.kept():
        pass


def _seconds_until_given_up(store: VectorStore) -> float:
    started = time.monotonic()
    with pytest.raises(IndexUnavailable):
        store.nearest(ONE, EAST, limit=1)
    return time.monotonic() - started


def test_a_server_that_is_not_there_is_told_as_such(tmp_path: Path):
    store = ChromaVectors(folder=tmp_path, url=f"http://127.0.0.1:{_free_port()}")
    for act in (
        lambda: store.ids(ONE),
        lambda: store.add(ONE, ["a"], np.stack([EAST])),
        lambda: store.nearest(ONE, EAST, limit=1),
        lambda: store.remove(ONE, ["a"]),
        lambda: store.drop(ONE),
    ):
        with pytest.raises(IndexUnavailable):
            act()


def _hang_up() -> None:
    """Close the connections to the server: Chroma's client has no way to."""
    for found in gc.get_objects():
        if type(found) is httpx.Client:
            found.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    for _ in range(PATIENCE * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False
