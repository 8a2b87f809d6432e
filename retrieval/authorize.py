"""SQL decides. A candidate becomes a Passage only if its source is on show for this viewer now.

This module reads kb at every search; no index entry, however it came about, can widen what a
viewer sees.
"""

from collections.abc import Collection

from sqlmodel import Session

from kb.access import Audience, Viewer
from kb.articles import shown
from kb.articles.shown import Shown
from kb.cases import queries as cases
from kb.passages import queries as passages
from kb.passages.models import Source
from kb.passages.queries import Piece
from retrieval.results import Candidate, Kind, Passage


def kinds_for(viewer: Viewer, *, with_solutions: bool = False) -> tuple[Kind, ...]:
    """Return the collections a viewer's search may open at all."""
    if not viewer.is_staff:
        return (Kind.PUBLIC,)
    return tuple(Kind) if with_solutions else (Kind.PUBLIC, Kind.STAFF)


def authorize(
    session: Session, viewer: Viewer, collection: str, candidates: Collection[Candidate]
) -> dict[str, Passage]:
    """Return, by chunk id, the candidates of one collection this viewer may read."""
    pieces = passages.pieces(session, collection, [one.chunk_id for one in candidates])
    kinds = {one.chunk_id: one.kind for one in candidates}
    of_revisions = [piece for piece in pieces if piece.source is Source.REVISION]
    of_solutions = [piece for piece in pieces if piece.source is Source.SOLUTION]
    return {
        **_from_revisions(session, viewer, of_revisions, kinds),
        **_from_solutions(session, viewer, of_solutions),
    }


def _from_revisions(
    session: Session, viewer: Viewer, pieces: list[Piece], kinds: dict[str, Kind]
) -> dict[str, Passage]:
    if not pieces:
        return {}
    on_show = shown.of_revisions(session, viewer, {piece.source_id for piece in pieces})
    return {
        piece.id: as_passage(piece, on_show[piece.source_id], kinds[piece.id])
        for piece in pieces
        if piece.source_id in on_show
    }


def as_passage(piece: Piece, head: Shown, kind: Kind) -> Passage:
    """Return a piece of a revision that SQL shows this viewer."""
    return Passage(
        kind=kind,
        chunk_id=piece.id,
        family_id=piece.family_id,
        source_id=piece.source_id,
        locale=head.locale,
        title=head.title,
        slug=head.slug,
        section=piece.section,
        anchor=piece.anchor,
        text=piece.text,
        ordinal=piece.ordinal,
        audience=head.audience,
        category_id=head.category_id,
        devices=tuple(piece.devices.split(",")) if piece.devices else (),
    )


def _from_solutions(session: Session, viewer: Viewer, pieces: list[Piece]) -> dict[str, Passage]:
    if not pieces:
        return {}
    subjects = cases.subjects(session, viewer, {piece.source_id for piece in pieces})
    return {
        piece.id: Passage(
            kind=Kind.SOLUTIONS,
            chunk_id=piece.id,
            family_id=piece.family_id,
            source_id=piece.source_id,
            locale=piece.locale,
            title=subjects[piece.source_id],
            slug="",
            section="",
            anchor="",
            text=piece.text,
            ordinal=piece.ordinal,
            audience=Audience.STAFF,
        )
        for piece in pieces
        if piece.source_id in subjects
    }
