"""What editors see of gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup

from desk.curate.areas import Tab
from desk.curate.gaps.drafting import Source
from desk.rendering import PrivateView
from kb.gaps.models import Evidence, GapState, NotOurs, Why
from kb.questions.models import FeedbackReason


@dataclass(frozen=True)
class GapRow:
    """One gap in the list."""

    public_id: str
    title: str
    locale: str
    words: Sequence[tuple[str, Sequence[str]]]
    """Language, and the words that tell the gap from others."""
    items: int
    cases: int
    waiting: int
    locales: Sequence[str]
    weeks: Sequence[int]
    effect: str
    """Contacts a month; empty where nothing was asked of late."""
    since: datetime
    latest: datetime


@dataclass(frozen=True)
class GapList(PrivateView):
    """The gaps of one state."""

    template: ClassVar[str] = "curate/gaps/gaps.html"
    areas: Sequence[Tab]
    states: Sequence[Tab]
    state: GapState
    rows: Sequence[GapRow]
    once: Sequence[GapRow]
    """Asked by one person only."""
    may_decide: bool
    said: str
    """What came of looking anew: a key of the catalogue, or nothing."""


@dataclass(frozen=True)
class Sample:
    """What somebody wrote, redacted."""

    text: str
    locale: str
    kind: Evidence
    why: Why
    moment: datetime
    case_url: str
    ids: tuple[int, ...] = ()
    """Of everything that was put like this."""


@dataclass(frozen=True)
class NearArticle:
    """An article that came near, and why it did not do."""

    public_id: str
    title: str
    locale: str
    times: int
    confidence: str
    """As a percentage; empty where readers judged it."""
    said: Sequence[tuple[FeedbackReason | None, int]]


@dataclass(frozen=True)
class Wording:
    """A question of the gap, and whether search finds the article for it now."""

    text: str
    locale: str
    is_found: bool


@dataclass(frozen=True)
class Answering:
    """The article a gap is answered by, or may soon be."""

    public_id: str
    title: str
    locale: str
    is_public: bool
    """Anybody can read it."""
    wordings: Sequence[Wording]
    """Empty while it is not public, or search is not there."""
    found: int


@dataclass(frozen=True)
class Decided:
    """What was decided, by whom, and why."""

    name: str
    moment: datetime
    reason: NotOurs | None
    note: str


@dataclass(frozen=True)
class Sorting:
    """What an editor can put together or take apart."""

    alike: Sequence[tuple[str, str]]
    """Other gaps, the nearest first: address and title."""
    samples: Sequence[Sample]
    error: str = ""


@dataclass(frozen=True)
class GapPage(PrivateView):
    """One gap with its evidence, and what can be done."""

    template: ClassVar[str] = "curate/gaps/gap.html"
    areas: Sequence[Tab]
    row: GapRow
    state: GapState
    sum: str
    samples: Sequence[Sample]
    more: int
    moods: Sequence[tuple[str, int]]
    near: Sequence[NearArticle]
    answering: Answering | None
    decided: Decided | None
    may_decide: bool
    reasons: Sequence[NotOurs]
    error: str
    sorting: Sorting | None
    """None: this viewer sorts nothing, or it is settled."""


@dataclass(frozen=True)
class SimilarArticle:
    """An article there is already."""

    title: str
    locale: str
    url: str
    read_url: str


@dataclass(frozen=True)
class DraftPage(PrivateView):
    """A draft as it would be begun: similar articles first, then the text, and its sources."""

    template: ClassVar[str] = "curate/gaps/draft.html"
    areas: Sequence[Tab]
    back: str
    action: str
    language: str
    languages: Sequence[Tab]
    similar: Sequence[SimilarArticle]
    is_down: bool
    title: str
    body: Markup
    phrases: Sequence[str]
    sources: Sequence[Source]
    samples: Sequence[Sample]
