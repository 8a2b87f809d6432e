"""Rules about findings."""

from kb.access import Audience, Viewer

LONGEST_REASON = 500
LONGEST_PASSAGE = 900


def may_look(viewer: Viewer) -> bool:
    """All of the staff may see what disagrees, each in what they may read."""
    return viewer.is_staff


def may_decide(viewer: Viewer) -> bool:
    """Who writes the articles decides which of them is right."""
    return viewer.is_editor


def is_shown(left: Audience, right: Audience, viewer: Viewer) -> bool:
    """Both sides are for this viewer; a pair across audiences is the editors' business alone."""
    if not may_look(viewer) or not {left, right} <= set(viewer.audiences):
        return False
    return left is right or viewer.is_editor
