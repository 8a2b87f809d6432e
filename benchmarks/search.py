"""Searching and following, at several sizes: whether either slows down as a library grows.

Every size is a library of its own on disk: SQLite, Chroma and tantivy, as one process serves it.
Questions are the golden ones of the demo, each asked once.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np
from sqlalchemy import Engine
from sqlmodel import Session

import evals
from benchmarks import footprint
from benchmarks.footprint import Footprint
from benchmarks.library import fill
from kb import outbox
from kb.access import ANYONE
from kb.articles import actions as articles
from kb.articles.models import Article, Revision, Translation
from kb.config import Config
from kb.db import migrate, open_engine, transaction
from retrieval.assembly import build_engines
from retrieval.engines.protocols import Embedder, Vectors
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
from retrieval.index.sync import sync
from retrieval.search import Wish, search

QUESTIONS = Path(evals.__file__).parent / "datasets" / "demo" / "queries.jsonl"
_WARM_UP = 20
_CHANGES = 5
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Times:
    """Milliseconds of one thing done many times."""

    median: float
    p95: float
    processor: float
    """Mean time of the processors: what a busy machine does not spoil."""


@dataclass(frozen=True)
class Figures:
    """What one size took."""

    passages: int
    search: Times
    """From the question to the hits."""
    without_embedding: Times
    """The vector of the question is known already."""
    sync_by_note: Times
    """One article has changed, and a note says which."""
    sync_of_everything: Times
    """The same, everything compared: the way without notes."""
    footprint: Footprint


class Prepared:
    """The model's own vectors where they were asked for before, else noise; never the model."""

    def __init__(self, model: Embedder, known: dict[str, Vectors]) -> None:
        self._model = model
        self._known = known

    @cached_property
    def digest(self) -> str:
        return self._model.digest

    @cached_property
    def max_tokens(self) -> int:
        return self._model.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._model.count_tokens(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._one(text) for text in texts])

    def _one(self, text: str) -> Vectors:
        if text not in self._known:
            size = len(next(iter(self._known.values())))
            drawn = np.random.default_rng(len(self._known)).normal(size=size)
            self._known[text] = (drawn / np.linalg.norm(drawn)).astype(np.float32)
        return self._known[text]


def measure(sizes: Sequence[int], home: Path | None, tell: Tell) -> list[Figures]:
    """Measure every size; libraries in `home` are kept and used again."""
    lines = QUESTIONS.read_text().splitlines()
    asked = [(one["text"], one["lang"]) for one in map(json.loads, lines)]
    figures = []
    for size in sizes:
        with _folder(home, size) as folder:
            config = Config(home=folder, database_url="", chroma_url="", redis_url="")
            engines = build_engines(config)
            vectors = engines.embedder.embed([question for question, _ in asked])
            known = {question: row for (question, _), row in zip(asked, vectors, strict=True)}
            prepared = replace(engines, embedder=Prepared(engines.embedder, known))
            engine = _library(config, engines, size, tell)
            figures.append(
                Figures(
                    passages=size,
                    search=searching(engine, engines, asked),
                    without_embedding=searching(engine, prepared, asked),
                    sync_by_note=following(engine, prepared, by_note=True),
                    sync_of_everything=following(engine, prepared, by_note=False),
                    footprint=footprint.measure(folder, QUESTIONS),
                )
            )
            engine.dispose()
    return figures


@contextmanager
def _folder(home: Path | None, size: int) -> Iterator[Path]:
    if home is not None:
        yield home / str(size)
        return
    with TemporaryDirectory(prefix="lotse-bench-") as folder:
        yield Path(folder)


def _library(config: Config, engines: Engines, size: int, tell: Tell) -> Engine:
    is_there = (config.home / "filled").exists()
    engine = open_engine(config.sql_url)
    if not is_there:
        migrate(engine)
        fill(engine, engines, size, lambda done, all_: tell(f"{size} passages", done, all_))
        (config.home / "filled").touch()
    return engine


def searching(engine: Engine, engines: Engines, asked: Sequence[tuple[str, str]]) -> Times:
    lexicons = Lexicons(engines.lexical)

    def ask(question: str, locale: str) -> None:
        with Session(engine) as session:
            search(session, engines, lexicons, Wish(question, locale, ANYONE))

    for question, locale in asked[:_WARM_UP]:
        ask(question, locale)
    return timed([partial(ask, *one) for one in asked[_WARM_UP:]])


def following(engine: Engine, engines: Engines, *, by_note: bool) -> Times:
    """Change one article after the other, and time the sync of each."""
    sync(engine, engines)
    took = []
    for number in range(1, _CHANGES + 1):
        with Session(engine) as session:
            followed = outbox.position(session) if by_note else None
        _change(engine, number)
        took.append(timed([partial(sync, engine, engines, since=followed)]))
    return Times(
        median=median(one.median for one in took),
        p95=max(one.p95 for one in took),
        processor=round(sum(one.processor for one in took) / len(took), 2),
    )


def _change(engine: Engine, article_id: int) -> None:
    with transaction(engine) as session:
        article = session.get_one(Article, article_id)
        shown = session.get_one(Translation, article_id)
        body = session.get_one(Revision, shown.published_id).body
        draft = articles.Draft(f"Geändert {shown.version}", f"{body}\n\nUnd noch etwas.")
        revision = articles.revise(session, article, locale=shown.locale, draft=draft)
        articles.publish(session, article, revision)


def timed(acts: Sequence[Callable[[], object]]) -> Times:
    took = []
    processor = process_time()
    for act in acts:
        started = perf_counter()
        act()
        took.append((perf_counter() - started) * 1000)
    processor = (process_time() - processor) * 1000 / len(acts)
    took.sort()
    return Times(
        median=round(median(took), 2),
        p95=round(took[int(len(took) * 0.95)], 2),
        processor=round(processor, 2),
    )


def as_json(figures: Sequence[Figures]) -> str:
    return json.dumps([asdict(one) for one in figures], indent=2)
