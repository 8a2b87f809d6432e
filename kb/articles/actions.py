"""What can be done with articles. Actions never commit: the caller's transaction does."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from kb import outbox
from kb.access import Audience
from kb.articles import pictures, publications
from kb.articles.models import (
    Article,
    ArticleMedia,
    Category,
    CategoryName,
    FormerSlug,
    Media,
    Revision,
    Significance,
    State,
    Translation,
)
from kb.db import stored_id
from kb.errors import InvalidInput, StaleRevision
from kb.text import clean, digest, one_line, slugify


@dataclass(frozen=True)
class Draft:
    """What a new revision will say."""

    title: str
    body: str
    summary: str = ""
    tags: list[str] = field(default_factory=list)
    slug: str = ""
    phrases: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """What an edit changes: in the author's words, and how much it matters to readers."""

    note: str = ""
    significance: Significance = Significance.MINOR


UNSAID = Change()


def public_id(source: str, source_key: str) -> str:
    """Return the permanent id of an article; known before it exists, so links can name it."""
    return digest(source, source_key)[:16]


def create_article(
    session: Session,
    *,
    source_key: str,
    source: str = "desk",
    audience: Audience = Audience.STAFF,
    category_id: int | None = None,
) -> Article:
    """Create a family without translations; for staff only, unless told otherwise."""
    article = Article(
        public_id=public_id(source, source_key),
        audience=audience,
        category_id=category_id,
        source=source,
        source_key=source_key,
    )
    session.add(article)
    session.flush()
    return article


def revise(  # noqa: PLR0913  # what it says, what it is based on, who says why
    session: Session,
    article: Article,
    *,
    locale: str,
    draft: Draft,
    expected_version: int | None = None,
    author_id: int | None = None,
    change: Change = UNSAID,
) -> Revision:
    """Add a revision to the article's translation, creating the translation if needed.

    Raises:
        InvalidInput: no title.
        StaleRevision: `expected_version` is given and somebody else edited since.
    """
    title = one_line(draft.title)
    if not title:
        raise InvalidInput(field="title")
    translation = _translation(session, article, locale=locale, slug=draft.slug or slugify(title))
    if expected_version is not None and translation.version != expected_version:
        raise StaleRevision(version=translation.version)
    translation.version += 1
    session.add(translation)
    revision = Revision(
        translation_id=stored_id(translation.id),
        number=translation.version,
        title=title,
        summary=one_line(draft.summary, limit=500),
        body=clean(draft.body).strip(),
        tags=[one_line(tag, limit=60) for tag in draft.tags],
        phrases=[one_line(phrase, limit=200) for phrase in draft.phrases],
        change_note=one_line(change.note),
        significance=change.significance,
        author_id=author_id,
    )
    session.add(revision)
    session.flush()
    return revision


def rename(session: Session, translation: Translation, slug: str) -> None:
    """Give a translation another address; the one it had leads there from now on.

    An address that others have or had is not taken: it gets a number.
    """
    wanted, locale = slugify(slug), translation.locale
    own = session.get(FormerSlug, (locale, wanted))
    if own is not None and own.translation_id == translation.id:
        session.delete(own)
        session.flush()
    new = _free_slug(session, locale=locale, wanted=wanted, translation_id=translation.id)
    if new == translation.slug:
        return
    session.add(
        FormerSlug(locale=locale, slug=translation.slug, translation_id=stored_id(translation.id))
    )
    translation.slug = new
    session.add(translation)
    session.flush()
    outbox.note(session, outbox.Subject.ARTICLE, translation.article_id)


def verify(session: Session, translation: Translation, *, by: str, at: datetime | None) -> None:
    """Note who found that a translation is right, and when; no time: nobody has said so."""
    translation.verified_at = at
    translation.verified_by = one_line(by, limit=120) if at is not None else ""
    session.add(translation)


def publish(session: Session, article: Article, revision: Revision) -> None:
    """Put this revision on show, and note it for the index."""
    translation = session.get_one(Translation, revision.translation_id)
    if translation.article_id != article.id:
        raise ValueError("the revision belongs to another article")
    translation.state = State.PUBLISHED
    translation.published_id = revision.id
    session.add(translation)
    shown = {"translation_id": revision.translation_id, "revision_id": stored_id(revision.id)}
    publications.began(session, **shown)
    outbox.note(session, outbox.Subject.ARTICLE, stored_id(article.id))


