"""What editors see of golden questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desk.curate.areas import Tab
from desk.rendering import PrivateView
from kb.evaluations.causes import Cause
from kb.golden.models import Verdict
from kb.golden.queries import Tally


@dataclass(frozen=True)
class ArticleView:
    """An article, by its title."""

    id: int
    title: str
    locale: str
    url: str
    """Of its health page."""
    is_expected: bool = False


@dataclass(frozen=True)
class GoldenRow:
    """One question in a list."""

    url: str
    words: str
    locale: str
    expected: Sequence[ArticleView]
    """None of them: nothing may be quoted."""
    verdict: Verdict | None
    """None: it was not asked yet."""
    cause: Cause | None
    since: datetime | None
    counts: bool
    """False: somebody else has yet to confirm it."""


@dataclass(frozen=True)
class LanguageTally:
    """How the questions of a language came out."""

    locale: str
    tally: Tally


@dataclass(frozen=True)
class GoldenList(PrivateView):
    """The page of all questions."""

    template: ClassVar[str] = "curate/golden/list.html"
    areas: Sequence[Tab]
    shelves: Sequence[Tab]
    filters: Sequence[Tab]
    tallies: Sequence[LanguageTally]
    weeks: Sequence[tuple[datetime, Tally]]
    causes: Sequence[tuple[Cause, int]]
    rows: Sequence[GoldenRow]
    more: int
    chosen: str
    may_set: bool


@dataclass(frozen=True)
class TurnView:
    """When it came out otherwise."""

    verdict: Verdict
    cause: Cause | None
    moment: datetime


@dataclass(frozen=True)
class HitView:
    """A result, as customers get it now."""

    title: str
    locale: str
    url: str
    is_expected: bool


@dataclass(frozen=True)
class Now:
    """What a customer who asks it now is shown."""

    quote: str
    """Empty: no answer is given."""
    source: str
    chance: str
    hits: Sequence[HitView]


@dataclass(frozen=True)
class GoldenPage(PrivateView):
    """One question."""

    template: ClassVar[str] = "curate/golden/question.html"
    areas: Sequence[Tab]
    row: GoldenRow
    question: int
    now: Now | None
    """None: nothing can be asked at the moment."""
    turns: Sequence[TurnView]
    gap_url: str
    confirmed_by: str
    confirmed_at: datetime
    is_old: bool
    may_set: bool


@dataclass(frozen=True)
class GoldenForm(PrivateView):
    """A question being written."""

    template: ClassVar[str] = "curate/golden/form.html"
    areas: Sequence[Tab]
    question: int
    """0: a new one."""
    words: str
    of: str
    find: str
    is_nothing: bool
    candidates: Sequence[ArticleView]
    gap: str
    error: str
