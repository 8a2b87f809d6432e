"""What the case lists and the case page show. A page has the fields of its fragments, too."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup

from desk.assist.case_views import DraftNote, Held, Labels, Onlookers
from desk.assist.coaching.views import Coached
from desk.assist.meeting_views import MeetingRow
from desk.assist.moods import MoodState
from desk.assist.offers import LeftOut, Offer
from desk.assist.onward import FlaggedHere
from desk.assist.sidebar_views import CustomerView, SituationView
from desk.assist.worded_views import Worder
from desk.files_shown import FileView
from desk.rendering import PrivateView
from desk.uploads import FileField


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
    is_held: bool = False
    """On its way: its author can still take it back."""


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
    flagged: list[FlaggedHere]
    article_url: str
    """Where an editor makes an article of its solution; empty: there is none, or no editor."""


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
    draft: DraftNote = DraftNote()  # noqa: RUF009  # frozen
    seen: int = 0
    """The newest message that whoever writes has before them."""
    answered: Sequence[Said] = ()
    """What others have said meanwhile, which is to be read before this is sent."""
    worder: Worder | None = None
    """The offer to have a draft worded, or what came of it."""


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
    unsure: list[Offer] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    is_alone: bool = False
    """On a page of its own: there is no reply beside it to put something into."""
    is_editor: bool = False
    lacking: str = ""
    """In which words something is missing, if an agent said so."""
    wanted: str = ""
    """What the customer wants, to say that something is missing."""

    @property
    def url(self) -> str:
        """Where it is fetched anew."""
        own = f"/assist/{self.case_id}"
        return own if self.is_alone else f"/desk/cases/{self.case_id}/assist"


@dataclass(frozen=True)
class AssistPanel(PrivateView):
    """The sidebar."""

    template: ClassVar[str] = "assist/_assist.html"
    assist: Assist


@dataclass(frozen=True)
class CaseNews(PrivateView):
    """What is new to a case that is open: messages, who looks, and what changed around it."""

    template: ClassVar[str] = "assist/_case_news.html"
    url: str
    mark: str
    facts: Facts
    labels: Labels
    onlookers: Onlookers
    seen: int
    withdrawn: int = 0
    """A reply that was taken back since."""
    fresh: Sequence[Said] = ()
    is_changed: bool = False
    out_of_band: bool = True


@dataclass(frozen=True)
class CasePage(PrivateView):
    """One case."""

    template: ClassVar[str] = "assist/case.html"
    heading: Heading
    messages: list[Said]
    facts: Facts
    reply: Writing
    note: Writing
    assist: Assist
    coached: Coached
    url: str
    mark: str
    situation: SituationView
    customer: CustomerView
    labels: Labels
    onlookers: Onlookers
    seen: int
    held: Held | None = None
    withdrawn: int = 0
    fresh: Sequence[Said] = ()
    is_changed: bool = False
    tone: MoodState | None = None
    meetings: Sequence[MeetingRow] = ()
    out_of_band: bool = False
