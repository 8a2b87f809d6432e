"""What would be found if a text were on show: search over it, without showing it to anybody.

The caller puts the text on show in a transaction that is never committed. Its chunks are written
to that transaction, its vectors stand beside those of the store, and its terms go to a copy of the
lexical index. So what SQL decides, the ranking and the confidence are those of every search.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session

from kb.access import Viewer
from kb.passages import queries as passages
from retrieval.answering import answer_at
from retrieval.engines.protocols import Scored, Vectors, VectorStore
from retrieval.index import documents
from retrieval.index.collections import Slot, fingerprint_of, whole_of
from retrieval.index.follow import put
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
from retrieval.results import Reply
from retrieval.search import Wish

_ONLY_READ = "a text on trial changes no store"


@dataclass(frozen=True)
class Replacing:
    """A revision that would be on show, in the place of another or of none."""

    revision_id: int
    replaced_id: int | None = None


@contextmanager
def on_show(
    session: Session, engines: Engines, slot: Slot, new: Replacing, folder: Path
) -> Iterator[Engines]:
    """Give engines that find the new revision; the session holds what must be rolled back.

    Args:
        session: in which the revision is on show.
        engines: those that answer now.
        slot: where the revision belongs.
        new: the revision.
        folder: on the disk of the lexical index; what is made in it goes again.

    Raises:
        EmbedderUnavailable, IndexUnavailable: nothing can be searched now.
    """
    collection = passages.serving(session, slot.key)
    if collection is None or fingerprint_of(collection) != engines.mark:
        yield engines  # another model answers until this one is ready: nothing can be said
        return
    document = documents.load(session, slot.kind, [new.revision_id])[0]
    rows = documents.chunks(document, collection, engines.embedder)
    texts = [documents.embedded_text(row, document.title) for row in rows]
    vectors = engines.embedder.embed(texts)
    ids = [row.id for row in rows]
    session.add_all(rows)
    session.flush()
    with TemporaryDirectory(prefix="trial-", dir=folder) as place:
        serving = passages.all_serving(session).values()
        every = [name for one in serving for name in (one, whole_of(one))]
        copy = engines.lexical.copied(every, Path(place))
        if new.replaced_id is not None:
            copy.remove(collection, [new.replaced_id])
            copy.remove(whole_of(collection), [new.replaced_id])
        put(session, copy, slot, collection, [new.revision_id])
        beside = _Beside(engines.vectors, collection, ids, vectors)
        yield replace(engines, vectors=beside, lexical=copy)


class Answering:
    """Answers with given engines, whatever others answer with."""

    def __init__(self, engines: Engines, precision: float) -> None:
        self._engines, self._precision = engines, precision
        self._lexicons = Lexicons(engines.lexical)

    def answer(self, session: Session, question: str, viewer: Viewer, locale: str) -> Reply:
        wish = Wish(question, locale, viewer)
        return answer_at(session, self._engines, self._lexicons, wish, self._precision)


class _Beside:
    """A store, and a few vectors more in one of its collections; nothing is written to it."""

    def __init__(
        self, store: VectorStore, collection: str, ids: Sequence[str], vectors: Vectors
    ) -> None:
        self._store, self._collection = store, collection
        self._ids, self._vectors = ids, vectors

    def nearest(self, collection: str, vector: Vectors, *, limit: int) -> list[Scored]:
        found = self._store.nearest(collection, vector, limit=limit)
        if collection != self._collection:
            return found
        scores = self._vectors @ vector.reshape(-1)
        more = [Scored(one, float(score)) for one, score in zip(self._ids, scores, strict=True)]
        return sorted([*found, *more], key=lambda one: (-one.score, one.chunk_id))[:limit]

    def read(self, collection: str, ids: Sequence[str]) -> dict[str, Vectors]:
        return self._store.read(collection, ids)

    def count(self, collection: str) -> int:
        return self._store.count(collection)

    def ids(self, collection: str) -> set[str]:
        return self._store.ids(collection)

    def add(self, collection: str, ids: Sequence[str], vectors: Vectors) -> None:
        raise TypeError(_ONLY_READ, collection, len(ids), len(vectors))

    def remove(self, collection: str, ids: Sequence[str]) -> None:
        raise TypeError(_ONLY_READ, collection, len(ids))

    def drop(self, collection: str) -> None:
        raise TypeError(_ONLY_READ, collection)
