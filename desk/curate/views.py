"""What editors see of corrections and tips."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desk.curate.areas import Tab
from desk.curate.diffing import Piece
from desk.rendering import PrivateView
from kb.curation.models import CorrectionState, Fault, TipState
from kb.curation.places import How


@dataclass(frozen=True)
class Source:
    """The article that is spoken of."""

    title: str
    url: str
    """Empty where it is not on show any more."""
    locale: str
    is_newer: bool
    """It has been changed since the reader read it."""


@dataclass(frozen=True)
class Decided:
    """Who answered, and when."""

    name: str
    moment: datetime


@dataclass(frozen=True)
class Written:
    """What an editor has typed into the form, and what is wrong with it."""

    answer: str = ""
    summary: str = ""
    error: str = ""
    edited: str | None = None
    """The lines of the article as the editor left them; None: not typed yet."""
    wrong_edit: str = ""


@dataclass(frozen=True)
class EditView:
    """What accepting a correction does to the article: its lines, and the words that change."""

    version: int
    text: str
    rows: int
    changes: Sequence[Piece]
    how: How
    is_published: bool


@dataclass(frozen=True)
class CorrectionCard:
    """One correction, with the form to answer it while it waits."""

    id: int
    state: CorrectionState
    fault: Fault
    source: Source
    section: str
    passage: str
    still_stands: bool
    changes: Sequence[Piece]
    """From the passage to the wording; without a passage, the wording alone."""
    note: str
    received: datetime
    wants_letter: bool
    answer: str
    summary: str
    decided: Decided | None
    written: Written
    edit: EditView | None
    """None: it was answered, or its passage stands nowhere in the article."""
    edit_url: str
    """Of the editor, for whatever the lines alone cannot mend."""


@dataclass(frozen=True)
class TipCard:
    """One tip, with the words to show it in."""

    id: int
    state: TipState
    source: Source
    text: str
    shown: str
    given: datetime
    decided: Decided | None
    error: str


@dataclass(frozen=True)
class CorrectionBox(PrivateView):
    """The fragment: one card."""

    template: ClassVar[str] = "curate/_correction.html"
    card: CorrectionCard
    may_decide: bool


@dataclass(frozen=True)
class CorrectionPage(CorrectionBox):
    """The page of one correction, with the ways to the next that waits and the one before."""

    template: ClassVar[str] = "curate/correction.html"
    areas: Sequence[Tab]
    earlier: str
    later: str


@dataclass(frozen=True)
class TipBox(PrivateView):
    """The fragment: one card."""

    template: ClassVar[str] = "curate/_tip.html"
    card: TipCard
    may_decide: bool


@dataclass(frozen=True)
class TipPage(TipBox):
    """The page of one tip."""

    template: ClassVar[str] = "curate/tip.html"
    areas: Sequence[Tab]


@dataclass(frozen=True)
class _List(PrivateView):
    areas: Sequence[Tab]
    states: Sequence[Tab]
    may_decide: bool
    earlier: str
    later: str


@dataclass(frozen=True)
class CorrectionList(_List):
    """The corrections of one state."""

    template: ClassVar[str] = "curate/corrections.html"
    state: CorrectionState
    cards: Sequence[CorrectionCard]


@dataclass(frozen=True)
class TipList(_List):
    """The tips of one state."""

    template: ClassVar[str] = "curate/tips.html"
    state: TipState
    cards: Sequence[TipCard]
