"""Offers while somebody types: the whole way through the server against the words index alone.

Typed are the beginnings of the demo's golden questions, as a searcher's fingers make them.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from litestar.testing import TestClient
from sqlmodel import Session

from benchmarks.library import fill
from benchmarks.search import QUESTIONS, Tell, Times, timed
from desk.app import create_app
from kb.access import ANYONE
from kb.config import Config
from kb.db import migrate, open_engine
from kb.passages import queries as passages
from retrieval.assembly import build_engines, build_retrieval
from retrieval.index.collections import Slot
from retrieval.language.analysis import terms
from retrieval.results import Kind

_LETTERS = (6, 12, 20)
_WARM_UP = 20
_MOST = 300
"""Questions, each typed three times."""


@dataclass(frozen=True)
class Typing:
    """Milliseconds of one offer: through the server, as a search, and in the index alone."""

    passages: int
    server: Times
    search: Times
    index: Times


def measure(
    size: int, tell: Tell, *, home: Path | None = None, questions: Path = QUESTIONS
) -> Typing:
    """Type questions into the search box of a home, or of a library filled to this size."""
    lines = [json.loads(line) for line in questions.read_text().splitlines()[:_MOST]]
    typed = [(one["text"][:letters], one["lang"]) for one in lines for letters in _LETTERS]
    with TemporaryDirectory(prefix="lotse-bench-") as folder:
        config = Config(
            home=home or Path(folder),
            database_url="",
            chroma_url="",
            redis_url="",
            requests_per_minute=10**6,
        )
        engines, engine = build_engines(config), open_engine(config.sql_url)
        migrate(engine)
        if home is None:
            fill(engine, engines, size, lambda done, all_: tell(f"{size} passages", done, all_))
        retrieval = build_retrieval(config, engine, engines)
        with Session(engine) as session:
            serving = passages.all_serving(session)
            size = sum(passages.count(session, name) for name in serving.values())

        def search(words: str, locale: str) -> None:
            with Session(engine) as session:
                retrieval.words(session, words, ANYONE, locale, limit=5)

        def index(words: str, locale: str) -> None:
            wanted = dict.fromkeys(terms(words, locale), 1.0)
            engines.lexical.best(serving[Slot(Kind.PUBLIC, locale).key], wanted, limit=60)

        with TestClient(create_app(config, engine=engine, retrieval=retrieval)) as client:

            def server(words: str, locale: str) -> None:
                client.get(f"/{locale}/suggestions", params={"question": words})

            figures = [_times(way, typed) for way in (server, search, index)]
        engine.dispose()
    return Typing(size, *figures)


def _times(way: Callable[[str, str], None], typed: Sequence[tuple[str, str]]) -> Times:
    acts = [partial(way, *one) for one in typed]
    for act in acts[:_WARM_UP]:
        act()
    return timed(acts[_WARM_UP:])
