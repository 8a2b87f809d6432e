"""What the settings of an article show: for whom, where it belongs, who keeps it right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlmodel import Session, col, func, select

from desk.curate.life.place import AboutArticle, above
from desk.curate.life.shelf import CategoryChoice, category_choices
from kb import clock
from kb.access import EDITOR_ROLES, Audience
from kb.articles import keeping
from kb.articles.models import Article, FormerSlug, Revision, State, Translation
from kb.articles.policy import address
from kb.config import Locale
from kb.db import stored_id
from kb.people import queries as people


@dataclass(frozen=True)
class OwnerChoice:
    """Somebody who can answer for the article."""

    id: int
    name: str


@dataclass(frozen=True)
class Tongue:
    """The article in one language: its address, and whether somebody found it right."""

    locale: str
    title: str
    slug: str
    url: str
    """Where it is read; empty where it is not on show."""
    former: Sequence[str]
    verified_at: datetime | None
    verified_by: str
    due_at: datetime | None
    is_due: bool
    here: str
    """Where its own settings are sent."""


@dataclass(frozen=True)
class SettingsPage(AboutArticle):
    """The settings of an article."""

    template: ClassVar[str] = "curate/life/settings.html"
    url: str
    saved: str
    """What was just kept: part of a key; empty: nothing."""
    audience: Audience
    category_id: int | None
    categories: Sequence[CategoryChoice]
    owner_id: int | None
    owners: Sequence[OwnerChoice]
    verify_months: int | None
    intervals: Sequence[int]
    tongues: Sequence[Tongue]
    is_archived: bool


@dataclass(frozen=True)
class AudiencePage(AboutArticle):
    """Asks whether the audience shall really change, and says what that means."""

    template: ClassVar[str] = "curate/life/audience.html"
    url: str
    audience: Audience
    """Who it shall be for."""
    titles: Sequence[tuple[str, str]]
    """What is on show, by language."""
    drafts: int
    """Languages that are not on show."""
    linking: int
    """Other articles on show that lead to it."""


def settings_page(
    session: Session, article: Article, locale: Locale, *, saved: str = ""
) -> SettingsPage:
    """Return the settings of an article."""
    areas, heading = above(session, article, locale, "settings")
    return SettingsPage(
        areas=areas,
        heading=heading,
        url=f"/desk/curation/articles/{article.public_id}",
        saved=saved,
        audience=article.audience,
        category_id=article.category_id,
        categories=category_choices(session, locale),
        owner_id=article.owner_id,
        owners=[
            OwnerChoice(stored_id(each.id), each.name)
            for each in people.staff(session)
            if each.role in EDITOR_ROLES or each.id == article.owner_id
        ],
        verify_months=article.verify_months,
        intervals=keeping.INTERVALS,
        tongues=[_tongue(session, article, each) for each in _translations(session, article)],
        is_archived=article.is_archived,
    )


def audience_page(
    session: Session, article: Article, locale: Locale, audience: Audience
) -> AudiencePage:
    """Return what another audience would mean."""
    areas, heading = above(session, article, locale, "settings")
    found = _translations(session, article)
    shown = [each for each in found if each.state is State.PUBLISHED]
    return AudiencePage(
        areas=areas,
        heading=heading,
        url=f"/desk/curation/articles/{article.public_id}",
        audience=audience,
        titles=[(each.locale, _shown_title(session, each)) for each in shown],
        drafts=len(found) - len(shown),
        linking=_linking(session, article),
    )


def _translations(session: Session, article: Article) -> Sequence[Translation]:
    return session.exec(
        select(Translation)
        .where(Translation.article_id == article.id)
        .order_by(col(Translation.locale))
    ).all()


def _tongue(session: Session, article: Article, translation: Translation) -> Tongue:
    is_shown = translation.state is State.PUBLISHED and not article.is_archived
    shown = session.get(Revision, translation.published_id) if is_shown else None
    due = keeping.due_at(article, translation, shown) if shown is not None else None
    return Tongue(
        locale=translation.locale,
        title=_title(session, translation),
        slug=translation.slug,
        url=address(translation.locale, translation.slug) if is_shown else "",
        former=session.exec(
            select(FormerSlug.slug)
            .where(FormerSlug.translation_id == translation.id)
            .order_by(col(FormerSlug.left_at).desc())
        ).all(),
        verified_at=translation.verified_at,
        verified_by=translation.verified_by,
        due_at=due,
        is_due=due is not None and due <= clock.now(),
        here=f"/desk/curation/articles/{article.public_id}/{translation.locale}",
    )


def _title(session: Session, translation: Translation) -> str:
    newest = session.exec(
        select(Revision.title)
        .where(Revision.translation_id == translation.id)
        .order_by(col(Revision.number).desc())
    ).first()
    return newest or translation.slug


def _shown_title(session: Session, translation: Translation) -> str:
    shown = session.get(Revision, translation.published_id)
    return shown.title if shown is not None else translation.slug


def _linking(session: Session, article: Article) -> int:
    named = f"article:{article.public_id}"
    return session.exec(
        select(func.count(func.distinct(col(Translation.article_id))))
        .join(Revision, col(Revision.id) == col(Translation.published_id))
        .where(col(Translation.state) == State.PUBLISHED)
        .where(col(Revision.body).contains(named), Translation.article_id != article.id)
    ).one()
