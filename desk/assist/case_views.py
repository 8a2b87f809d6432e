"""What the middle of the case page shows beside what was said: labels, company, draft, undo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desk.rendering import PrivateView


@dataclass(frozen=True)
class Labels:
    """Priority, topic and tags of a case, and what they may be."""

    case_id: int
    priority: str
    topic: str
    topics: Mapping[str, str]
    tags: Sequence[str]
    used: Sequence[str]
    """Tags on other cases, to choose from."""
    error: str = ""


@dataclass(frozen=True)
class LabelsPanel(PrivateView):
    """The labels as a fragment."""

    template: ClassVar[str] = "assist/_labels.html"
    labels: Labels
    out_of_band: bool = False


@dataclass(frozen=True)
class Onlookers:
    """Who else has the case open: names of those who look, and of those who write."""

    case_id: int
    looking: Sequence[str] = ()
    typing: Sequence[str] = ()


@dataclass(frozen=True)
class OnlookersPanel(PrivateView):
    """They as a fragment, which also is the answer to a sign of life."""

    template: ClassVar[str] = "assist/_onlookers.html"
    onlookers: Onlookers
    out_of_band: bool = False


@dataclass(frozen=True)
class DraftNote:
    """What is said below a reply being written: when it was kept, or that another was."""

    case_id: int = 0
    version: int = 0
    kept: str = ""
    """At which time."""
    is_stale: bool = False
    other: str = ""
    """The text kept by another window."""


@dataclass(frozen=True)
class DraftPanel(PrivateView):
    """The note as a fragment."""

    template: ClassVar[str] = "assist/_draft_note.html"
    draft: DraftNote


@dataclass(frozen=True)
class Held:
    """A reply on its way, which can be taken back until `until`."""

    url: str
    until: datetime
    seconds: int
