"""What the start page, a category and an article show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup
from sqlmodel import Session

from desk import markdown
from desk.help.feedback.views import FeedbackState
from desk.help.search.views import HitView, Results
from desk.help.trail import Footprints
from desk.markdown import Heading
from desk.rendering import Language, View
from kb.access import Audience, Viewer
from kb.articles import queries
from kb.articles.policy import address
from kb.articles.queries import CategoryEntry, Published
from kb.config import LOCALES, Locale
from kb.db import stored_id

ENTRIES_FOR_CONTENTS = 3


@dataclass(frozen=True)
class StartPage(Results):
    """The search box and the categories."""

    template: ClassVar[str] = "help/start.html"
    categories: Sequence[CategoryEntry] = ()


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


@dataclass(frozen=True)
class ArticlePage(View):
    """An article, and everything that helps when it does not."""

    template: ClassVar[str] = "help/article.html"
    title: str
    summary: str
    body: Markup
    contents: Sequence[Heading]
    category: CategoryEntry | None
    related: Sequence[HitView]
    languages: Sequence[Language]
    updated: datetime
    is_internal: bool
    feedback: FeedbackState
    contact_url: str


def category_page(
    session: Session, viewer: Viewer, locale: Locale, key: str
) -> CategoryPage | None:
    """Return the page of a category with something to read in it."""
    entries = queries.categories(session, viewer, locale)
    chosen = next((entry for entry in entries if entry.key == key), None)
    if chosen is None:
        return None
    found = queries.in_category(session, viewer, category_id=chosen.id, locale=locale)
    elsewhere = [
        other
        for other in LOCALES
        if other != locale
        and any(entry.key == key for entry in queries.categories(session, viewer, other))
    ]
    return CategoryPage(
        category=chosen,
        articles=[_link(each) for each in found],
        categories=entries,
        languages=[Language(other, f"/{other}/categories/{key}") for other in elsewhere],
    )


def article_page(
    session: Session,
    viewer: Viewer,
    shown: Published,
    *,
    prints: Footprints,
    related: Sequence[HitView],
) -> ArticlePage:
    """Return the page of an article."""
    revision, locale = shown.revision, shown.translation.locale
    where = markdown.links(session, viewer, locale, [revision.body])
    rendered = markdown.render(revision.body, where)
    contents = [heading for heading in rendered.headings if heading.level == 2]  # noqa: PLR2004
    here = Footprints(prints.question, shown.article.public_id)
    return ArticlePage(
        title=revision.title,
        summary=revision.summary,
        body=rendered.html,
        contents=contents if len(contents) >= ENTRIES_FOR_CONTENTS else [],
        category=_category(session, viewer, shown),
        related=related,
        languages=_languages(session, viewer, shown, prints),
        updated=revision.created_at,
        is_internal=shown.article.audience is not Audience.PUBLIC,
        feedback=FeedbackState(stored_id(revision.id), prints.question),
        contact_url=here.link(f"/{locale}/contact"),
    )


def _link(each: Published) -> ArticleLink:
    return ArticleLink(
        each.revision.title,
        each.revision.summary,
        address(each.translation.locale, each.translation.slug),
        each.article.audience is not Audience.PUBLIC,
    )


def _category(session: Session, viewer: Viewer, shown: Published) -> CategoryEntry | None:
    entries = queries.categories(session, viewer, shown.translation.locale)
    return next((entry for entry in entries if entry.id == shown.article.category_id), None)


def _languages(
    session: Session, viewer: Viewer, shown: Published, prints: Footprints
) -> list[Language]:
    found = queries.translations(session, viewer, stored_id(shown.article.id))
    return [
        Language(locale, prints.link(address(locale, each.slug)))
        for each in found
        for locale in LOCALES
        if each.locale == locale and locale != shown.translation.locale
    ]
