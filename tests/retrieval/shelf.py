"""A shelf of articles with offline engines over it, and short ways to fill, sync and ask it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from kb.access import ANYONE, Audience, Role, Viewer
from kb.articles import actions as articles
from kb.articles.models import Article, Category, Revision, Translation
from kb.cases import actions as cases
from kb.cases.models import Case
from kb.db import stored_id, transaction
from kb.people.models import Person
from kb.text import slugify
from retrieval import answering
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.offline import HashingEmbedder, MemoryVectors
from retrieval.index import lexicon
from retrieval.index.audit import audit
from retrieval.index.lexicon import Lexicon, Lexicons, counted
from retrieval.index.stack import Engines
from retrieval.index.sync import Report, sync
from retrieval.language.steps import ALL, Steps
from retrieval.results import Found, Reply
from retrieval.search import Wish, search

AGENT = Viewer(Role.AGENT)


class Killed(BaseException):
    """The process is gone: nobody catches this, and nothing is tidied up."""


class OtherModel(HashingEmbedder):
    """Another embedding model: its vectors must never meet those of the first."""

    digest = "hashing-2"


@dataclass
class Watched:
    """An engine with everything it is asked written down, and something to go wrong."""

    inner: Any
    asked: list[tuple[str, Any]] = field(default_factory=list)
    """Method and first argument of each call; of a store that is the collection."""
    before: Callable[[str, int], None] = lambda _name, _number: None
    """Told the method and the how-many-eth call of it this is; may raise."""
    after: Callable[[str, int], None] = lambda _name, _number: None

    @property
    def digest(self) -> str:
        return str(self.inner.digest)

    @property
    def steps(self) -> Steps:
        return self.inner.steps  # type: ignore[no-any-return]

    @property
    def max_tokens(self) -> int:
        return int(self.inner.max_tokens)

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.inner, name)

        def watched(*args: Any, **named: Any) -> Any:
            self.asked.append((name, args[0]))
            number = sum(earlier == name for earlier, _ in self.asked)
            self.before(name, number)
            result = method(*args, **named)
            self.after(name, number)
            return result

        return watched

    @property
    def collections(self) -> set[str]:
        return {collection for _, collection in self.asked}


def down(error: type[Exception]) -> Callable[[str, int], None]:
    """Every call fails."""

    def fail(_name: str, _number: int) -> None:
        raise error

    return fail


def killed_at(name: str, number: int) -> Callable[[str, int], None]:
    """The process dies at this call of this method."""

    def die(called: str, so_far: int) -> None:
        if (called, so_far) == (name, number):
            raise Killed

    return die


def watched(engines: Engines) -> Engines:
    return Engines(Watched(engines.embedder), Watched(engines.vectors), Watched(engines.lexical))


def lexicon_of(text: str, locale: str = "de", steps: Steps = ALL) -> Lexicon:
    """Return the lexicon of a collection that holds just this text."""
    return lexicon.lexicon_of(counted([text], steps), locale, steps)


def offline(folder: Path) -> Engines:
    return Engines(HashingEmbedder(), MemoryVectors(), TantivyIndex(folder))


@dataclass
class Shelf:
    """A database with its index."""

    engine: Engine
    engines: Engines

    def publish(  # noqa: PLR0913  # an article has many sides
        self,
        title: str,
        body: str,
        *,
        locale: str = "de",
        audience: Audience = Audience.PUBLIC,
        key: str = "",
        category: str = "",
        phrases: Sequence[str] = (),
    ) -> int:
        """Put an article on show, or a new revision of it; the same key is the same family."""
        with transaction(self.engine) as session:
            key = key or slugify(title)
            article = session.exec(select(Article).where(Article.source_key == key)).first()
            if article is None:
                chosen = articles.category(session, key=category) if category else Category()
                article = articles.create_article(
                    session, source_key=key, audience=audience, category_id=chosen.id
                )
            draft = articles.Draft(title, body, phrases=list(phrases))
            revision = articles.revise(session, article, locale=locale, draft=draft)
            articles.publish(session, article, revision)
            return stored_id(article.id)

    def change(self, article_id: int, act: Callable[[Session, Article], None]) -> None:
        with transaction(self.engine) as session:
            act(session, session.get_one(Article, article_id))

    def unpublish(self, article_id: int, locale: str = "de") -> None:
        self.change(article_id, lambda s, article: articles.unpublish(s, article, locale=locale))

    def archive(self, article_id: int) -> None:
        self.change(article_id, articles.archive)

    def narrow(self, article_id: int) -> None:
        self.change(article_id, lambda s, a: articles.set_audience(s, a, Audience.STAFF))

    def solved(self, subject: str, problem: str, resolution: str, *, locale: str = "de") -> Case:
        """Open a case and keep its solution."""
        case = self.case(subject, problem, locale=locale)
        with transaction(self.engine) as session:
            essence = cases.Essence(problem=problem, resolution=resolution)
            cases.keep_solution(session, session.get_one(Case, case.id), essence)
        return case

    def case(self, subject: str, body: str, *, locale: str = "de") -> Case:
        with transaction(self.engine) as session:
            kim = Person(name="Kim", email="", role=Role.CUSTOMER)
            session.add(kim)
            session.flush()
            return cases.open_case(
                session, customer=kim, subject=subject, body=body, locale=locale
            )

    def body(self, revision_id: int) -> str:
        with Session(self.engine) as session:
            return session.get_one(Revision, revision_id).body

    def revision_of(self, article_id: int, locale: str = "de") -> int:
        with Session(self.engine) as session:
            found = session.exec(
                select(Translation.published_id).where(
                    Translation.article_id == article_id, Translation.locale == locale
                )
            ).one()
        return stored_id(found)

    def sync(self, **options: Any) -> Report:
        return sync(self.engine, self.engines, **options)

    def drift(self) -> int:
        return sum(finding.drift for finding in audit(self.engine, self.engines))

    def search(
        self, question: str, viewer: Viewer = ANYONE, *, locale: str = "de", **wish: Any
    ) -> Found:
        with Session(self.engine) as session:
            wanted = Wish(question, locale, viewer, **wish)
            return search(session, self.engines, Lexicons(self.engines.lexical), wanted)

    def answer(
        self, question: str, viewer: Viewer = ANYONE, *, locale: str = "de", threshold: float = 0
    ) -> Reply:
        with Session(self.engine) as session:
            lexicons = Lexicons(self.engines.lexical)
            wish = Wish(question, locale, viewer)
            return answering.answer(session, self.engines, lexicons, wish, threshold=threshold)

    def titles(self, question: str, viewer: Viewer = ANYONE, **wish: Any) -> list[str]:
        return [hit.passage.title for hit in self.search(question, viewer, **wish).hits]

    def with_engines(self, **changed: Any) -> "Shelf":
        """Return the same shelf with some engines exchanged."""
        return Shelf(self.engine, replace(self.engines, **changed))

    def fingerprint_of_everything(self) -> str:
        """Return something that differs as soon as a row of the database does."""
        inner = hashlib.sha256()
        with self.engine.connect() as connection:
            for table in ("chunk", "collection_state"):
                rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608
                inner.update(repr(sorted(map(str, rows))).encode())
        return inner.hexdigest()
