"""What curation is made of: one area per noun, each a list of its own.

A new area is a line in `AREAS`, and its handlers among the routes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from kb.curation import flagged, queries
from kb.curation.models import CorrectionState, TipState
from kb.findings import queries as findings
from kb.gaps import queries as gaps
from kb.gaps.models import GapState
from kb.golden import queries as golden
from kb.questions import queries as questions


class Group(StrEnum):
    """What belongs together, in the order it is shown in."""

    FIRST = "first"
    """Without a title."""
    CONTENT = "content"
    READERS = "readers"
    QUALITY = "quality"

    @property
    def words(self) -> str:
        """Return the name of its title; the first has none."""
        return "" if self is Group.FIRST else f"curation.group.{self}"


@dataclass(frozen=True)
class Area:
    """A list for editors: its words are `curation.area.<name>`."""

    name: str
    url: str
    waiting: Callable[[Session], int]
    """How many in it wait for an editor."""
    group: Group = Group.CONTENT


@dataclass(frozen=True)
class Tab:
    """One way to another list."""

    name: str
    url: str
    count: int
    is_current: bool
    group: Group = Group.CONTENT


AREAS = (
    Area("today", "/desk/curation/today", lambda _: 0, Group.FIRST),
    Area(
        "gaps",
        "/desk/curation/gaps",
        lambda session: gaps.counts(session)[GapState.OPEN],
        Group.FIRST,
    ),
    Area("articles", "/desk/curation/articles", lambda _: 0),
    Area("categories", "/desk/curation/categories", lambda _: 0),
    Area(
        "corrections",
        "/desk/curation/corrections",
        lambda session: (
            queries.counts(session)[CorrectionState.RECEIVED] + flagged.waiting(session)
        ),
        Group.READERS,
    ),
    Area(
        "tips",
        "/desk/curation/tips",
        lambda session: queries.tip_counts(session)[TipState.RECEIVED],
        Group.READERS,
    ),
    Area(
        "waiting",
        "/desk/curation/waiting",
        lambda session: len(questions.waiting(session)),
        Group.READERS,
    ),
    Area("words", "/desk/curation/words", lambda _: 0),
    Area("findings", "/desk/curation/findings", findings.waiting, Group.QUALITY),
    Area("evaluations", "/desk/curation/evaluations", golden.wrong, Group.QUALITY),
    Area("answers", "/desk/curation/answers", lambda _: 0, Group.QUALITY),
)


def tabs(session: Session, current: str) -> Sequence[Tab]:
    """Return the areas with what waits in them, group by group."""
    return [
        Tab(area.name, area.url, area.waiting(session), area.name == current, group)
        for group in Group
        for area in AREAS
        if area.group is group
    ]
