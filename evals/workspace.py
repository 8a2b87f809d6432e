"""A knowledge base of its own for one evaluation: the real import, index and search, elsewhere.

Nothing here touches the operator's home; the workspace is a temporary folder and goes when done.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from rich_click import ClickException
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from evals.datasets.golden import Dataset
from ingestion.records import ImportOptions, Outcome
from ingestion.run import import_path
from kb.access import Audience
from kb.articles.models import Article, Translation
from kb.config import Config
from kb.db import migrate, open_engine
from kb.terminal import Progress
from retrieval.assembly import build_engines
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
from retrieval.index.sync import sync


class NotImported(ClickException):
    """The corpus could not be imported whole, so figures would be wrong."""


@dataclass(frozen=True)
class Workspace:
    """An indexed corpus, ready to be asked."""

    engine: Engine
    engines: Engines
    lexicons: Lexicons
    documents: dict[tuple[int, str], str]
    """(article id, language) -> document id of the data set."""
    index_seconds: float
    chunks: int
    lexical_folder: Path = Path()
    """Where the word index is."""


@dataclass(frozen=True)
class Corpus:
    """A file or folder to import, and for whom."""

    path: Path
    audience: Audience = Audience.PUBLIC


@contextmanager
def workspace(dataset: Dataset, config: Config, progress: Progress) -> Iterator[Workspace]:
    """Import and index a data set into a temporary home.

    Raises:
        NotImported: some document could not be imported.
    """
    with indexed([Corpus(dataset.corpus)], config, progress) as place:
        yield replace(place, documents=documents_of(place.engine, dataset))


@contextmanager
def indexed(parts: Sequence[Corpus], config: Config, progress: Progress) -> Iterator[Workspace]:
    """Import several files or folders into one temporary home, and index them.

    Raises:
        NotImported: something in them could not be imported.
    """
    with TemporaryDirectory(prefix="lotse-eval-") as folder:
        own = config.model_copy(
            update={"home": Path(folder), "database_url": "", "chroma_url": "", "redis_url": ""}
        )
        engine = open_engine(own.sql_url)
        migrate(engine)
        for part in parts:
            _import(engine, part, progress)
        engines = build_engines(own)
        engines.embedder.embed(["warm"])
        started = perf_counter()
        synced = sync(engine, engines, progress=lambda done, all_: progress("index", done, all_))
        seconds = perf_counter() - started
        yield Workspace(
            engine=engine,
            engines=engines,
            lexicons=Lexicons(engines.lexical),
            documents={},
            index_seconds=seconds,
            chunks=synced.chunks,
            lexical_folder=own.index_folder / "lexical",
        )
        engine.dispose()


def _import(engine: Engine, part: Corpus, progress: Progress) -> None:
    options = ImportOptions(publish=True, audience=part.audience)
    report = import_path(
        engine, part.path, options, lambda done, all_, _: progress("import", done, all_)
    )
    if report.counts.get(Outcome.FAILED):
        raise NotImported(f"{report.failures[0].origin}: {report.failures[0].reason}")


def documents_of(engine: Engine, dataset: Dataset) -> dict[tuple[int, str], str]:
    with Session(engine) as session:
        rows = session.exec(
            select(Article.id, Article.source_key, Translation.locale).join(
                Translation, col(Article.id) == col(Translation.article_id)
            )
        ).all()
    found = {}
    for article_id, key, locale in rows:
        name = key.removesuffix(".md")
        paired = f"{name}::{locale}"
        is_paired = not dataset.locales or paired in dataset.locales
        found[(article_id or 0, locale)] = paired if is_paired else name
    return found
