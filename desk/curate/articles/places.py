"""What an editor works on: an article in one language. For anybody else it is not there."""

from dataclasses import dataclass

from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, SkipValidation
from sqlmodel import Session

from desk.curate.articles.sheets import Sheet, sheet
from desk.curate.articles.tabs import ARTICLES, article_of
from desk.deps import CurrentFields, CurrentSession, CurrentViewer
from kb.access import Viewer
from kb.articles import catalogue
from kb.articles.models import Article, Revision, Translation
from kb.config import LOCALES
from kb.db import stored_id
from kb.errors import NotFound
from kb.writing import queries
from kb.writing.actions import Desk
from kb.writing.models import WorkingCopy
from kb.writing.policy import Text, text_of


@dataclass(frozen=True)
class Place:
    """An article in one language, and who works on it."""

    session: Session
    viewer: Viewer
    article: Article
    locale: str
    translation: Translation | None
    latest: Revision | None
    """The last revision, published or not."""

    @property
    def url(self) -> str:
        return f"{ARTICLES}/{self.article.public_id}/{self.locale}"

    @property
    def version(self) -> int:
        return self.translation.version if self.translation else 0

    @property
    def saved(self) -> Text:
        """Return what the last revision says."""
        if self.latest is None:
            return Text()
        return Text(self.latest.title, self.latest.summary, self.latest.body)

    def desk(self, base: int) -> Desk:
        """Return where this person's text is kept."""
        person = stored_id(self.viewer.person_id)
        return Desk(stored_id(self.article.id), self.locale, person, base)


@dataclass(frozen=True)
class Opened:
    """What the editor begins with."""

    text: Text
    base: int
    copy: WorkingCopy | None
    """The kept text it goes on with."""
    others: tuple[WorkingCopy, ...] = ()
    """Texts that the same person kept in other tabs."""


def place(session: Session, viewer: Viewer, public_id: str, locale: str) -> Place:
    """Return what an address names.

    Raises:
        NotFound: there is no such article or language.
    """
    if locale not in LOCALES:
        raise NotFound
    article = article_of(session, public_id)
    found = catalogue.latest(session, stored_id(article.id), locale)
    translation, latest = found or (None, None)
    return Place(session, viewer, article, locale, translation, latest)


CurrentPlace = NamedDependency[SkipValidation[Place]]
CurrentSheet = NamedDependency[SkipValidation[Sheet]]


def provide_place(
    session: CurrentSession,
    editor: CurrentViewer,
    public_id: FromPath[str],
    in_locale: FromPath[str],
) -> Place:
    """Return what the address names."""
    return place(session, editor, public_id, in_locale)


def provide_sheet(fields: CurrentFields) -> Sheet:
    """Return what the form says."""
    return sheet(fields)


HERE = ARTICLES + "/{public_id:str}/{in_locale:str}"
ON_AN_ARTICLE = {
    "where": Provide(provide_place, sync_to_thread=True),
    "sent": Provide(provide_sheet, sync_to_thread=False),
}
"""For handlers below `HERE`."""


def opened(where: Place) -> Opened:
    """Return the text to go on with: what was typed last and not saved, or what is saved."""
    desk = where.desk(where.version)
    copies = queries.own(
        where.session,
        article_id=desk.article_id,
        locale=where.locale,
        person_id=desk.person_id,
    )
    if not copies:
        return Opened(where.saved, where.version, None)
    return Opened(text_of(copies[0]), copies[0].base_version, copies[0], tuple(copies[1:]))


def revision_at(where: Place, number: int) -> Revision | None:
    """Return one version of the translation."""
    if where.translation is None:
        return None
    return catalogue.revision(where.session, stored_id(where.translation.id), number)
