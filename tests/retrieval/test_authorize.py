"""SQL decides who sees what, at every search and whatever the index holds."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from kb.access import ANYONE, Viewer
from kb.cases.models import Case
from kb.config import Config
from kb.passages import queries
from retrieval.assembly import Retrieval, build_retrieval
from retrieval.authorize import authorize, kinds_for
from retrieval.index.collections import SLOTS
from retrieval.results import Candidate, Kind, Passage
from tests.retrieval.shelf import AGENT, offline
from tests.world import World

Ask = Callable[[Retrieval, Session, Viewer, World], Iterable[Passage]]
QUESTION = "Router WLAN langsam neu starten Wi-Fi slow SIM lost"


def _searched(retrieval: Retrieval, session: Session, viewer: Viewer, world: World):
    for locale in ("de", "en"):
        for question in (QUESTION, world.solution_words):
            found = retrieval.search(session, question, viewer, locale, limit=50)
            yield from (hit.passage for hit in found.hits)


def _answered(retrieval: Retrieval, session: Session, viewer: Viewer, world: World):
    for piece in world.pieces:
        reply = retrieval.answer(session, piece.canary, viewer, piece.locale)
        yield from (hit.passage for hit in reply.found.hits)
        if reply.answer is not None:
            yield from (citation.passage for citation in reply.answer.citations)


def _suggested(retrieval: Retrieval, session: Session, viewer: Viewer, world: World):
    subjects = [piece.canary for piece in world.pieces if not piece.is_for(viewer)]
    made_up = [Case(subject=word, locale="de", id=world.kims_case.id) for word in subjects[::4]]
    for case in (world.kims_case, world.olafs_case, *made_up):
        yield from (one.hit.passage for one in retrieval.suggest(session, case, viewer))


def _related(retrieval: Retrieval, session: Session, viewer: Viewer, world: World):
    for piece in world.pieces:
        found = retrieval.related(session, piece.revision_id, viewer, piece.locale)
        assert not found.hits or piece.is_for(viewer)
        yield from (hit.passage for hit in found.hits)


WAYS = {
    "search": _searched,
    "answer": _answered,
    "suggest": _suggested,
    "related": _related,
}


def _viewers(world: World) -> dict[str, Viewer]:
    return {"anyone": ANYONE, "ada": world.ada.viewer}


def _words(passages: Iterable[Passage]) -> str:
    return " ".join(f"{one.title} {one.section} {one.text}" for one in passages)


def test_no_way_in_sings_a_canary_to_the_wrong_viewer(engine: Engine, world: World, folder: Path):
    retrieval = build_retrieval(Config(home=folder), engine, offline(folder / "lexical"))
    retrieval.sync()
    with Session(engine) as session:
        for who, viewer in _viewers(world).items():
            hidden = world.canaries_hidden_from(viewer)
            for way, ask in WAYS.items():
                said = _words(ask(retrieval, session, viewer, world))
                assert {word for word in hidden if word in said} == set(), (who, way)
        for viewer in (ANYONE, world.ada.viewer):
            said = _words(_answered(retrieval, session, viewer, world))
            assert {word for word in world.canaries_for(viewer) if word not in said} == set()


def test_an_index_that_holds_too_much_shows_no_more(engine: Engine, world: World, folder: Path):
    """Candidates of every collection, passed off as public: SQL still sorts them out."""
    retrieval = build_retrieval(Config(home=folder), engine, offline(folder / "lexical"))
    retrieval.sync()
    with Session(engine) as session:
        assert len(world.pieces) > len(SLOTS)
        for slot in SLOTS:
            collection = str(queries.serving(session, slot.key))
            ids = queries.ids(session, collection)
            candidates = [Candidate(Kind.PUBLIC, chunk_id, dense=1.0) for chunk_id in ids]
            for_anyone = authorize(session, ANYONE, collection, candidates)
            for_staff = authorize(session, AGENT, collection, candidates)
            assert set(for_staff) == ids
            assert set(for_anyone) == (ids if slot.kind is Kind.PUBLIC else set())


def test_a_candidate_nobody_knows_is_nothing(engine: Engine, world: World):
    with Session(engine) as session:
        made_up = [Candidate(Kind.PUBLIC, "r999999.1", dense=1.0)]
        assert authorize(session, world.root.viewer, "public-de-x-1", made_up) == {}


@pytest.mark.parametrize(
    ("viewer", "with_solutions", "kinds"),
    [
        (ANYONE, False, {Kind.PUBLIC}),
        (ANYONE, True, {Kind.PUBLIC}),
        (AGENT, False, {Kind.PUBLIC, Kind.STAFF}),
        (AGENT, True, set(Kind)),
    ],
)
def test_a_viewer_may_open_only_the_collections_of_their_audience(
    viewer: Viewer,
    with_solutions: bool,  # noqa: FBT001
    kinds: set[Kind],
):
    assert set(kinds_for(viewer, with_solutions=with_solutions)) == kinds
