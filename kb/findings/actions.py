"""What can be done with findings. Actions never commit: the caller's transaction does."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from kb import clock
from kb.access import Viewer
from kb.articles import merging
from kb.articles.models import Article
from kb.errors import InvalidInput, NotAllowed, StaleRevision
from kb.findings import policy, queries
from kb.findings.models import Finding, FindingKind, FindingLook, FindingState, Matter
from kb.text import clean, digest


@dataclass(frozen=True)
class Evidence:
    """One side of what was found."""

    article_id: int
    revision_id: int
    locale: str
    section: str
    anchor: str
    passage: str
    statement: str = ""
    marks: tuple[str, ...] = ()

    @property
    def sign(self) -> str:
        """The words it rests on, wherever else the article changes."""
        words = " ".join((self.statement or self.passage).split())
        return digest(str(self.article_id), self.locale, words)


@dataclass(frozen=True)
class Found:
    """What rules have found in two passages."""

    kind: FindingKind
    matter: Matter
    score: float
    sides: tuple[Evidence, Evidence]


def keep(session: Session, what: Found, *, rules: str) -> Finding:
    """Keep what was found. What was found before stays as it was decided, about newer revisions.

    Only what had gone away by itself opens again when the words come back.
    """
    left, right = sorted(what.sides, key=lambda side: (side.article_id, side.locale, side.sign))
    key = digest(what.kind, left.sign, right.sign)
    values = _of(left, right) | {
        "matter": what.matter,
        "score": round(what.score, 4),
        "rules": rules,
    }
    found = queries.by_key(session, key)
    if found is None:
        found = Finding(key=key, kind=what.kind, **values)
    else:
        for name, value in values.items():
            setattr(found, name, value)
        if found.state is FindingState.RESOLVED:
            found.state, found.decided_by, found.decided_at = FindingState.OPEN, None, None
    session.add(found)
    session.flush()
    return found


def looked(session: Session, revision_id: int, rules: str) -> None:
    """Note that a revision was compared."""
    session.merge(FindingLook(revision_id=revision_id, rules=rules, looked_at=clock.now()))


def settle(session: Session, rules: str) -> int:
    """Resolve what went away: an article says something else now, or is not on show any more.

    So is what other rules have found, and these have not.
    """
    gone = queries.gone(session, rules)
    for finding in gone:
        _decide(session, finding, FindingState.RESOLVED, by=None)
    session.flush()
    return len(gone)


def dismiss(session: Session, finding: Finding, reason: str, *, by: Viewer) -> None:
    """Say that it is fine as it is, and why: it does not come back for the same words.

    Raises:
        NotAllowed: this is no editor.
        StaleRevision: somebody else has decided meanwhile.
        InvalidInput: no reason, or a very long one.
    """
    words = clean(reason).strip()
    if not policy.may_decide(by):
        raise NotAllowed
    if finding.state is not FindingState.OPEN:
        raise StaleRevision
    if not words or len(words) > policy.LONGEST_REASON:
        raise InvalidInput(field="reason")
    finding.reason = words
    _decide(session, finding, FindingState.DISMISSED, by=by)


def reopen(session: Session, finding: Finding, *, by: Viewer) -> None:
    """Take back that it is fine.

    Raises:
        NotAllowed: this is no editor.
        StaleRevision: it was not dismissed.
    """
    if not policy.may_decide(by):
        raise NotAllowed
    if finding.state is not FindingState.DISMISSED:
        raise StaleRevision
    finding.state, finding.reason = FindingState.OPEN, ""
    finding.decided_by, finding.decided_at = None, None
    session.add(finding)


def merge(session: Session, finding: Finding, *, keep_id: int, by: Viewer) -> None:
    """Keep one of the two articles, archive the other, and lead its addresses to the one kept.

    Raises:
        NotAllowed: this is no editor.
        StaleRevision: somebody else has decided meanwhile.
        InvalidInput: it is one article, or the one kept is for fewer people.
    """
    if not policy.may_decide(by):
        raise NotAllowed
    if finding.state is not FindingState.OPEN:
        raise StaleRevision
    both = {finding.left_article_id, finding.right_article_id}
    if keep_id not in both or len(both) == 1:
        raise InvalidInput(field="keep")
    [gone_id] = both - {keep_id}
    kept, gone = session.get_one(Article, keep_id), session.get_one(Article, gone_id)
    merging.merge(session, kept, gone)
    for other in queries.about(session, [gone_id]):
        _decide(session, other, FindingState.RESOLVED, by=by)


def _decide(session: Session, finding: Finding, state: FindingState, *, by: Viewer | None) -> None:
    finding.state, finding.decided_at = state, clock.now()
    finding.decided_by = by.person_id if by is not None else None
    session.add(finding)


def _of(left: Evidence, right: Evidence) -> dict[str, Any]:
    return {
        f"{name}_{field}": value
        for name, side in (("left", left), ("right", right))
        for field, value in (
            ("article_id", side.article_id),
            ("revision_id", side.revision_id),
            ("section", side.section),
            ("anchor", side.anchor),
            ("passage", side.passage[: policy.LONGEST_PASSAGE]),
            ("statement", side.statement),
            ("marks", list(side.marks)),
        )
    }
