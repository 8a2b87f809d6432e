"""What the editor shows: the text, what it looks like, and what there is to say about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup

from desk.curate.articles.tabs import Heading
from desk.curate.gaps.origins import Origin
from desk.curate.hints.kinds import Group, Kind
from desk.curate.hints.readability import Readability
from desk.rendering import PrivateView, View
from desk.terms import Term
from desk.uploads import FileField
from kb.articles.models import Significance
from kb.writing.policy import Text


@dataclass(frozen=True)
class HintLine:
    """A hint as it is listed; places are counted as the browser counts them."""

    key: str
    kind: Kind
    start: int
    end: int
    quote: str
    values: Mapping[str, str | int]
    replacement: str


@dataclass(frozen=True)
class HintGroup:
    """Hints that belong together."""

    group: Group
    lines: Sequence[HintLine]
    more: int
    """How many others there are of the kind, which are not listed."""


@dataclass(frozen=True)
class Hints:
    """Everything there is to say about the text."""

    readability: Readability | None
    groups: Sequence[HintGroup]
    count: int
    explained: Sequence[str]
    """Terms in it that readers can have explained."""


@dataclass(frozen=True)
class Preview:
    """The text as readers will see it."""

    title: str
    summary: str
    body: Markup
    terms: Sequence[Term]


@dataclass(frozen=True)
class KeptCopy:
    """What the page must say when it writes again, and when the text was kept."""

    id: int
    saves: int
    at: datetime | None
    """None: there is nothing that is not saved."""
    time: str = ""
    """Of day, if it was today."""


@dataclass(frozen=True)
class News:
    """Somebody saved the article while it was being written."""

    name: str
    at: datetime
    note: str


@dataclass(frozen=True)
class OtherCopy:
    """A text of one's own that another tab kept."""

    id: int
    at: datetime


@dataclass(frozen=True)
class Kept(PrivateView):
    """The fragment: when the text was kept; with it come the preview and the hints."""

    template: ClassVar[str] = "curate/articles/_kept.html"
    url: str
    locale_of_text: str
    copy: KeptCopy
    news: News | None
    others: Sequence[OtherCopy]
    preview: Preview
    hints: Hints
    is_answer: bool
    """Preview and hints stand elsewhere on the page, and are replaced as well."""


@dataclass(frozen=True)
class EditorPage(Kept):
    """The editor."""

    template: ClassVar[str] = "curate/articles/editor.html"
    heading: Heading
    text: Text
    base: int
    tab: str
    """A random word that names this page in this browser."""
    note: str
    significance: Significance
    said: str
    """What has just been done; empty: nothing."""
    error: str
    inserts: Mapping[str, str]
    files: FileField
    may_publish: bool
    longest: int
    origin: Origin | None
    """What it is written from; None: nobody noted that."""


@dataclass(frozen=True)
class LinkChoice:
    """An article to link to."""

    public_id: str
    title: str
    locale: str
    is_internal: bool


@dataclass(frozen=True)
class LinkChoices(View):
    """The fragment: articles that match, to link to."""

    template: ClassVar[str] = "curate/articles/_links.html"
    is_private: ClassVar[bool] = True
    links: Sequence[LinkChoice]
    words: str
