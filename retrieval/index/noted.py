"""What notes name: all that a follower has to look at, however much else there is."""

from dataclasses import dataclass

from sqlmodel import Session

from kb import outbox
from kb.articles import queries as articles
from retrieval.results import Kind

_MOST = 2_000
"""Where notes name more than this, to compare everything is as quick."""


@dataclass(frozen=True)
class Noted:
    """Articles and solutions that changed, and every source that may be indexed for them."""

    articles: frozenset[int]
    revisions: frozenset[int]
    solutions: frozenset[int]

    def subjects(self, kind: Kind) -> frozenset[int]:
        """Return the ids of what changed: of articles, or of solutions."""
        return self.solutions if kind is Kind.SOLUTIONS else self.articles

    def sources(self, kind: Kind) -> frozenset[int]:
        """Return the ids under which the index may hold something of it."""
        return self.solutions if kind is Kind.SOLUTIONS else self.revisions


def noted(session: Session, since: int) -> Noted | None:
    """Return what notes after this one name, or None where they name very much."""
    found = outbox.since(session, since)
    changed = found[outbox.Subject.ARTICLE]
    solutions = found[outbox.Subject.SOLUTION]
    if len(changed) + len(solutions) > _MOST:
        return None
    return Noted(
        articles=frozenset(changed),
        revisions=frozenset(articles.revisions_of(session, changed)),
        solutions=frozenset(solutions),
    )
