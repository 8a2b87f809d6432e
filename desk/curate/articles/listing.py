"""The list of articles: searched, filtered, those changed last first."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import ClassVar
from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import FromQuery
from sqlmodel import Session

from desk import rendering
from desk.curate import areas
from desk.curate.areas import Tab
from desk.curate.articles.tabs import ARTICLES
from desk.deps import CurrentLocale, CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest, PrivateView
from kb.access import Audience
from kb.articles import catalogue
from kb.articles.catalogue import Filter, Written
from kb.articles.models import State
from kb.config import LOCALES, Locale
from kb.text import one_line

PAGE_SIZE = 30
STATES = {"draft": State.DRAFT, "review": State.IN_REVIEW, "published": State.PUBLISHED} | {
    "archived": State.ARCHIVED
}


@dataclass(frozen=True)
class Row:
    """An article of the list."""

    url: str
    title: str
    locale: str
    """Of the title."""
    tongues: Sequence[Written]
    is_internal: bool
    is_archived: bool
    category: str
    owner: str
    updated: datetime


@dataclass(frozen=True)
class ArticleRows(PrivateView):
    """The fragment: what was found."""

    template: ClassVar[str] = "curate/articles/_articles.html"
    rows: Sequence[Row]
    count: int
    is_filtered: bool
    earlier: str
    later: str


@dataclass(frozen=True)
class ArticleList(ArticleRows):
    """The page: search, filters, what was found."""

    template: ClassVar[str] = "curate/articles/list.html"
    areas: Sequence[Tab]
    words: str
    state: str
    category: str
    language: str
    audience: str
    categories: Sequence[tuple[str, str]]
    """Keys, and what they are called."""


@get(ARTICLES, sync_to_thread=True)
def show_articles(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    locale: CurrentLocale,
    page: FromQuery[int] = 1,
) -> Response[bytes]:
    """Show a page of the list."""
    del editor  # asked for because it is there for nobody else
    shown = _page(session, _asked(request), locale, min(max(page, 1), 10_000))
    return rendering.respond(request, page=shown, fragment=_rows(shown))


@dataclass(frozen=True)
class Asked:
    """What the address asks for, as it stands there."""

    words: str = ""
    state: str = ""
    category: str = ""
    tongue: str = ""
    audience: str = ""

    @property
    def filter(self) -> Filter:
        """Return what is asked for; what makes no sense is not."""
        return Filter(
            words=self.words,
            state=STATES.get(self.state),
            category=self.category,
            locale=self.tongue if self.tongue in LOCALES else "",
            audience=next((each for each in Audience if each == self.audience), None),
        )

    def url(self, page: int) -> str:
        told = {name: value for name, value in vars(self).items() if value}
        asked = urlencode(told | ({"page": str(page)} if page > 1 else {}))
        return ARTICLES + (f"?{asked}" if asked else "")


def _asked(request: HTTPRequest) -> Asked:
    told = {each.name: request.query_params.get(each.name, "") for each in fields(Asked)}
    return Asked(**{name: one_line(value, limit=200) for name, value in told.items()})


def _page(session: Session, asked: Asked, locale: Locale, page: int) -> ArticleList:
    wanted, names = asked.filter, catalogue.category_names(session, locale)
    called = dict(names.values())
    start = (page - 1) * PAGE_SIZE
    found = catalogue.listed(session, wanted, limit=PAGE_SIZE + 1, offset=start)
    return ArticleList(
        rows=[_row(each, locale, called) for each in found[:PAGE_SIZE]],
        count=catalogue.counted(session, wanted),
        is_filtered=wanted != Filter(),
        earlier=asked.url(page - 1) if page > 1 else "",
        later=asked.url(page + 1) if len(found) > PAGE_SIZE else "",
        areas=areas.tabs(session, "articles"),
        words=asked.words,
        state=asked.state,
        category=asked.category,
        language=asked.tongue,
        audience=asked.audience,
        categories=[(key, name) for key, (_, name) in names.items()],
    )


def _rows(page: ArticleList) -> ArticleRows:
    return ArticleRows(page.rows, page.count, page.is_filtered, page.earlier, page.later)


def _row(entry: catalogue.Entry, locale: Locale, called: dict[int, str]) -> Row:
    own = next((each for each in entry.written if each.locale == locale), entry.written[0])
    return Row(
        url=f"{ARTICLES}/{entry.public_id}/{own.locale}",
        title=own.title,
        locale=own.locale,
        tongues=entry.written,
        is_internal=entry.audience is not Audience.PUBLIC,
        is_archived=entry.is_archived,
        category=called.get(entry.category_id or 0, ""),
        owner=entry.owner,
        updated=entry.updated,
    )


HANDLERS = [show_articles]
