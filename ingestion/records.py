"""What an import is made of: options, documents on their way in, and the report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from ingestion.own import Own
from kb.access import Audience


class Kind(StrEnum):
    """What is being imported; AUTO looks and decides."""

    AUTO = "auto"
    MARKDOWN = "markdown"
    HTML = "html"
    FAQ_JSON = "faq-json"
    CASES_JSONL = "cases-jsonl"
    CORPUS_JSONL = "corpus-jsonl"


class Markup(StrEnum):
    """How the text of a document is written."""

    MARKDOWN = "markdown"
    HTML = "html"
    PLAIN = "plain"


class Phase(StrEnum):
    """What the progress callback is told about."""

    READING = "reading"
    WRITING = "writing"


class Outcome(StrEnum):
    """What an import means for one document or case."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    FAILED = "failed"


@dataclass(frozen=True)
class ImportOptions:
    """What the operator said. `audience` bounds the files: they can narrow it, never widen it."""

    kind: Kind = Kind.AUTO
    locale: str | None = None
    """Language of files that do not tell their own."""
    audience: Audience | None = None
    """None takes each file's own, or staff."""
    category: str = ""
    """Key or name, for files that name none."""
    publish: bool = False
    dry_run: bool = False
    prune: bool = False
    """Archive what is no longer in the source."""


class Unreadable(Exception):
    """A file or entry cannot be used; says in plain words why."""


@dataclass(frozen=True)
class Failure:
    """A file or entry that was left out, and why."""

    origin: str
    reason: str
    key: str | None = None
    """Identity inside the source, where known: what failed is not taken for gone."""


@dataclass(frozen=True)
class Remark:
    """Something that worked, but not wholly."""

    origin: str
    text: str


@dataclass(frozen=True)
class Skipped:
    """A file that is no article: an include, a table of contents, a search page."""

    origin: str


@dataclass(frozen=True)
class CategoryRef:
    """A category by key, with the names it should get where it has none yet."""

    key: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Meta:
    """What a document says about itself."""

    title: str = ""
    slug: str = ""
    category: str = ""
    audience: Audience | None = None
    tags: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    locale: str | None = None
    summary: str = ""
    is_draft: bool = False
    verified: date | None = None
    verified_by: str = ""
    own: Own | None = None
    """What our own form says; None: it is not in our own form."""


@dataclass(frozen=True)
class RawDocument:
    """A document as its source has it: one language of one article."""

    key: str
    """Identity of the article inside its source: the same for all its languages."""
    origin: str
    """File, and place in it, as a person is told."""
    markup: Markup
    text: str
    locale: str | None = None
    """By folder or file name; None lets the text tell."""
    meta: Meta = field(default_factory=Meta)
    folder: str = ""
    """Folder of the file, below the base: relative links start here."""
    category: CategoryRef | None = None
    links_by_anchor: bool = False
    """`#x` means the article with the key x."""


@dataclass(frozen=True)
class Image:
    """An image of an article, checked and still on disk."""

    media_id: str
    path: Path
    content_type: str


@dataclass(frozen=True)
class Page:
    """A document as Markdown: one translation of an article."""

    key: str
    locale: str
    origin: str
    title: str
    body: str
    summary: str = ""
    tags: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    slug: str = ""
    audience: Audience | None = None
    category: CategoryRef | None = None
    named_category: str = ""
    """Key or name in the document's own words; `categories.resolve` makes a CategoryRef of it."""
    is_draft: bool = False
    verified: date | None = None
    verified_by: str = ""
    folder: str = ""
    links_by_anchor: bool = False
    anchors: Mapping[str, str] = field(default_factory=dict)
    """The source's names of places, to ours."""
    images: tuple[Image, ...] = ()
    has_links: bool = True
    own: Own | None = None
    """It was exported by Lotse: nothing in it is rewritten, and all it says of itself holds."""


@dataclass(frozen=True)
class Family:
    """An article with the translations this import brings."""

    key: str
    audience: Audience
    category: CategoryRef | None
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or with `dry_run` would do."""

    kind: Kind
    source: str
    counts: Mapping[Outcome, int]
    failures: tuple[Failure, ...] = ()
    warnings: tuple[Remark, ...] = ()
    gone: tuple[str, ...] = ()
    skipped: int = 0
    pruned: int = 0
    for_staff: int = 0
    """New or changed, and not to be found by customers."""
    dry_run: bool = False


Progress = Callable[[int, int, str], None]
"""Called with done, total and the Phase; raising from it stops the import between batches."""


def no_progress(_done: int, _total: int, _label: str) -> None:
    """Show nothing."""
