"""What the case lists and the case page show. A page has the fields of its fragments, too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup

from desk.assist.coaching.views import Coached
from desk.assist.meeting_views import MeetingRow
from desk.assist.moods import MoodState
from desk.assist.offers import Offer
from desk.files_shown import FileView
from desk.rendering import PrivateView
from desk.uploads import FileField


@dataclass(frozen=True)
class Elapsed:
    """How long ago, in the one unit that says it best: the key is `desk.elapsed.<unit>`."""

    unit: str
    count: int


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
class CaseTable(PrivateView):
    """The lists with their counts, and a page of the one that is open."""

    template: ClassVar[str] = "assist/_cases.html"
    news: "ListNews"
    tabs: list[Tab]
    which: str
    words: str
    rows: list[CaseRow]
    earlier: str
    later: str


@dataclass(frozen=True)
class CaseListPage(CaseTable):
    """The page around it, with the search box."""

    template: ClassVar[str] = "assist/cases.html"
    today: Sequence[MeetingRow] = ()


@dataclass(frozen=True)
class Heading:
    """What the case is about and whose it is."""

    id: int
    subject: str
    customer: str
    email: str
    locale: str
    opened: datetime


@dataclass(frozen=True)
class Said:
    """A message: `kind` is customer, agent or note. Only staff's words are Markdown."""

    id: int
    kind: str
    author: str
    moment: datetime
    text: str
    html: Markup
    locale: str = "de"
    files: Sequence[FileView] = ()


@dataclass(frozen=True)
class TrailStep:
    """What the customer had asked or read before writing."""

    kind: str
    text: str
    url: str
    was_answered: bool


@dataclass(frozen=True)
class LinkedArticle:
    """An article linked to the case."""

    id: int
    title: str
    url: str
    is_internal: bool
    helped: bool


@dataclass(frozen=True)
class Colleague:
    """Somebody the case can be given to."""

    id: int
    name: str


@dataclass(frozen=True)
class Facts:
    """Where the case stands, who works on it, which articles belong to it."""

    case_id: int
    state: str
    outcome: str
    is_finished: bool
    me: int
    assignee_id: int
    assignee: str
    colleagues: list[Colleague]
    articles: list[LinkedArticle]


@dataclass(frozen=True)
class FactsPanel(PrivateView):
    """The facts as a fragment; `out_of_band` puts them in their place beside another one."""

    template: ClassVar[str] = "assist/_facts.html"
    facts: Facts
    out_of_band: bool = False


@dataclass(frozen=True)
class LinkedNote(FactsPanel):
    """Where the button to link an article was; the facts come along."""

    template: ClassVar[str] = "assist/_linked.html"
    linked: int = 0
    """The article that is linked now."""


@dataclass(frozen=True)
class Writing:
    """A reply or a note while it is being written."""

    case_id: int
    key: str
    body: str = ""
    quoted: str = ""
    """What was inserted so far, to know later whether it was sent as it stood."""
    error: str = ""
    files: FileField | None = None
    is_open: bool = False
    was_inserted: bool = False


@dataclass(frozen=True)
class ReplyPanel(PrivateView):
    """The form for a reply to the customer."""

    template: ClassVar[str] = "assist/_reply.html"
    reply: Writing


@dataclass(frozen=True)
class NotePanel(PrivateView):
    """The form for an internal note."""

    template: ClassVar[str] = "assist/_note.html"
    note: Writing


@dataclass(frozen=True)
class Assist:
    """What may help: suggestions for the case, or what was searched for by hand."""

    case_id: int
    words: str = ""
    is_loaded: bool = False
    offers: list[Offer] | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class AssistPanel(PrivateView):
    """The sidebar."""

    template: ClassVar[str] = "assist/_assist.html"
    assist: Assist


@dataclass(frozen=True)
class CaseNews(PrivateView):
    """What is new to a case that is open: messages, and the facts where they changed."""

    template: ClassVar[str] = "assist/_case_news.html"
    url: str
    mark: str
    facts: Facts
    fresh: Sequence[Said] = ()
    is_changed: bool = False
    out_of_band: bool = True


@dataclass(frozen=True)
class CasePage(PrivateView):
    """One case."""

    template: ClassVar[str] = "assist/case.html"
    heading: Heading
    messages: list[Said]
    trail: list[TrailStep]
    facts: Facts
    reply: Writing
    note: Writing
    assist: Assist
    coached: Coached
    url: str
    mark: str
    fresh: Sequence[Said] = ()
    is_changed: bool = False
    tone: MoodState | None = None
    meetings: Sequence[MeetingRow] = ()
    out_of_band: bool = False
