"""The pages about one article: a line each, shown as tabs under its heading.

A new page is a line in `ARTICLE_TABS`; its words are `writing.tab.<name>`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from kb.access import Audience
from kb.articles import catalogue
from kb.articles.models import Article, State, Translation
from kb.db import stored_id
from kb.errors import NotFound

ARTICLES = "/desk/curation/articles"


@dataclass(frozen=True)
class ArticleTab:
    """A page about one article. In `url` stand {article} and, where it matters, {locale}."""

    name: str
    url: str


ARTICLE_TABS = (
    ArticleTab("write", ARTICLES + "/{article}/{locale}"),
    ArticleTab("review", ARTICLES + "/{article}/{locale}/review"),
    ArticleTab("history", ARTICLES + "/{article}/{locale}/history"),
    ArticleTab("beside", ARTICLES + "/{article}/beside?locale={locale}"),
    ArticleTab("health", ARTICLES + "/{article}/health?locale={locale}"),
    ArticleTab("settings", ARTICLES + "/{article}/settings?locale={locale}"),
)


@dataclass(frozen=True)
class Tab:
    """A way to another page about the article."""

    name: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Tongue:
    """The article in one language: how far it has come, and where it is written."""

    locale: str
    state: State
    url: str
    is_current: bool
    has_news: bool
    """Something newer is saved than what readers see."""


@dataclass(frozen=True)
class Heading:
    """What stands above every page about one article."""

    public_id: str
    locale: str
    title: str
    audience: Audience
    is_archived: bool
    slug: str
    """Of the page readers have, in the language at hand; empty: there is none."""
    state: State | None
    """Of the language at hand; None: it is not written in it."""
    tongues: Sequence[Tongue]
    tabs: Sequence[Tab]


def article_of(session: Session, public_id: str) -> Article:
    """Return the article of an address, whatever its state.

    Raises:
        NotFound: there is none.
    """
    found = catalogue.by_public_id(session, public_id)
    if found is None:
        raise NotFound
    return found


def heading(session: Session, article: Article, *, locale: str, current: str) -> Heading:
    """Return what stands above a page; `current` is the name of its tab."""
    rows = session.exec(
        select(Translation)
        .where(Translation.article_id == stored_id(article.id))
        .order_by(col(Translation.locale))
    ).all()
    here = next((each for each in rows if each.locale == locale), None)
    return Heading(
        public_id=article.public_id,
        locale=locale,
        title=_title(session, here or next(iter(rows), None)),
        audience=article.audience,
        is_archived=article.is_archived,
        slug=here.slug if here and here.state is State.PUBLISHED else "",
        state=here.state if here else None,
        tongues=[_tongue(session, article, each, locale) for each in rows],
        tabs=[_tab(each, article, locale, current) for each in ARTICLE_TABS],
    )


def _title(session: Session, translation: Translation | None) -> str:
    if translation is None:
        return ""
    found = catalogue.latest(session, translation.article_id, translation.locale)
    return found[1].title if found else ""


def _tab(tab: ArticleTab, article: Article, locale: str, current: str) -> Tab:
    url = tab.url.format(article=article.public_id, locale=locale)
    return Tab(tab.name, url, tab.name == current)


def _tongue(session: Session, article: Article, each: Translation, current: str) -> Tongue:
    found = catalogue.latest(session, each.article_id, each.locale)
    return Tongue(
        locale=each.locale,
        state=each.state,
        url=f"{ARTICLES}/{article.public_id}/{each.locale}",
        is_current=each.locale == current,
        has_news=(
            each.state is State.PUBLISHED
            and found is not None
            and found[1].id != each.published_id
        ),
    )
