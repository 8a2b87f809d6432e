"""Chunks belong to one collection; switching collections is one commit."""

from sqlalchemy import Engine
from sqlmodel import Session

from kb.db import transaction
from kb.passages import actions, queries
from kb.passages.models import Chunk, Source


def chunk(collection: str, source_id: int, ordinal: int = 0, text: str = "Text") -> Chunk:
    return Chunk(
        collection=collection,
        id=f"revision-{source_id}-{ordinal}",
        source=Source.REVISION,
        source_id=source_id,
        family_id=1,
        locale="de",
        ordinal=ordinal,
        text=text,
    )


def test_a_chunk_written_twice_is_there_once_in_its_last_words(engine: Engine):
    with transaction(engine) as session:
        actions.write(session, [chunk("old", 1, text="vorher")])
    with transaction(engine) as session:
        actions.write(session, [chunk("old", 1, text="nachher")])
    with Session(engine) as session:
        assert queries.count(session, "old") == 1
        found = queries.pieces(session, "old", ["revision-1-0", "revision-9-0"])
    assert {one.id: one.text for one in found} == {"revision-1-0": "nachher"}


def test_removing_from_one_collection_leaves_the_other(engine: Engine):
    with transaction(engine) as session:
        actions.write(session, [chunk(name, n) for name in ("old", "new") for n in (1, 2)])
        actions.remove(session, "old", [1])
    with transaction(engine) as session:
        assert queries.stored_sources(session, "old") == {2}
        assert queries.stored_sources(session, "new") == {1, 2}
        actions.drop(session, "old")
    with Session(engine) as session:
        assert queries.ids(session, "old") == set()
        assert queries.ids(session, "new") == {"revision-1-0", "revision-2-0"}


def test_chunks_of_a_source_come_in_their_order(engine: Engine):
    with transaction(engine) as session:
        actions.write(session, [chunk("c", 1, ordinal) for ordinal in (2, 0, 10, 1)])
    with Session(engine) as session:
        found = queries.of_sources(session, "c", [1])
    assert [row.ordinal for row in found] == [0, 1, 2, 10]


def test_another_collection_serves_from_the_commit_on(engine: Engine):
    with Session(engine) as session:
        assert queries.serving(session, "public") is None
    with transaction(engine) as session:
        actions.serve(session, "public", "old")
    with transaction(engine) as session, Session(engine) as reader:
        actions.serve(session, "public", "new")
        if engine.dialect.name == "postgresql":
            session.flush()
        assert queries.serving(reader, "public") == "old"
    with Session(engine) as session:
        assert queries.serving(session, "public") == "new"