def unpublish(session: Session, article: Article, *, locale: str) -> None:
    """Take a translation off show; its revisions stay."""
    found = _existing(session, article, locale)
    if found is not None and found.state is State.PUBLISHED:
        found.state = State.DRAFT
        session.add(found)
        publications.ended(session, translation_id=stored_id(found.id))
        outbox.note(session, outbox.Subject.ARTICLE, stored_id(article.id))


def archive(session: Session, article: Article) -> None:
    """Take the whole family out of every read path; nothing is deleted."""
    article.is_archived = True
    session.add(article)
    outbox.note(session, outbox.Subject.ARTICLE, stored_id(article.id))


def restore(session: Session, article: Article) -> None:
    """Bring an archived family back."""
    article.is_archived = False
    session.add(article)
    outbox.note(session, outbox.Subject.ARTICLE, stored_id(article.id))


def set_audience(session: Session, article: Article, audience: Audience) -> None:
    """Widen or narrow who may read the family."""
    if article.audience is not audience:
        article.audience = audience
        session.add(article)
        outbox.note(session, outbox.Subject.ARTICLE, stored_id(article.id))


def category(
    session: Session,
    *,
    key: str,
    names: dict[str, str] | None = None,
    icon: str = "",
    position: int = 0,
) -> Category:
    """Return the category of this key, adding it or updating its names as needed."""
    found = session.exec(select(Category).where(Category.key == key)).first()
    if found is None:
        found = Category(key=key, icon=icon or "folder", position=position)
    elif icon:
        found.icon, found.position = icon, position
    session.add(found)
    session.flush()
    for locale, name in (names or {}).items():
        session.merge(
            CategoryName(category_id=stored_id(found.id), locale=locale, name=one_line(name))
        )
    return found


def media_id(content: bytes) -> str:
    """Return the id of an image: known before it is stored, so bodies can name it."""
    return hashlib.sha256(content).hexdigest()[:32]


def attach_media(
    session: Session, article: Article, *, file_name: str, content_type: str, content: bytes
) -> Media:
    """Store an image once, by its bytes, and let the article show it."""
    key = media_id(content)
    found = session.get(Media, key)
    if found is None:
        shown = pictures.size(content)
        found = Media(
            id=key,
            file_name=one_line(file_name, limit=120),
            content_type=content_type,
            content=content,
            width=shown.width if shown else None,
            height=shown.height if shown else None,
        )
        session.add(found)
        session.flush()
    session.merge(ArticleMedia(article_id=stored_id(article.id), media_id=key))
    return found


def _translation(session: Session, article: Article, *, locale: str, slug: str) -> Translation:
    found = _existing(session, article, locale)
    if found is not None:
        return found
    added = Translation(
        article_id=stored_id(article.id),
        locale=locale,
        slug=_free_slug(session, locale=locale, wanted=slug),
        state=State.DRAFT,
    )
    session.add(added)
    session.flush()
    return added


def _existing(session: Session, article: Article, locale: str) -> Translation | None:
    return session.exec(
        select(Translation).where(
            Translation.article_id == article.id, Translation.locale == locale
        )
    ).first()


def _free_slug(
    session: Session, *, locale: str, wanted: str, translation_id: int | None = None
) -> str:
    """Return the address, with a number if another translation has it or had it."""
    taken = {
        slug
        for slug, owner in [
            *session.exec(
                select(Translation.slug, Translation.id).where(
                    Translation.locale == locale,
                    col(Translation.slug).startswith(wanted, autoescape=True),
                )
            ),
            *session.exec(
                select(FormerSlug.slug, FormerSlug.translation_id).where(
                    FormerSlug.locale == locale,
                    col(FormerSlug.slug).startswith(wanted, autoescape=True),
                )
            ),
        ]
        if owner != translation_id
    }
    if wanted not in taken:
        return wanted
    return next(
        slug for number in range(2, len(taken) + 3) if (slug := f"{wanted}-{number}") not in taken
    )
