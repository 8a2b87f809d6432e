"""What is shown when two have changed the same article: base, theirs, mine, and what to keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desk.curate.articles.tabs import Heading
from desk.curate.diffing import Piece
from desk.rendering import PrivateView
from kb.writing.policy import Text


@dataclass(frozen=True)
class Theirs:
    """Whose text it is that came in between."""

    name: str
    """Empty: one's own, from another tab."""
    at: datetime
    note: str


@dataclass(frozen=True)
class Conflict:
    """Lines both changed in different ways."""

    name: str
    """Of the choice in the form."""
    part: str
    """title, summary or body."""
    base: str
    theirs: Sequence[Piece]
    mine: Sequence[Piece]


@dataclass(frozen=True)
class Agreed:
    """Lines that only one changed, or both alike: taken over."""

    is_mine: bool
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class MergePage(PrivateView):
    """Two edits beside each other."""

    template: ClassVar[str] = "curate/articles/merge.html"
    heading: Heading
    url: str
    theirs: Theirs
    conflicts: Sequence[Conflict]
    agreed: Sequence[Agreed]
    merged: str
    """The text as it will be, with mine where there is a conflict."""
    mine: Text
    base: int
    copy_id: int
    saves: int
    tab: str
    other: int
    """The other tab's text; 0: it is a revision."""
    note: str
    significance: str
