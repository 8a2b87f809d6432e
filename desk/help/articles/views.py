"""What the start page and a category show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from desk.help.articles import heads
from desk.help.articles.heads import Crumb, Head
from desk.help.articles.shelves import Shelf, shelves
from desk.i18n import words
from desk.rendering import Language, View
from kb.access import Audience, Viewer
from kb.articles import queries
from kb.articles.policy import address
from kb.articles.queries import CategoryEntry, Published
from kb.config import LOCALES, Locale


@dataclass(frozen=True)
class StartPage(View):
    """The search box and the categories."""

    template: ClassVar[str] = "help/start.html"
    categories: Sequence[CategoryEntry] = ()
    shelves: Sequence[Shelf] = ()
    head: Head | None = None


@dataclass(frozen=True)
class ArticleLink:
    """An article in a list."""

    title: str
    summary: str
    url: str
    is_internal: bool


@dataclass(frozen=True)
class CategoryPage(View):
    """The articles of one category, and the way to the others."""

    template: ClassVar[str] = "help/category.html"
    category: CategoryEntry
    articles: Sequence[ArticleLink]
    categories: Sequence[CategoryEntry]
    languages: Sequence[Language]
    head: Head


def start_page(session: Session, viewer: Viewer, locale: Locale, public_url: str) -> StartPage:
    """Return the page everything starts from."""
    say = words(locale)
    return StartPage(
        categories=queries.categories(session, viewer, locale),
        shelves=shelves(session, viewer, locale),
        head=Head(
            title=say("start.heading"),
            description=say("start.lead"),
            url=f"{public_url}/{locale}/",
            others={each: f"{public_url}/{each}/" for each in LOCALES},
        ),
    )


def category_page(
    session: Session, viewer: Viewer, locale: Locale, key: str, public_url: str
) -> CategoryPage | None:
    """Return the page of a category with something to read in it."""
    entries = queries.categories(session, viewer, locale)
    chosen = next((entry for entry in entries if entry.key == key), None)
    if chosen is None:
        return None
    found = queries.in_category(session, viewer, category_id=chosen.id, locale=locale)
    there = [
        each
        for each in LOCALES
        if any(entry.key == key for entry in queries.categories(session, viewer, each))
    ]
    urls = {each: f"/{each}/categories/{key}" for each in there}
    full = {each: public_url + url for each, url in urls.items()}
    head = Head(chosen.name, "", full[locale], others=full)
    return CategoryPage(
        category=chosen,
        articles=[_link(each) for each in found],
        categories=entries,
        languages=[Language(each, url) for each, url in urls.items() if each != locale],
        head=heads.with_data(head, [heads.breadcrumbs([Crumb(chosen.name, full[locale])])]),
    )


def _link(each: Published) -> ArticleLink:
    return ArticleLink(
        each.revision.title,
        each.revision.summary,
        address(each.translation.locale, each.translation.slug),
        each.article.audience is not Audience.PUBLIC,
    )
