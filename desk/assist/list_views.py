"""What the work list shows. A page has the fields of its fragments, too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desk.assist.elapsed import Elapsed
from desk.assist.meeting_views import MeetingRow
from desk.rendering import PrivateView


@dataclass(frozen=True)
class Tab:
    """One list an agent can open."""

    which: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class CaseRow:
    """One case in a list."""

    id: int
    subject: str
    customer: str
    locale: str
    state: str
    since: datetime
    elapsed: Elapsed
    assignee: str
    is_mine: bool
    words: str = ""
    """The beginning of what the customer wrote last."""
    priority: str = "normal"
    tags: Sequence[str] = ()
    onlookers: Sequence[str] = ()
    """Names of others who have it open now."""
    is_near: bool = False
    """Found by what it is about, not by its words."""
    mood: str = ""
    urgency: str = ""


@dataclass(frozen=True)
class ListNews:
    """How many cases of the list that is open are new or changed; nothing moves by itself."""

    list_url: str
    query: str
    """What the stream and the count are asked for."""
    count: int = 0


@dataclass(frozen=True)
class ListNewsHint(PrivateView):
    """The hint above the list."""

    template: ClassVar[str] = "assist/_list_news.html"
    news: ListNews


@dataclass(frozen=True)
class Choice:
    """One value of a filter. A word of the house is a key of the catalogue, else it is shown."""

    value: str
    words: str
    is_key: bool
    is_chosen: bool


@dataclass(frozen=True)
class Sieve:
    """One filter: its field and what can be chosen."""

    name: str
    choices: Sequence[Choice]


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    name: str
    choice: Choice
    url: str


@dataclass(frozen=True)
class CaseTable(PrivateView):
    """The lists with their counts, and a page of the one that is open."""

    template: ClassVar[str] = "assist/_cases.html"
    news: ListNews
    tabs: list[Tab]
    which: str
    words: str
    chips: Sequence[Chip]
    unfiltered: str
    """The address of the list without filters and words."""
    rows: list[CaseRow]
    earlier: str
    later: str


@dataclass(frozen=True)
class CaseListPage(CaseTable):
    """The page around it, with search and filters."""

    template: ClassVar[str] = "assist/cases.html"
    sieves: Sequence[Sieve] = ()
    today: Sequence[MeetingRow] = ()
