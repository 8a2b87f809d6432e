"""SQL decides. A candidate becomes a Passage only if its source is on show for this viewer now.

This module reads kb at every search; no index entry, however it came about, can widen what a
viewer sees.
"""

from collections.abc import Collection

from sqlmodel import Session

from kb.access import Audience, Viewer
from kb.articles import queries as articles
from kb.cases import queries as cases
from kb.passages import queries as passages
from kb.passages.models import Chunk, Source
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
    chunks = passages.by_ids(session, collection, [one.chunk_id for one in candidates])
    kinds = {one.chunk_id: one.kind for one in candidates}
    of_revisions = [c for c in chunks.values() if c.source is Source.REVISION]
    of_solutions = [c for c in chunks.values() if c.source is Source.SOLUTION]
    return {
        **_from_revisions(session, viewer, of_revisions, kinds),
        **_from_solutions(session, viewer, of_solutions),
    }


def _from_revisions(
    session: Session, viewer: Viewer, chunks: list[Chunk], kinds: dict[str, Kind]
) -> dict[str, Passage]:
    on_show = articles.by_revisions(session, viewer, {chunk.source_id for chunk in chunks})
    found = {}
    for chunk in chunks:
        shown = on_show.get(chunk.source_id)
        if shown is None:
            continue
        found[chunk.id] = Passage(
            kind=kinds[chunk.id],
            chunk_id=chunk.id,
            family_id=chunk.family_id,
            source_id=chunk.source_id,
            locale=shown.translation.locale,
            title=shown.revision.title,
            slug=shown.translation.slug,
            section=chunk.section,
            anchor=chunk.anchor,
            text=chunk.text,
            ordinal=chunk.ordinal,
            audience=shown.article.audience,
            category_id=shown.article.category_id,
        )
    return found


def _from_solutions(session: Session, viewer: Viewer, chunks: list[Chunk]) -> dict[str, Passage]:
    solutions = cases.solutions(session, viewer, {chunk.source_id for chunk in chunks})
    return {
        chunk.id: Passage(
            kind=Kind.SOLUTIONS,
            chunk_id=chunk.id,
            family_id=chunk.family_id,
            source_id=chunk.source_id,
            locale=chunk.locale,
            title=solutions[chunk.source_id].subject,
            slug="",
            section="",
            anchor="",
            text=chunk.text,
            ordinal=chunk.ordinal,
            audience=Audience.STAFF,
        )
        for chunk in chunks
        if chunk.source_id in solutions
    }
