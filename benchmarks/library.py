"""A library of any size: the demo's sentences in ever new company, laid down as a sync leaves it.

Half of it is German. Every article takes most sentences from one of the demo's own, and compounds
are made up, for a corpus that grows brings new words. A vector is a mix of the vectors of two
pieces of the demo, with noise.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

import numpy as np
from sqlalchemy import Engine
from sqlmodel import insert

import kb
from kb.access import Audience
from kb.articles.models import Article, Revision, State, Translation
from kb.config import LOCALES
from kb.db import transaction
from kb.passages import actions
from kb.passages.models import Chunk, Source
from retrieval.engines.protocols import LexicalEntry, Vectors
from retrieval.index.chunking import cut
from retrieval.index.collections import SLOTS, Slot, whole_of
from retrieval.index.plain import plain
from retrieval.index.sentences import sentences
from retrieval.index.stack import Engines
from retrieval.language.analysis import terms
from retrieval.language.compounds import Splitter
from retrieval.language.words import words
from retrieval.results import Kind

PIECES = 6
"""Pieces of an article; with its lead it makes one passage more."""
_SENTENCES = 8
_OWN = 0.7
"""Share of sentences from the article's own model."""
_NOISE = 0.5
_RARITY = 0.12
"""Lower brings more new words; this makes about as many as a real corpus has."""
_BATCH = 1_000
_DEMO = Path(kb.__file__).parent / "demo" / "articles"


@dataclass(frozen=True)
class _Model:
    """An article of the demo, to write others like it."""

    title: str
    sentences: list[str]
    vectors: Vectors


@dataclass(frozen=True)
class _Book:
    """An article that was made up."""

    number: int
    title: str
    pieces: list[list[str]]
    """Of each piece the sentences, every other one a made-up word."""
    vectors: Vectors

    def texts(self) -> list[str]:
        lead = " ".join(self.pieces[0][:4])
        return [lead, *(" ".join(piece) for piece in self.pieces)]


