"""The world of canaries behind a web application, and all that a customer can ask it for."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from desk.app import create_app
from kb.access import ANYONE, Audience, Viewer
from kb.articles.browsing import POPULAR_FROM
from kb.articles.models import Article, FormerSlug
from kb.config import LOCALES, Config
from kb.db import transaction
from kb.passages.models import Chunk
from kb.questions.models import Question
from retrieval.assembly import build_retrieval
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.offline import HashingEmbedder, MemoryVectors
from retrieval.index.stack import Engines
from retrieval.index.sync import sync
from tests.databases import SqliteStore
from tests.desk.conftest import sign_in
from tests.world import PASSWORD, TITLES, Piece, World, settle

FRAGMENT = {"hx-request": "true"}


@dataclass(frozen=True)
class Aviary:
    """The world of canaries behind a web application whose index is in step with it."""

    world: World
    engine: Engine
    engines: Engines
    app: Litestar
    public_ids: tuple[str, ...]

    def is_indexed(self, piece: Piece) -> bool:
        """Say whether the index holds this text, in SQL's list and in the store of vectors."""
        with Session(self.engine) as session:
            found = session.exec(select(Chunk).where(col(Chunk.text).contains(piece.canary))).all()
        return any(chunk.id in self.engines.vectors.ids(chunk.collection) for chunk in found)


@contextmanager
def aviary(store: SqliteStore, folder: Path) -> Iterator[Aviary]:
    with store.empty_database(folder) as engine:
        world = settle(engine)
        _make_much_of_it(engine, world)
        lexical = TantivyIndex(folder / "lexical")
        engines = Engines(HashingEmbedder(), MemoryVectors(), lexical)
        sync(engine, engines)
        config = Config(
            home=folder,
            answer_precision=0,
            requests_per_minute=1_000_000,
            posts_per_hour=1_000_000,
            undo_seconds=0,
        )
        retrieval = build_retrieval(config, engine, engines)
        with Session(engine) as session:
            public_ids = tuple(session.exec(select(Article.public_id)).all())
        yield Aviary(
            world,
            engine,
            engines,
            create_app(config, engine=engine, retrieval=retrieval),
            public_ids,
        )


def left(piece: Piece) -> str:
    """Return an address the text had before; it tells nothing."""
    return f"damals-{piece.translation_id}"


def _make_much_of_it(engine: Engine, world: World) -> None:
    """Let every text have had another address, and have helped many."""
    with transaction(engine) as session:
        for piece in {piece.translation_id: piece for piece in world.pieces}.values():
            session.add(
                FormerSlug(
                    locale=piece.locale, slug=left(piece), translation_id=piece.translation_id
                )
            )
        for piece in world.pieces:
            cited = [{"article": piece.article_id, "revision": piece.revision_id}]
            for _ in range(POPULAR_FROM):
                asked = Question(
                    text=f"Warum {piece.canary}?",
                    locale=piece.locale,
                    audience=Audience.PUBLIC,
                    answer=piece.canary,
                    citations=cited,
                )
                session.add(asked)


@contextmanager
def browsing(birds: Aviary, who: str) -> Iterator[TestClient]:
    with TestClient(birds.app, raise_server_exceptions=False) as client:
        if who == "ada":
            sign_in(client, who, PASSWORD)
        yield client


def viewer_of(birds: Aviary, who: str) -> Viewer:
    return birds.world.ada.viewer if who == "ada" else ANYONE


def responses(
    birds: Aviary, client: TestClient, guesses: Iterable[str] = ()
) -> Iterator[tuple[str, str]]:
    """Ask for everything a customer can ask for; yield what was asked with all that came back."""
    for path in paths(birds):
        found = client.get(path)
        yield path, f"{found.text} {found.headers}"
        yield f"HEAD {path}", str(client.head(path).headers)
    for locale in LOCALES:
        for words in (TITLES[locale], "Router neu starten", "SIM lost", "Kim wirkt verärgert"):
            yield from searches(client, locale, words)
        for path, data in forms(birds, locale):
            found = client.post(path, data=data)
            yield f"POST {path}", f"{found.text} {found.headers} {found.url}"
    for guess in guesses:
        yield from searches(client, "de", guess[:-1])
        yield from searches(client, "de", f"Router {guess[:8]}x{guess[9:]}")


def paths(birds: Aviary) -> Iterator[str]:
    """Yield every address to read from, and some there are not."""
    world = birds.world
    yield from ("/", "/robots.txt", "/sitemap.xml", "/readyz", "/livez", "/metrics", "/nope")
    yield from ("/de/nope", "/xx/", "/de/feedback/nope", "/de/cases/nope", "/media/nope")
    yield from (f"/media/{piece.media_id}" for piece in world.pieces)
    yield from (f"/de/contact?article={public_id}" for public_id in birds.public_ids)
    for locale in LOCALES:
        yield from (f"/{locale}/", f"/{locale}/contact", f"/{locale}/categories/internet")
        yield from (f"/{locale}/sign-in", f"/{locale}/sign-in/nope", f"/{locale}/my-cases")
        yield from (f"/{locale}/mail/confirmations/nope", f"/{locale}/mail/stops/nope")
        yield from {f"/{locale}/articles/{piece.slug}" for piece in world.pieces}
        yield from {f"/{locale}/articles/{left(piece)}?device=ios" for piece in world.pieces}


def searches(client: TestClient, locale: str, words: str) -> Iterator[tuple[str, str]]:
    """Search at once, while typing, and while writing a message."""
    path = f"/{locale}/search?question={words}"
    yield path, client.get(path).text
    yield f"typing {path}", client.get(path, headers=FRAGMENT).text
    sent = client.post(f"/{locale}/contact/suggestions", data={"message": words})
    yield f"suggestions for {words}", sent.text


def forms(birds: Aviary, locale: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield everything to send that is answered with a page."""
    for public_id in birds.public_ids:
        yield f"/{locale}/contact", {"article": public_id, "name": "Olaf"}
    for piece in birds.world.pieces:
        if piece.locale == locale:
            yield f"/{locale}/feedback", {"revision": str(piece.revision_id), "helpful": "no"}
    yield f"/{locale}/sign-in", {"email": birds.world.kim.email}
    sent = {"name": "Mal", "email": "mal@example.org", "message": "Hallo"}
    yield f"/{locale}/contact", {"article": birds.public_ids[0], **sent}
