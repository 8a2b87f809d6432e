"""What of all that was suggested helped: counts by article and solution, never by person.

An agent's own figures are for that agent; everybody else sees the sum of all.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from kb.cases.marks import SuggestionUse
from kb.cases.models import (
    Case,
    CaseArticle,
    CaseState,
    Fate,
    Suggestion,
    SuggestionKind,
)

Subject = tuple[SuggestionKind, int]


@dataclass(frozen=True)
class Figures:
    """How often something was shown, and what became of it."""

    shown: int = 0
    inserted: int = 0
    """Put into a reply or note, and not sent so far, or not recognisable any more."""
    edited: int = 0
    sent: int = 0
    """As it stood."""
    dismissed: int = 0
    solved: int = 0
    """Cases that were solved by it: used there, and for an article marked as what helped."""
    reasons: dict[str, int] = field(default_factory=dict)
    """Why it was dismissed."""

    @property
    def used(self) -> int:
        return self.inserted + self.edited + self.sent


@dataclass(frozen=True)
class Edits:
    """How much was changed in what was put in, over all replies that were sent."""

    sent: int = 0
    characters: int = 0
    edits: int = 0

    @property
    def share(self) -> float | None:
        """None: nothing was sent yet."""
        return min(self.edits / self.characters, 1.0) if self.characters else None


def by_subject(session: Session, *, person_id: int | None = None) -> dict[Subject, Figures]:
    """Return the figures of all that was suggested; of one person, of what they decided."""
    query = select(Suggestion, Case.state).join(Case, col(Case.id) == col(Suggestion.case_id))
    if person_id is not None:
        query = query.where(Suggestion.decided_by == person_id)
    helped = set(
        session.exec(
            select(CaseArticle.case_id, CaseArticle.article_id).where(
                col(CaseArticle.helped).is_(True)
            )
        ).all()
    )
    rows: defaultdict[Subject, list[tuple[Suggestion, bool]]] = defaultdict(list)
    for row, state in session.exec(query).all():
        is_article = row.kind is SuggestionKind.ARTICLE
        is_named = not is_article or (row.case_id, row.subject_id) in helped
        is_solved = state is CaseState.SOLVED and row.fate in _USED and is_named
        rows[row.kind, row.subject_id].append((row, is_solved))
    return {subject: _figures(found) for subject, found in rows.items()}


def total(figures: Sequence[Figures]) -> Figures:
    """Return the sum."""
    reasons: Counter[str] = Counter()
    for one in figures:
        reasons.update(one.reasons)
    return Figures(
        shown=sum(one.shown for one in figures),
        inserted=sum(one.inserted for one in figures),
        edited=sum(one.edited for one in figures),
        sent=sum(one.sent for one in figures),
        dismissed=sum(one.dismissed for one in figures),
        solved=sum(one.solved for one in figures),
        reasons=dict(reasons),
    )


def edits(session: Session, *, person_id: int | None = None) -> Edits:
    """Return how much of what was put in was changed, of one person or of all."""
    query = select(SuggestionUse).where(col(SuggestionUse.edits).is_not(None))
    if person_id is not None:
        query = query.where(SuggestionUse.by_id == person_id)
    rows = session.exec(query).all()
    return Edits(len(rows), sum(one.length for one in rows), sum(one.edits or 0 for one in rows))


_USED = frozenset({Fate.INSERTED, Fate.EDITED, Fate.SENT})


def _figures(rows: Sequence[tuple[Suggestion, bool]]) -> Figures:
    fates = Counter(row.fate for row, _ in rows)
    dismissed = [row.fate_reason for row, _ in rows if row.fate is Fate.DISMISSED]
    return Figures(
        shown=len(rows),
        inserted=fates[Fate.INSERTED],
        edited=fates[Fate.EDITED],
        sent=fates[Fate.SENT],
        dismissed=fates[Fate.DISMISSED],
        solved=sum(is_solved for _, is_solved in rows),
        reasons=dict(Counter(dismissed)),
    )