class _Author:
    """Writes in one language; the same number is always the same book."""

    def __init__(self, locale: str, embed: Callable[[Sequence[str]], Vectors]) -> None:
        self._models = [
            _model(path.read_text(), embed) for path in sorted((_DEMO / locale).glob("*.md"))
        ]
        every = Counter(w for m in self._models for s in m.sentences for w in words(plain(s)))
        self.words = sorted(w for w in every if len(w) > 3 and w.isalpha())  # noqa: PLR2004
        splitter = Splitter(every)
        self.terms = lru_cache(maxsize=100_000)(
            lambda text: tuple(terms(plain(text), locale, splitter))
        )

    def book(self, number: int) -> _Book:
        random = Random(number)  # noqa: S311  # nothing secret
        own = random.choice(self._models)
        pieces, vectors = [], []
        for _ in range(PIECES + 1):
            other = random.choice(self._models)
            said: list[str] = []
            for _ in range(_SENTENCES):
                taken = random.choice((own if random.random() < _OWN else other).sentences)
                said += [taken, f"{self._made_up(random)}."]
            pieces.append(said)
            mixed = random.choice(own.vectors) + 0.5 * random.choice(other.vectors)
            noise = np.random.default_rng(random.getrandbits(32)).normal(size=mixed.shape)
            mixed = mixed / np.linalg.norm(mixed) + _NOISE * noise / np.linalg.norm(noise)
            vectors.append((mixed / np.linalg.norm(mixed)).astype(np.float32))
        title = f"{own.title} {self._made_up(random)}"
        return _Book(number, title, pieces[1:], np.stack(vectors))

    def _made_up(self, random: Random) -> str:
        """Return a compound of two words; few are common and most are rare, as in any corpus."""
        rank = int(random.paretovariate(_RARITY)) * 7919
        return self.words[rank % len(self.words)] + self.words[rank // 89 % len(self.words)]


def fill(
    engine: Engine, engines: Engines, passages: int, tell: Callable[[int, int], None]
) -> None:
    """Lay down a library of about this many passages; the database has to be empty."""
    books = passages // (len(LOCALES) * (PIECES + 1))
    for at, locale in enumerate(LOCALES):
        author = _Author(locale, engines.embedder.embed)
        collection = Slot(Kind.PUBLIC, locale).collection(engines.fingerprint)
        numbers = range(at * books + 1, (at + 1) * books + 1)
        known: Counter[str] = Counter()
        for start in range(0, books, _BATCH):
            batch = [author.book(number) for number in numbers[start : start + _BATCH]]
            for book in batch:
                known.update(words(" ".join([book.title, *book.texts()])))
            _lay_down(engine, engines, _Shelf(collection, locale, author), batch)
            tell(at * books + start + len(batch), len(LOCALES) * books)
        engines.lexical.learn(collection, known)
    with transaction(engine) as session:
        for slot in SLOTS:
            actions.serve(session, slot.key, slot.collection(engines.fingerprint))


@dataclass(frozen=True)
class _Shelf:
    collection: str
    locale: str
    author: _Author


def _lay_down(engine: Engine, engines: Engines, shelf: _Shelf, batch: Sequence[_Book]) -> None:
    rows = [row for book in batch for row in _chunks(book, shelf)]
    vectors = np.concatenate([book.vectors for book in batch])
    engines.vectors.add(shelf.collection, [str(row["id"]) for row in rows], vectors)
    entries = [entry for book in batch for entry in _entries(book, shelf.author)]
    passages = [entry for entry in entries if not entry.chunk_id.endswith(".0")]
    wholes = [entry for entry in entries if entry.chunk_id.endswith(".0")]
    engines.lexical.add(shelf.collection, passages)
    engines.lexical.add(whole_of(shelf.collection), wholes)
    with transaction(engine) as session:
        for table, of in ((Article, _article), (Translation, _translation), (Revision, _revision)):
            session.execute(insert(table), [of(book, shelf.locale) for book in batch])
        session.execute(insert(Chunk), rows)


def _chunks(book: _Book, shelf: _Shelf) -> Iterator[dict[str, object]]:
    for ordinal, text in enumerate(book.texts()):
        yield {
            "collection": shelf.collection,
            "id": f"r{book.number}.{ordinal}",
            "source": Source.REVISION,
            "source_id": book.number,
            "family_id": book.number,
            "locale": shelf.locale,
            "ordinal": ordinal,
            "section": "",
            "anchor": "",
            "text": text,
        }


def _article(book: _Book, _locale: str) -> dict[str, object]:
    return {
        "id": book.number,
        "public_id": f"bench-{book.number}",
        "audience": Audience.PUBLIC,
        "source_key": f"bench-{book.number}",
    }


def _translation(book: _Book, locale: str) -> dict[str, object]:
    return {
        "id": book.number,
        "article_id": book.number,
        "locale": locale,
        "slug": f"bench-{book.number}",
        "state": State.PUBLISHED,
        "published_id": book.number,
        "version": 1,
    }


def _revision(book: _Book, _locale: str) -> dict[str, object]:
    return {
        "id": book.number,
        "translation_id": book.number,
        "number": 1,
        "title": book.title,
        "body": "\n\n".join(book.texts()[1:]),
        "tags": [],
        "phrases": [],
    }


def _entries(book: _Book, author: _Author) -> Iterator[LexicalEntry]:
    """Yield the entry of the whole article, then those of its pieces."""
    title = author.terms(book.title)
    bodies = [[term for text in piece for term in author.terms(text)] for piece in book.pieces]
    lead = [term for text in book.pieces[0][:4] for term in author.terms(text)]
    every = [term for body in bodies for term in body]
    yield LexicalEntry(f"r{book.number}.0", book.number, title, lead, every)
    for ordinal, body in enumerate(bodies, start=1):
        yield LexicalEntry(f"r{book.number}.{ordinal}", book.number, title, (), body)


def _model(text: str, embed: Callable[[Sequence[str]], Vectors]) -> _Model:
    title = text.split("title:", 1)[1].split("\n", 1)[0].strip()
    body = text.split("---", 2)[2]
    pieces = [
        plain(piece.text)
        for piece in cut(body, limit=200, count=lambda parts: [len(p.split()) for p in parts])
    ]
    return _Model(title, [s for piece in pieces for s in sentences(piece)], embed(pieces))
