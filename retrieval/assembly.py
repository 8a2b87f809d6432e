"""Build the engines once, from the configuration. Heavy imports wait until they are needed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Engine
from sqlmodel import Session

from kb.access import ANYONE, Role, Viewer
from kb.affect import Affect
from kb.cases.models import Case
from kb.config import Config
from kb.synonyms.queries import Groups
from kb.text import clean
from prompts.loader import load
from retrieval import alike, answering, assist, trial
from retrieval.affect import listening
from retrieval.engines.embedder import SentenceTransformerEmbedder
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.llm import LanguageModel, Patience
from retrieval.engines.reranker import CrossEncoderReranker
from retrieval.engines.vectors import ChromaVectors
from retrieval.gaps import gathering
from retrieval.generation.composing import Composed, Source_co, compose
from retrieval.generation.rewording import Reworded, reword
from retrieval.index import sync
from retrieval.index.collections import Slot
from retrieval.index.lexicon import Lexicons
from retrieval.index.models import BUNDLED, Models
from retrieval.index.stack import Engines
from retrieval.remembered import Memory
from retrieval.results import CaseSuggestion, Found, Kind, Reply
from retrieval.search import Wish, search
from retrieval.trial import Answering, Replacing

_FIRST = {"de": "Wie ändere ich mein Kennwort?", "en": "How do I change my password?"}
"""Asked before anybody else asks, so that model, vectors, words and vocabularies are loaded."""


class Retrieval:
    """What the rest of Lotse calls. One per process; safe to use from several threads."""

    def __init__(self, config: Config, engine: Engine, engines: Engines | Models) -> None:
        self._config = config
        self._engine = engine
        self._models = engines
        self._lexicons = Lexicons(engines.now().lexical)
        self._remembered = Memory()
        self._model = _language_model(config)

    @property
    def _engines(self) -> Engines:
        """Those that answer now: another model may have taken over since the last question."""
        return self._models.now()

    def search(
        self, session: Session, question: str, viewer: Viewer, locale: str, *, limit: int = 10
    ) -> Found:
        wish = Wish(question, locale, viewer, limit=limit)
        return search(session, self._engines, self._lexicons, wish)

    def words(
        self, session: Session, question: str, viewer: Viewer, locale: str, *, limit: int = 10
    ) -> Found:
        """Search by words alone, at once: no model is asked."""
        wish = Wish(question, locale, viewer, limit=limit, use_dense=False)
        return search(session, self._engines, self._lexicons, wish)

    def answer(self, session: Session, question: str, viewer: Viewer, locale: str) -> Reply:
        wish = Wish(question, locale, viewer)
        precision = self._config.answer_precision
        return answering.answer_at(session, self._engines, self._lexicons, wish, precision)

    @contextmanager
    def on_trial(self, session: Session, new: Replacing, locale: str) -> Iterator[Answering]:
        """Give what would answer if a revision, on show in this session only, were on show.

        Raises:
            EmbedderUnavailable, IndexUnavailable: nothing can be searched now.
        """
        slot, folder = Slot(Kind.PUBLIC, locale), self._config.index_folder
        with trial.on_show(session, self._engines, slot, new, folder) as engines:
            yield Answering(engines, self._config.answer_precision)

    @property
    def has_words_of_its_own(self) -> bool:
        """Whether there is a language model that can be asked to word an answer."""
        return self._model is not None

    def reword(self, reply: Reply) -> Reworded | None:
        """Return an answer in a model's words, checked; None where there is no model.

        Raises:
            EmbedderUnavailable: what it said cannot be checked.
        """
        if self._model is None:
            return None
        return reword(self._model, self._engines.embedder.embed, reply)

    def compose(
        self, prompt: str, values: Mapping[str, str], sources: Sequence[Source_co], locale: str
    ) -> Composed[Source_co] | None:
        """Return a text in a model's words, checked; None where there is no model.

        Raises:
            EmbedderUnavailable: what it said cannot be checked.
        """
        if self._model is None:
            return None
        embed = self._engines.embedder.embed
        return compose(self._model, embed, load(prompt), values, sources, locale)

    def found_with(
        self, session: Session, question: str, locale: str, synonyms: Groups
    ) -> list[int]:
        """Return the articles anybody would find with these synonyms, to see what one is worth."""
        wish = Wish(question, locale, ANYONE, limit=20, synonyms=synonyms)
        found = search(session, self._engines, self._lexicons, wish)
        return [hit.passage.family_id for hit in found.hits]

    def affect(self, text: str) -> Affect | None:
        """Return how a question sounds; None when that is switched off.

        The vector is the one search has for the same question.
        """
        return listening.listen(self._engines, clean(text)) if self._config.affect else None

    def suggest(self, session: Session, case: Case, viewer: Viewer) -> list[CaseSuggestion]:
        return assist.suggest(
            session, self._engines, self._lexicons, case, viewer, self._remembered
        )

    def cases(self, session: Session, words: str, viewer: Viewer) -> list[int]:
        """Return the cases nearest to what is searched for, by meaning."""
        return alike.near(session, self._engines, clean(words), viewer)

    def related(self, session: Session, revision_id: int, viewer: Viewer, locale: str) -> Found:
        return assist.related(
            session, self._engines, self._lexicons, revision_id, viewer=viewer, locale=locale
        )

    def solved(
        self, session: Session, problem: str, viewer: Viewer, locale: str, *, limit: int = 3
    ) -> Found:
        """Search solved cases; to staff only."""
        wish = Wish(problem, locale, viewer, kinds=(Kind.SOLUTIONS,), limit=limit)
        return search(session, self._engines, self._lexicons, wish)

    def gather(self, session: Session, safe: gathering.Safe) -> gathering.Gathered:
        """Bring the gaps up to date with what customers asked; `safe` takes their data out."""
        return gathering.gather(session, self._engines, safe)

    def warm(self, session: Session) -> None:
        """Do once what the first visitors and the first agent would have to wait for."""
        for locale, question in _FIRST.items():
            self.answer(session, question, ANYONE, locale)
            self.search(session, question, Viewer(Role.AGENT), locale)

    def sync(self) -> sync.Report:
        return sync.sync(self._engine, self._engines)


def build_engines(config: Config, name: str = "") -> Engines:
    """Return the engines with the model of this name, or the one in the settings.

    Nothing is loaded or opened yet, and no other model will take over.
    """
    vectors, lexical = _stores(config)
    embedder = _embedder(config, name or config.embedding_model)
    return Engines(embedder, vectors, lexical, _reranker(config))


def build_models(config: Config, engine: Engine) -> Models:
    """Return the models of this home, of which the database says which one answers."""
    vectors, lexical = _stores(config)
    return Models(
        engine,
        partial(_embedder, config),
        vectors=vectors,
        lexical=lexical,
        chosen=config.embedding_model,
        reranker=_reranker(config),
    )


def build_retrieval(
    config: Config, engine: Engine, engines: Engines | Models | None = None
) -> Retrieval:
    """Return retrieval over this database, with the configured engines or those given."""
    return Retrieval(config, engine, engines or build_models(config, engine))


def _embedder(config: Config, name: str) -> SentenceTransformerEmbedder:
    """Return the model of a name: the bundled one, one of this home, or wherever it points."""
    own = config.models_folder / name
    place = str(own) if name and own.is_dir() else name
    return SentenceTransformerEmbedder(
        "" if name == BUNDLED else place,
        config.embedding_precision,
        kept=config.home.resolve() / "engine.json",
    )


def _language_model(config: Config) -> LanguageModel | None:
    if not (config.llm_url and config.llm_model):
        return None
    return LanguageModel(
        config.llm_url,
        config.llm_model,
        config.llm_api_key.get_secret_value(),
        at_once=config.llm_at_once,
        patience=Patience(config.llm_first_seconds, config.llm_seconds),
    )


def _reranker(config: Config) -> CrossEncoderReranker | None:
    if not config.reranker:
        return None
    return CrossEncoderReranker(config.reranker, milliseconds=config.reranker_ms)


def _stores(config: Config) -> tuple[ChromaVectors, TantivyIndex]:
    return (
        ChromaVectors(folder=config.index_folder / "chroma", url=config.chroma_url),
        TantivyIndex(config.index_folder / "lexical"),
    )
