"""Rules about corrections and tips."""

from kb.access import Viewer
from kb.curation.models import Correction, CorrectionState, Tip, TipState

LONGEST_PASSAGE = 2_000
LONGEST_WORDING = 4_000
LONGEST_NOTE = 2_000
LONGEST_TIP = 1_000
LONGEST_ANSWER = 4_000
LONGEST_SUMMARY = 200


def may_look(viewer: Viewer) -> bool:
    """All of the staff may read what readers say."""
    return viewer.is_staff


def may_decide(viewer: Viewer) -> bool:
    """Who writes the articles answers for them."""
    return viewer.is_editor


def says_something(*, passage: str, wording: str, note: str) -> bool:
    """A correction needs words of the reader: a passage that is merely marked says nothing."""
    return bool(note) or (bool(wording) and wording.split() != passage.split())


def is_complete(outcome: CorrectionState, *, answer: str) -> bool:
    """An accepted correction speaks for itself; a no, or an answer, needs words."""
    if outcome is CorrectionState.RECEIVED:
        return False
    return outcome is CorrectionState.ACCEPTED or bool(answer)


def is_in_history(correction: Correction) -> bool:
    """Only what was accepted, and only in an editor's words."""
    return correction.state is CorrectionState.ACCEPTED and bool(correction.summary)


def is_shown(tip: Tip) -> bool:
    return tip.state is TipState.PUBLISHED and bool(tip.shown)
