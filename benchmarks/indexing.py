"""Passages indexed per second: ours against llama-index's documented pipeline, in turn.

Both get the same passages of at most 256 tokens and the same model, write to Chroma on disk, and
run in a process of their own, as they are started by whoever uses them. Loading is not timed.
Ours also analyses the words and writes the lexical index; llama-index has none.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import kb
from kb.config import LOCALES, Config
from retrieval.assembly import build_engines
from retrieval.engines.embedder import bundled
from retrieval.engines.protocols import LexicalEntry
from retrieval.index.chunking import cut
from retrieval.index.plain import plain
from retrieval.language.analysis import terms

_DEMO = Path(kb.__file__).parent / "demo" / "articles"
_SYNC_BATCH = 500


@dataclass(frozen=True)
class Rate:
    """Passages a second, by the clock and by the time of the processors; a median of rounds."""

    way: str
    by_clock: float
    by_processor: float


def passages(number: int) -> list[str]:
    """Return the demo's passages, as the index cuts them, again and again with a number."""
    count = build_engines(Config(home=Path("var"))).embedder.count_tokens
    found = [
        plain(piece.text)
        for locale in LOCALES
        for path in sorted((_DEMO / locale).glob("*.md"))
        for piece in cut(path.read_text().split("---", 2)[2], limit=250, count=count)
    ]
    return [f"{found[at % len(found)]} {at}" for at in range(number)]


def compare(number: int, rounds: int, tell: Callable[[str, int, int], None]) -> list[Rate]:
    """Run both ways in turn, each in a process of its own."""
    ways = ("lotse", "llama-index")
    taken: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    with TemporaryDirectory(prefix="lotse-bench-") as folder:
        texts = Path(folder) / "passages.json"
        texts.write_text(json.dumps(passages(number)))
        _run("lotse", texts, Path(folder) / "first")  # the way of computing is chosen once
        for turn in range(rounds):
            for way in ways:
                taken[way].append(_run(way, texts, Path(folder) / f"{way}-{turn}"))
                tell("index", turn * 2 + ways.index(way) + 1, rounds * 2)
    return [
        Rate(
            way,
            round(number / median(clock for clock, _ in times), 1),
            round(number / median(processor for _, processor in times), 1),
        )
        for way, times in taken.items()
    ]


def _run(way: str, texts: Path, folder: Path) -> tuple[float, float]:
    home = texts.parent / "home"
    folder.mkdir()
    command = [
        sys.executable,
        "-m",
        "benchmarks.indexing",
        way,
        str(texts),
        str(folder),
        str(home),
    ]
    quiet = {"OMP_WAIT_POLICY": "PASSIVE"} if way == "lotse" else {}  # as `lotse` sets it
    done = subprocess.run(  # noqa: S603  # our own interpreter
        command,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "HF_HUB_OFFLINE": "1", **quiet},  # noqa: TID251  # a child's
    )
    seconds, processor = json.loads(done.stdout.splitlines()[-1])
    return float(seconds), float(processor)


def _ours(folder: Path, home: Path) -> Callable[[Sequence[str]], None]:
    (home / "index").mkdir(parents=True, exist_ok=True)
    config = Config(home=home, database_url="", chroma_url="", redis_url="")
    chooser = build_engines(config).embedder
    engines = build_engines(config.model_copy(update={"home": folder}))

    def index(texts: Sequence[str]) -> None:
        for start in range(0, len(texts), _SYNC_BATCH):
            batch = texts[start : start + _SYNC_BATCH]
            ids = [f"r{start + at}.1" for at in range(len(batch))]
            engines.vectors.add("bench", ids, chooser.embed(batch))
            engines.lexical.add(
                "bench",
                [
                    LexicalEntry(ids[at], start + at, (), (), terms(text, "de"))
                    for at, text in enumerate(batch)
                ],
            )

    return index


def _llama_index(folder: Path, _home: Path) -> Callable[[Sequence[str]], None]:
    import chromadb  # noqa: PLC0415  # only this process needs it
    import torch  # noqa: PLC0415  # as above
    from llama_index.core.ingestion import IngestionPipeline  # noqa: PLC0415  # as above
    from llama_index.core.schema import TextNode  # noqa: PLC0415  # as above
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding  # noqa: PLC0415  # as above
    from llama_index.vector_stores.chroma import ChromaVectorStore  # noqa: PLC0415  # as above

    collection = chromadb.PersistentClient(path=str(folder)).get_or_create_collection("bench")
    pipeline = IngestionPipeline(
        transformations=[
            HuggingFaceEmbedding(
                model_name=str(bundled("")),
                # our weights are kept in 16 bits; fp32 is what it is fastest with and meant for
                model_kwargs={"dtype": torch.float32},
            )
        ],
        vector_store=ChromaVectorStore(chroma_collection=collection),
    )
    return lambda texts: void(pipeline.run(nodes=[TextNode(text=text) for text in texts]))


def void(_anything: object) -> None:
    """Forget what was returned."""


def _measure(way: str, texts: Path, folder: Path, home: Path) -> None:
    index = {"lotse": _ours, "llama-index": _llama_index}[way](folder, home)
    every = json.loads(texts.read_text())
    index(every[:20])
    started, processor = perf_counter(), process_time()
    index(every)
    print(json.dumps([perf_counter() - started, process_time() - processor]))  # noqa: T201


if __name__ == "__main__":
    _measure(sys.argv[1], *(Path(one) for one in sys.argv[2:5]))
