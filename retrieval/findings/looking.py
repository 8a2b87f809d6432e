"""Compare articles that changed with what lies near them, and keep what is found.

Only the nearest passages are judged, so that it takes the same time for an article however large
the knowledge base is. Nothing here decides who may see a finding: `kb.findings` does.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from kb.access import Audience, Role, Viewer
from kb.articles import queries as articles
from kb.config import LOCALES
from kb.db import transaction
from kb.findings import actions, queries
from kb.findings.actions import Evidence, Found
from kb.findings.models import FindingKind
from kb.passages import queries as passages
from kb.passages.models import Chunk
from kb.passages.queries import Piece
from retrieval.findings.judging import RULES, Meaning, Passage, Verdict, judge, judge_translation
from retrieval.findings.meanings import Meanings
from retrieval.index.collections import Slot
from retrieval.index.plain import plain
from retrieval.index.stack import Engines
from retrieval.results import Kind

_KINDS = (Kind.PUBLIC, Kind.STAFF)
_DEPTH = 24
"""Neighbours of a passage; its own article's are among them."""
_MOST = 10
"""Neighbours that are judged."""
_NEAR = 0.5
"""Cosine from which passages may be about the same."""
_MOST_OF_A_PAIR = 2
"""Findings of one kind between the same two articles: with these mended, more are found."""
_EVERYBODY = Viewer(Role.EDITOR)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Place:
    """Whose passages are compared, and where: a revision in a collection."""

    slot: Slot
    collection: str
    revision_id: int


def waiting(session: Session) -> list[int]:
    """Return the revisions that were not compared yet, oldest first."""
    return queries.unlooked(session, _places(session), RULES)


def look(
    engine: Engine,
    engines: Engines,
    *,
    progress: Progress = lambda _done, _all: None,
    between: Callable[[], bool] = lambda: True,
) -> int:
    """Compare what was not compared yet, and settle what went away; return how much was found.

    Args:
        engine: the database.
        engines: the model and the stores.
        progress: called with revisions done and revisions to do.
        between: called after each; says whether to go on.

    Raises:
        IndexUnavailable: the vector store does not answer.
        EmbedderUnavailable: the model cannot be loaded or fails.
    """
    with Session(engine) as session:
        places = _places(session)
        todo = queries.unlooked(session, places, RULES)
    meaning, kept = Meanings(engines.embedder), 0
    for done, revision_id in enumerate(todo, start=1):
        with Session(engine) as session:
            if not queries.unlooked(session, [revision_id], RULES):
                continue  # another process was quicker
            found = _compare(session, engines, meaning, places[revision_id])
        with transaction(engine) as session:
            for one in found:
                actions.keep(session, one, rules=RULES)
            actions.looked(session, revision_id, RULES)
        kept += len(found)
        progress(done, len(todo))
        if not between():
            return kept
    with transaction(engine) as session:
        actions.settle(session, RULES)
    return kept


def _places(session: Session) -> dict[int, _Place]:
    serving = passages.all_serving(session)
    return {
        revision_id: _Place(slot, serving[slot.key], revision_id)
        for kind in _KINDS
        for locale in LOCALES
        if (slot := Slot(kind, locale)).key in serving
        for revision_id in passages.stored_sources(session, serving[slot.key])
        & articles.indexable(session, Audience(kind), locale)
    }


def _compare(session: Session, engines: Engines, meaning: Meaning, place: _Place) -> list[Found]:
    held = passages.of_sources(session, place.collection, [place.revision_id])
    own = [one for one in held if one.ordinal]
    near = list(_neighbours(session, engines, place, own))
    twins = list(_twins(session, place, own))
    named = {place.revision_id, *(one.source_id for _, one, _ in near)}
    named |= {one.source_id for _, one in twins}
    shown = articles.by_revisions(session, _EVERYBODY, named)
    titles = {number: one.revision.title for number, one in shown.items()}
    found: list[Found] = []
    if place.revision_id not in titles:
        return found
    for one, other, score in near:
        if other.source_id in titles:
            left, right = _passage(one, titles), _passage(other, titles)
            found += _found(one, other, judge(left, right, meaning, near=score))
    for one, twin in twins:
        if twin.source_id in titles:
            left, right = _passage(one, titles), _passage(twin, titles)
            found += _found(one, twin, judge_translation(left, right, meaning))
    return _best(found)


def _found(one: Chunk, other: Chunk | Piece, verdict: Verdict | None) -> list[Found]:
    if verdict is None:
        return []
    sides = (_side(one, verdict, is_left=True), _side(other, verdict, is_left=False))
    return [Found(verdict.kind, verdict.matter, verdict.score, sides)]


def _neighbours(
    session: Session, engines: Engines, place: _Place, own: Sequence[Chunk]
) -> Iterator[tuple[Chunk, Piece, float]]:
    """Yield passages of other articles, in the same language and for the same devices."""
    serving = passages.all_serving(session)
    vectors = engines.vectors.read(place.collection, [one.id for one in own])
    keys = [Slot(kind, place.slot.locale).key for kind in _KINDS]
    around = [serving[key] for key in keys if key in serving]
    for one in own:
        for collection in around if one.id in vectors else ():
            near = engines.vectors.nearest(collection, vectors[one.id], limit=_DEPTH)
            score = {each.chunk_id: each.score for each in near if each.score >= _NEAR}
            others = [
                piece
                for piece in passages.pieces(session, collection, score)
                if piece.family_id != one.family_id and piece.ordinal
            ]
            for piece in sorted(others, key=lambda each: -score[each.id])[:_MOST]:
                if piece.devices == one.devices:
                    yield one, piece, score[piece.id]


def _twins(session: Session, place: _Place, own: Sequence[Chunk]) -> Iterator[tuple[Chunk, Chunk]]:
    """Yield passages of the same article in other languages; the rules find which go together."""
    serving = passages.all_serving(session)
    others = [Slot(place.slot.kind, locale) for locale in LOCALES if locale != place.slot.locale]
    for slot in others:
        if not own or slot.key not in serving:
            continue
        theirs = passages.of_family(session, serving[slot.key], own[0].family_id)
        for one in own:
            for other in theirs:
                if other.ordinal and other.devices == one.devices:
                    yield one, other


def _best(found: list[Found]) -> list[Found]:
    """Keep a few of each kind between two articles, the surest first."""
    counted: dict[tuple[FindingKind, frozenset[int]], int] = {}
    kept = []
    for one in sorted(found, key=lambda each: -each.score):
        pair = (one.kind, frozenset(side.revision_id for side in one.sides))
        counted[pair] = counted.get(pair, 0) + 1
        if counted[pair] <= (1 if one.kind is FindingKind.DUPLICATE else _MOST_OF_A_PAIR):
            kept.append(one)
    return kept


def _passage(one: Chunk | Piece, titles: dict[int, str]) -> Passage:
    return Passage(one.text, one.locale, titles[one.source_id], one.section)


def _side(one: Chunk | Piece, verdict: Verdict, *, is_left: bool) -> Evidence:
    return Evidence(
        article_id=one.family_id,
        revision_id=one.source_id,
        locale=one.locale,
        section=one.section,
        anchor=one.anchor,
        passage=plain(one.text),
        statement=verdict.left if is_left else verdict.right,
        marks=verdict.left_marks if is_left else verdict.right_marks,
    )
