"""What a customer sees of their case: never an internal note, never what came with one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from markupsafe import Markup

from desk.files_shown import FileView
from desk.help.notifications.views import NotificationState
from desk.rendering import PrivateView
from desk.uploads import FileField
from kb.cases.models import Case, Trail


@dataclass(frozen=True)
class Span:
    """A length of time in the one unit that says it best: the key is `case.span.<unit>`."""

    unit: str
    count: int


@dataclass(frozen=True)
class Letter:
    """One message. The customer's own words stay as typed; ours may hold links and steps."""

    number: int
    is_mine: bool
    author: str
    written_at: datetime
    time: str
    day: str
    """The day, where a new one begins."""
    text: str
    html: Markup | None
    files: Sequence[FileView]
    locale: str


@dataclass(frozen=True)
class Standing:
    """Where the case stands, in words, and what happens next."""

    state: str
    opened: datetime
    usual_wait: Span | None = None
    ended: datetime | None = None
    reopen_until: datetime | None = None


class Way(StrEnum):
    """What the customer can write: an answer, why it is not over, or what came later."""

    ANSWER = "answer"
    REOPEN = "reopen"
    SEQUEL = "sequel"
    NONE = "none"


@dataclass(frozen=True)
class Writing:
    """A message while it is being written."""

    way: Way
    url: str
    key: str
    files: FileField
    body: str = ""
    error: str = ""


@dataclass(frozen=True)
class Choice:
    """An article that may be what helped."""

    id: int
    title: str


@dataclass(frozen=True)
class Ending:
    """How the case can be ended, or how it was."""

    can_solve: bool = False
    choices: Sequence[Choice] = ()
    can_rate: bool = False
    stars: int = 0
    comment: str = ""
    error: str = ""


@dataclass(frozen=True)
class Meeting:
    """A call-back, video call or appointment that is still to come."""

    way: str
    day: str
    time: str
    url: str


@dataclass(frozen=True)
class Moved:
    """A case that stands elsewhere than on the page that is open."""

    standing: Standing
    ending: Ending


@dataclass(frozen=True)
class News(PrivateView):
    """What is new to a page that is open: letters, and where the case stands if that is new."""

    template: ClassVar[str] = "help/_case_news.html"
    url: str
    mark: str
    fresh: Sequence[Letter] = ()
    moved: Moved | None = None


@dataclass(frozen=True)
class WritingPanel(PrivateView):
    """The form for a message."""

    template: ClassVar[str] = "help/_case_writing.html"
    writing: Writing


@dataclass(frozen=True)
class CasePage(PrivateView):
    """The case with its letters, a box to answer, and ways to end it."""

    template: ClassVar[str] = "help/case.html"
    case: Case
    url: str
    mark: str
    standing: Standing
    letters: Sequence[Letter]
    writing: Writing
    ending: Ending
    trail: Sequence[Trail]
    notifications: NotificationState
    earlier: str
    """The private link of the case this one follows."""
    meetings: Sequence[Meeting] = ()
    fresh: Sequence[Letter] = ()
    moved: Moved | None = None
