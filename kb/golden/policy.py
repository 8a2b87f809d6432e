"""Rules about golden questions: who sets them, when one counts, when it is asked again."""

from datetime import timedelta

from kb.access import Viewer
from kb.golden.models import GoldenQuestion

LONGEST = 500
MOST_ARTICLES = 5
AGAIN = timedelta(days=1)
"""Whatever changes, each is asked this often."""
SETTLES = timedelta(seconds=8)
"""After this time the index has followed a change, unless something is down."""
OLD = timedelta(days=180)
"""After this time somebody should say again that the expected answer is right."""


def may_look(viewer: Viewer) -> bool:
    return viewer.is_staff


def may_set(viewer: Viewer) -> bool:
    return viewer.is_editor


def counts(question: GoldenQuestion, *, four_eyes: bool) -> bool:
    """Say whether it stands: with four eyes, only once somebody else has confirmed it."""
    return not four_eyes or question.confirmed_by != question.made_by
