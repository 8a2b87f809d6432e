"""What editors see of findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desk.curate.areas import Tab
from desk.curate.findings.marking import Span
from desk.curate.views import Decided
from desk.rendering import PrivateView
from kb.findings.models import FindingKind, FindingState, Matter

REASONS = ("cases", "devices", "repeated", "wrong")
"""Reasons at one click; their words are `findings.reason.<name>`."""


@dataclass(frozen=True)
class SideView:
    """One of the two articles."""

    name: str
    """left or right."""
    title: str
    url: str
    edit_url: str
    locale: str
    is_staff: bool
    section: str
    spans: Sequence[Span]
    changed: datetime
    is_older: bool
    """The other was changed later: this one is the likelier to be behind."""
    stays: bool
    """Of two that say the same, this is the fuller one."""


@dataclass(frozen=True)
class Row:
    """A finding in the list."""

    url: str
    kind: FindingKind
    matter: Matter
    locale: str
    left: str
    right: str
    left_words: str
    right_words: str


@dataclass(frozen=True)
class FindingList(PrivateView):
    """The page of all findings of a state."""

    template: ClassVar[str] = "curate/findings/list.html"
    areas: Sequence[Tab]
    states: Sequence[Tab]
    kinds: Sequence[Tab]
    state: FindingState
    rows: Sequence[Row]
    more: int
    """Findings that are not on the page."""
    first: str
    """Address of the first that is open, to begin with."""
    behind: int
    """Articles that were not compared yet."""


@dataclass(frozen=True)
class FindingPage(PrivateView):
    """One finding, side by side, with the ways to the next and the one before."""

    template: ClassVar[str] = "curate/findings/finding.html"
    areas: Sequence[Tab]
    finding: int
    kind: FindingKind
    matter: Matter
    state: FindingState
    left_words: str
    right_words: str
    sides: Sequence[SideView]
    may_decide: bool
    may_merge: bool
    reasons: Sequence[str]
    reason: str
    decided: Decided | None
    error: str
    place: int
    """Which of the open ones it is; 0: none of them."""
    total: int
    earlier: str
    later: str
