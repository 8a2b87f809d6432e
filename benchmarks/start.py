"""From the start of a process to its first answer: `lotse ask`, `lotse serve`, and llama-index.

The plain way is a program as llama-index's documentation shows it: open Chroma, load the model,
ask one question of the index. The passages are the demo's, and the index is there already.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from desk.demonstration import prepare
from kb.config import Config
from kb.db import migrate, open_engine
from retrieval.assembly import build_engines
from retrieval.engines.embedder import bundled
from retrieval.index.sync import sync

QUESTION = "Warum ist meine Rechnung höher als im letzten Monat?"
_LONGEST = 300.0
_PLAIN = """
import sys, chromadb, torch
from llama_index.core import VectorStoreIndex
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.chroma import ChromaVectorStore
collections = chromadb.PersistentClient(path=sys.argv[1]).list_collections()
largest = max(collections, key=lambda one: one.count())
index = VectorStoreIndex.from_vector_store(
    ChromaVectorStore(chroma_collection=largest),
    embed_model=HuggingFaceEmbedding(
        model_name=sys.argv[2], model_kwargs={"dtype": torch.float32}
    ),
)
vector = index._embed_model.get_query_embedding(sys.argv[3])
print(largest.query(query_embeddings=[vector], n_results=5, include=["distances"])["ids"])
"""


@dataclass(frozen=True)
class Start:
    """Seconds, a median of rounds."""

    ask: float
    serve_ready: float
    """Until /readyz says that search is ready."""
    serve_answer: float
    """Until a page with hits has come: the first request after that."""
    plain: float


def measure(rounds: int, tell: Callable[[str, int, int], None]) -> Start:
    """Prepare the demo once, then start everything `rounds` times in turn."""
    taken: list[tuple[float, float, float, float]] = []
    with TemporaryDirectory(prefix="lotse-bench-") as folder:
        home = Path(folder)
        config = Config(home=home, database_url="", chroma_url="", redis_url="")
        engine = open_engine(config.sql_url)
        migrate(engine)
        prepare(engine, lambda *_: None)
        sync(engine, build_engines(config))
        engine.dispose()
        plain = [sys.executable, "-c", _PLAIN, str(home / "index" / "chroma"), str(bundled(""))]
        for turn in range(rounds):
            ask = _timed([sys.executable, "-m", "lotse", "ask", QUESTION], home)
            ready, answer = _served(home)
            taken.append((ask, ready, answer, _timed([*plain, QUESTION], home)))
            tell("start", turn + 1, rounds)
    return Start(*(round(median(column), 2) for column in zip(*taken, strict=True)))


def _timed(command: list[str], home: Path) -> float:
    started = perf_counter()
    subprocess.run(  # noqa: S603  # our own interpreter
        command, env=_environment(home), capture_output=True, check=True
    )
    return perf_counter() - started


def _served(home: Path) -> tuple[float, float]:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = perf_counter()
    with _server(home, port) as address:
        while b'"ready"' not in _got(f"{address}/readyz"):
            if perf_counter() - started > _LONGEST:
                raise TimeoutError
            sleep(0.05)
        ready = perf_counter() - started
        if not _got(f"{address}/de/search?question={quote(QUESTION)}"):
            raise TimeoutError
        return ready, perf_counter() - started


@contextmanager
def _server(home: Path, port: int) -> Iterator[str]:
    command = [sys.executable, "-m", "lotse", "serve", "--port", str(port)]
    with subprocess.Popen(  # noqa: S603  # our own interpreter
        command, env=_environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _got(address: str) -> bytes:
    try:
        with urlopen(address, timeout=30) as answer:  # noqa: S310  # our own server
            return bytes(answer.read())
    except (URLError, ConnectionError, TimeoutError):
        return b""


def _environment(home: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251  # a child's
        if not name.startswith("LOTSE_")
    }
    return {**kept, "LOTSE_HOME": str(home), "HF_HUB_OFFLINE": "1"}
