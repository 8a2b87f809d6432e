"""Keep this machine's lexical index in step with the chunk rows, wherever they were written."""

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import Engine
from sqlmodel import Session

from kb.passages import queries
from kb.passages.models import Chunk
from retrieval.engines.protocols import LexicalEntry, LexicalStore
from retrieval.index import documents
from retrieval.index.collections import Slot, whole_of
from retrieval.index.lexicon import counted
from retrieval.index.plain import plain
from retrieval.index.plan import difference
from retrieval.language.analysis import terms
from retrieval.language.compounds import Splitter

_BATCH = 400
_Analysed = Callable[[str], list[str]]


def follow(
    engine: Engine,
    lexical: LexicalStore,
    slot: Slot,
    collection: str,
    *,
    among: Collection[int] | None = None,
) -> None:
    """Add what the chunk rows have and the lexical index has not, and take out the rest.

    Args:
        engine: the database.
        lexical: this machine's index.
        slot: what the collection is for.
        collection: which one.
        among: the revisions or solutions that may have changed; None: any.
    """
    with Session(engine) as session:
        if among is None and term_ids(lexical, collection) == queries.ids(session, collection):
            return
        wanted = queries.stored_sources(session, collection, among=among)
        parts = lexical.sources(collection, among=among)
        wholes = lexical.sources(whole_of(collection), among=among)
        gone = difference(wanted=wanted, stored=parts | wholes).remove
        if gone:
            lexical.remove(collection, gone)
            lexical.remove(whole_of(collection), gone)
        # killed between the two, one of them has what the other has not
        new = difference(wanted=wanted, stored=parts & wholes).add
        put(session, lexical, slot, collection, new)


def put(
    session: Session, lexical: LexicalStore, slot: Slot, collection: str, new: Sequence[int]
) -> None:
    """Add the chunk rows of these sources, and the words they bring, to the lexical index."""
    batches = [new[at : at + _BATCH] for at in range(0, len(new), _BATCH)]
    for batch in batches:
        rows = queries.of_sources(session, collection, batch)
        texts = (plain(row.text) for row in rows if row.ordinal)
        lexical.learn(collection, counted(texts, lexical.steps))
        said = _documents(session, slot, batch).values()
        texts = (f"{one.title} {one.lead} {one.phrases}" for one in said)
        lexical.learn(collection, counted(texts, lexical.steps))
    if not new:
        return
    analysed = _analysis(lexical, collection, slot.locale)
    for batch in batches:
        rows = queries.of_sources(session, collection, batch)
        loaded = _documents(session, slot, batch)
        lexical.add(collection, _passages(rows, loaded, analysed))
        lexical.add(whole_of(collection), _wholes(rows, loaded, analysed))


def term_ids(lexical: LexicalStore, collection: str) -> set[str]:
    """Return the chunk ids the lexical index knows, leads among them."""
    return lexical.ids(collection) | lexical.ids(whole_of(collection))


def forget_terms(lexical: LexicalStore, collection: str) -> None:
    lexical.drop(collection)
    lexical.drop(whole_of(collection))


def _analysis(lexical: LexicalStore, collection: str, locale: str) -> _Analysed:
    """Return what makes terms of a text, by the words the collection has now."""
    vocabulary = lexical.vocabulary(collection) if locale == "de" else {}
    splitter = Splitter(vocabulary, lexical.steps)
    return lambda text: terms(text, locale, splitter, lexical.steps)


def _documents(
    session: Session, slot: Slot, source_ids: Sequence[int]
) -> dict[int, documents.Document]:
    return {one.source_id: one for one in documents.load(session, slot.kind, source_ids)}


def _passages(
    rows: Sequence[Chunk], loaded: dict[int, documents.Document], analysed: _Analysed
) -> list[LexicalEntry]:
    return [
        LexicalEntry(
            chunk_id=row.id,
            source_id=row.source_id,
            title=analysed(loaded[row.source_id].title),
            phrases=analysed(loaded[row.source_id].phrases),
            section=analysed(documents.under(row)),
            body=analysed(plain(row.text)),
        )
        for row in rows
        if row.ordinal
    ]


def _wholes(
    rows: Sequence[Chunk], loaded: dict[int, documents.Document], analysed: _Analysed
) -> list[LexicalEntry]:
    """Return one entry per article, under the id of its lead: the terms of all its pieces.

    Summary and tags count as headings: they are words customers use.
    """
    bodies: dict[int, list[str]] = {}
    sections: dict[int, dict[str, None]] = {}
    for row in rows:
        if row.ordinal:
            found = analysed(plain(row.text))
            bodies.setdefault(row.source_id, []).extend(found)
            sections.setdefault(row.source_id, {})[row.section] = None
    return [
        LexicalEntry(
            chunk_id=row.id,
            source_id=row.source_id,
            title=analysed(loaded[row.source_id].title),
            phrases=analysed(loaded[row.source_id].phrases),
            section=analysed(
                " ".join([loaded[row.source_id].lead, *sections.get(row.source_id, ())])
            ),
            body=bodies.get(row.source_id, ()),
        )
        for row in rows
        if row.ordinal == 0
    ]
