"""What becomes of suggestions that are put into replies, down to how much of them was changed.

Actions never commit: the caller's transaction does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from sqlmodel import Session, col, select, update

from kb import clock
from kb.cases.marks import SuggestionUse
from kb.cases.models import Case, CaseState, Fate, Suggestion, SuggestionKind
from kb.db import stored_id

USED = frozenset({Fate.INSERTED, Fate.EDITED, Fate.SENT})
_GONE = 0.5
"""Share of a text that has to be changed until it is no longer that text at all."""


@dataclass(frozen=True)
class Worked:
    """How often a solution was used again, and how many of those cases were solved."""

    used: int = 0
    solved: int = 0


def pin(session: Session, suggestion: Suggestion, *, is_pinned: bool) -> None:
    """Keep a suggestion on top, or let it go where it belongs."""
    suggestion.pinned_at = clock.now() if is_pinned else None
    session.add(suggestion)


def put_in(
    session: Session, suggestion: Suggestion, *, text: str, by: int | None, is_draft: bool
) -> SuggestionUse:
    """Note what was put into a reply; put in again it replaces what was not sent yet."""
    suggestion_id = stored_id(suggestion.id)
    found = next(iter(_waiting(session, [suggestion_id], by)), None)
    use = found or SuggestionUse(suggestion_id=suggestion_id, by_id=by, length=0)
    use.text, use.length, use.is_draft = text, len(text), is_draft
    use.made_at = clock.now()
    session.add(use)
    session.flush()
    return use


def waiting(session: Session, case_id: int, by: int | None) -> Sequence[SuggestionUse]:
    """Return what somebody has put into the reply of a case and not sent yet, oldest first."""
    ids = session.exec(select(Suggestion.id).where(Suggestion.case_id == case_id)).all()
    return _waiting(session, [one for one in ids if one is not None], by)


def measure(
    session: Session, use: SuggestionUse, sent: str, *, held_until: datetime | None = None
) -> Fate:
    """Note how much of a text was changed until it was sent, and return its fate.

    The text itself is forgotten, once the reply cannot be taken back any more.
    """
    use.edits = distance(use.text, sent, is_draft=use.is_draft)
    use.sent_at = held_until or clock.now()
    if held_until is None:
        use.text = ""
    session.add(use)
    if not use.edits:
        return Fate.SENT
    return Fate.EDITED if use.edits < _GONE * max(use.length, 1) else Fate.INSERTED


def take_back(
    session: Session, case_id: int, by: int | None, *, held_until: datetime | None
) -> Sequence[SuggestionUse]:
    """Let what was put into a reply that is taken back wait to be sent again, and return it."""
    found = session.exec(
        select(SuggestionUse)
        .join(Suggestion, col(Suggestion.id) == col(SuggestionUse.suggestion_id))
        .where(Suggestion.case_id == case_id, SuggestionUse.by_id == by)
        .where(col(SuggestionUse.sent_at) == held_until, col(SuggestionUse.text) != "")
    ).all()
    for use in found:
        use.edits = use.sent_at = None
        session.add(use)
    return found


def forget_sent(session: Session) -> None:
    """Forget the texts of what was put into replies that have gone out since."""
    session.exec(
        update(SuggestionUse)
        .where(col(SuggestionUse.sent_at) < clock.now(), col(SuggestionUse.text) != "")
        .values(text="")
    )


def distance(put_in_: str, sent: str, *, is_draft: bool) -> int:
    """Return how many characters differ; of a quote, against the part of the reply it became.

    >>> distance("Bitte starten.", "Hallo! Bitte neu starten.", is_draft=False) < 8
    True
    """
    before, after = _bare(put_in_), _bare(sent)
    if is_draft or before in after:
        return Levenshtein.distance(before, after) if is_draft else 0
    place = fuzz.partial_ratio_alignment(before, after)
    part = after[place.dest_start : place.dest_end] if place is not None else after
    return Levenshtein.distance(before, part)


def worked(session: Session, solution_ids: Iterable[int]) -> dict[int, Worked]:
    """Return how each solution has done in later cases."""
    wanted = set(solution_ids)
    found = dict.fromkeys(wanted, Worked())
    rows = session.exec(
        select(Suggestion.subject_id, Case.state)
        .join(Case, col(Case.id) == col(Suggestion.case_id))
        .where(
            Suggestion.kind == SuggestionKind.SOLUTION,
            col(Suggestion.subject_id).in_(wanted),
            col(Suggestion.fate).in_(USED),
        )
    ).all()
    for subject_id, state in rows:
        before = found[subject_id]
        is_solved = state is CaseState.SOLVED
        found[subject_id] = Worked(before.used + 1, before.solved + is_solved)
    return found


def _waiting(
    session: Session, suggestion_ids: Sequence[int], by: int | None
) -> Sequence[SuggestionUse]:
    return session.exec(
        select(SuggestionUse)
        .where(
            col(SuggestionUse.suggestion_id).in_(suggestion_ids),
            SuggestionUse.by_id == by,
            col(SuggestionUse.sent_at).is_(None),
        )
        .order_by(col(SuggestionUse.id))
    ).all()


def _bare(text: str) -> str:
    return " ".join(text.split())
