"""What curation is made of: one area per noun, each a list of its own.

A new area is a line in `AREAS`, and its handlers among the routes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from kb.curation import queries
from kb.curation.models import CorrectionState, TipState
from kb.questions import queries as questions


@dataclass(frozen=True)
class Area:
    """A list for editors: its words are `curation.area.<name>`."""

    name: str
    url: str
    waiting: Callable[[Session], int]
    """How many in it wait for an editor."""


@dataclass(frozen=True)
class Tab:
    """One way to another list."""

    name: str
    url: str
    count: int
    is_current: bool


AREAS = (
    Area(
        "corrections",
        "/desk/curation/corrections",
        lambda session: queries.counts(session)[CorrectionState.RECEIVED],
    ),
    Area(
        "tips",
        "/desk/curation/tips",
        lambda session: queries.tip_counts(session)[TipState.RECEIVED],
    ),
    Area("waiting", "/desk/curation/waiting", lambda session: len(questions.waiting(session))),
)


def tabs(session: Session, current: str) -> Sequence[Tab]:
    """Return the areas with what waits in them."""
    return [
        Tab(area.name, area.url, area.waiting(session), area.name == current) for area in AREAS
    ]
