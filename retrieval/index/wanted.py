"""What SQL wants in a collection: all that may be found, and nothing else."""

from collections.abc import Collection

from sqlmodel import Session

from kb.access import Audience
from kb.articles import queries as articles
from kb.cases import queries as cases
from retrieval.index.collections import Slot
from retrieval.results import Kind


def wanted(session: Session, slot: Slot, *, among: Collection[int] | None = None) -> set[int]:
    """Return the revision or solution ids that SQL wants in this slot's collection.

    Args:
        session: an open session.
        slot: what the collection is for.
        among: ids of articles, or of solutions, if only theirs are asked for.
    """
    if slot.kind is Kind.SOLUTIONS:
        return cases.indexable_solutions(session, slot.locale, among=among)
    return articles.indexable(session, Audience(slot.kind), slot.locale, among=among)
