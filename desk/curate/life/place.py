"""Which translation a page is about, and whether its viewer may be there: editors only."""

from collections.abc import Sequence
from dataclasses import dataclass

from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, SkipValidation
from sqlmodel import Session

from desk.curate import areas
from desk.curate.areas import Tab
from desk.curate.articles import tabs
from desk.curate.articles.tabs import ARTICLES, Heading
from desk.deps import CurrentSession, CurrentViewer
from desk.rendering import PrivateView
from kb.articles import history
from kb.articles.models import Article, Translation
from kb.config import LOCALES, Locale
from kb.errors import NotFound


@dataclass(frozen=True)
class Place:
    """An article in one language."""

    article: Article
    translation: Translation

    @property
    def url(self) -> str:
        """Return where its pages begin."""
        return f"{ARTICLES}/{self.article.public_id}/{self.translation.locale}"

    @property
    def article_url(self) -> str:
        return f"{ARTICLES}/{self.article.public_id}"


@dataclass(frozen=True)
class AboutArticle(PrivateView):
    """A page about one article, below its heading."""

    areas: Sequence[Tab]
    heading: Heading


def provide_article(
    session: CurrentSession, editor: CurrentViewer, public_id: FromPath[str]
) -> Article:
    """Return the article of an address, to editors."""
    del editor  # asked for because it is there for nobody else
    return tabs.article_of(session, public_id)


def provide_place(
    session: CurrentSession,
    editor: CurrentViewer,
    public_id: FromPath[str],
    in_locale: FromPath[str],
) -> Place:
    """Return the translation of an address, to editors.

    Raises:
        NotFound: the article, or the translation, is not there.
    """
    article = provide_article(session, editor, public_id)
    if locale_of(in_locale) is None:
        raise NotFound
    return Place(article, history.translation_of(session, article, in_locale))


def locale_of(value: str) -> Locale | None:
    """Return the language if it is one articles are written in."""
    return next((locale for locale in LOCALES if locale == value), None)


CurrentArticle = NamedDependency[SkipValidation[Article]]
CurrentPlace = NamedDependency[SkipValidation[Place]]
ARTICLE = {"article": Provide(provide_article, sync_to_thread=True)}
PLACE = {"place": Provide(provide_place, sync_to_thread=True)}


def above(
    session: Session, article: Article, locale: str, current: str
) -> tuple[Sequence[Tab], Heading]:
    """Return what stands beside and above a page: the areas, and the article's heading."""
    return (
        areas.tabs(session, "articles"),
        tabs.heading(session, article, locale=locale, current=current),
    )
