"""Build the engines once, from the configuration. Heavy imports wait until they are needed."""

from sqlalchemy import Engine
from sqlmodel import Session

from kb.access import Viewer
from kb.cases.models import Case
from kb.config import Config
from retrieval import answering, assist
from retrieval.engines.embedder import SentenceTransformerEmbedder
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.vectors import ChromaVectors
from retrieval.index import sync
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
from retrieval.results import CaseSuggestion, Found, Reply
from retrieval.search import Wish, search


class Retrieval:
    """What the rest of Lotse calls. One per process; safe to use from several threads."""

    def __init__(self, config: Config, engine: Engine, engines: Engines) -> None:
        self._config = config
        self._engine = engine
        self._engines = engines
        self._lexicons = Lexicons(engines.lexical)

    def search(
        self, session: Session, question: str, viewer: Viewer, locale: str, *, limit: int = 10
    ) -> Found:
        wish = Wish(question, locale, viewer, limit=limit)
        return search(session, self._engines, self._lexicons, wish)

    def answer(self, session: Session, question: str, viewer: Viewer, locale: str) -> Reply:
        wish = Wish(question, locale, viewer)
        threshold = self._config.answer_threshold
        return answering.answer(session, self._engines, self._lexicons, wish, threshold=threshold)

    def suggest(self, session: Session, case: Case, viewer: Viewer) -> list[CaseSuggestion]:
        return assist.suggest(session, self._engines, self._lexicons, case, viewer)

    def related(self, session: Session, revision_id: int, viewer: Viewer, locale: str) -> Found:
        return assist.related(
            session, self._engines, self._lexicons, revision_id, viewer=viewer, locale=locale
        )

    def sync(self) -> sync.Report:
        return sync.sync(self._engine, self._engines)


def build_engines(config: Config) -> Engines:
    """Return the engines the configuration names; nothing is loaded or opened yet."""
    return Engines(
        embedder=SentenceTransformerEmbedder(config.embedding_model, config.embedding_precision),
        vectors=ChromaVectors(folder=config.index_folder / "chroma", url=config.chroma_url),
        lexical=TantivyIndex(config.index_folder / "lexical"),
    )


def build_retrieval(config: Config, engine: Engine, engines: Engines | None = None) -> Retrieval:
    """Return retrieval over this database, with the configured engines or those given."""
    return Retrieval(config, engine, engines or build_engines(config))
