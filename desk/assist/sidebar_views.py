"""What the sidebar shows beside the suggestions: the situation, and the customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desk.assist.elapsed import Elapsed
from desk.assist.moods import MoodState
from desk.assist.worded_views import SummaryView
from desk.rendering import PrivateView


@dataclass(frozen=True)
class TrailStep:
    """What the customer had asked, read or ticked before writing."""

    kind: str
    text: str
    url: str
    was_answered: bool


@dataclass(frozen=True)
class Failed:
    """An article the customer was coached with, without success."""

    title: str
    step: str
    """Where it ended; empty: not known."""


@dataclass(frozen=True)
class SituationView:
    """What the case is about, in the customer's own sentences."""

    case_id: int
    locale: str
    wanted: Sequence[str]
    tried: Sequence[str]
    open: Sequence[str]
    is_answered: bool
    is_finished: bool
    trail: Sequence[TrailStep]
    failed: Sequence[Failed]
    summary: SummaryView

    @property
    def is_untried(self) -> bool:
        return not (self.tried or self.trail or self.failed)


@dataclass(frozen=True)
class SituationPanel(PrivateView):
    """The fragment."""

    template: ClassVar[str] = "assist/_situation.html"
    situation: SituationView
    tone: MoodState | None


@dataclass(frozen=True)
class EarlierCase:
    """Another case of the same customer."""

    id: int
    subject: str
    locale: str
    state: str
    outcome: str
    since: datetime
    elapsed: Elapsed


@dataclass(frozen=True)
class NoteRow:
    """Something the staff has noted about the customer."""

    id: int
    body: str
    author: str
    moment: datetime


@dataclass(frozen=True)
class CustomerView:
    """Who has written, as far as it is known."""

    case_id: int
    is_confirmed: bool
    language: str
    devices: Sequence[str]
    earlier: Sequence[EarlierCase]
    themselves: int
    """Of the earlier cases that are over, how many they solved themselves."""
    finished: int
    notes: Sequence[NoteRow]
    typed: str = ""
    error: str = ""


@dataclass(frozen=True)
class CustomerPanel(PrivateView):
    """The fragment."""

    template: ClassVar[str] = "assist/_customer.html"
    customer: CustomerView
