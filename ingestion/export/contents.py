"""What an export holds: one text for each translation, the images they show, the categories."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from ingestion import own
from ingestion.export import paths, writing
from ingestion.export.paths import Named
from kb.access import Audience
from kb.articles.models import (
    Article,
    ArticleMedia,
    Category,
    FormerSlug,
    Media,
    Revision,
    State,
    Translation,
)
from kb.db import stored_id

_BATCH = 200


@dataclass(frozen=True)
class Choice:
    """What of everything is exported; None: all of it."""

    locale: str | None = None
    audience: Audience | None = None
    state: State | None = None


@dataclass(frozen=True)
class Text:
    """A translation, and the revision of it that is exported: on show, or else the newest."""

    article: Article
    translation: Translation
    revision_id: int
    state: State


def texts(session: Session, choice: Choice) -> list[Text]:
    """Return the translations to export, those of an article together."""
    rows = session.exec(
        select(Article, Translation)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .order_by(col(Article.id), col(Translation.locale))
    ).all()
    newest = _newest(session)
    found = [
        Text(
            article,
            translation,
            _revision_of(translation, newest),
            _state_of(article, translation),
        )
        for article, translation in rows
        if translation.id in newest
    ]
    return [
        text
        for text in found
        if choice.locale in {None, text.translation.locale}
        and choice.audience in {None, text.article.audience}
        and choice.state in {None, text.state}
    ]


class Shelf:
    """Knows where everything stands in the folder, so that texts can name it."""

    def __init__(self, session: Session, chosen: Sequence[Text]) -> None:
        self._session = session
        self._categories = _categories(session)
        self._former = _former(session)
        self._images = _images(session, chosen)
        families = {stored_id(text.article.id): text for text in reversed(chosen)}
        self._places = paths.places(_named(text, self._categories) for text in families.values())
        self._used: set[str] = set()
        self._locales: dict[str, dict[str, str]] = {}
        for text in chosen:
            place = self._places[stored_id(text.article.id)]
            known = self._locales.setdefault(text.article.public_id, {})
            known[text.translation.locale] = f"{text.translation.locale}/{place}.md"

    def files(self, chosen: Sequence[Text]) -> Iterator[tuple[str, str]]:
        """Yield path and content of every text."""
        for start in range(0, len(chosen), _BATCH):
            batch = chosen[start : start + _BATCH]
            ids = [text.revision_id for text in batch]
            rows = self._session.exec(select(Revision).where(col(Revision.id).in_(ids)))
            revisions = {stored_id(row.id): row for row in rows}
            for text in batch:
                yield self._file(text, revisions[text.revision_id])
            self._session.expunge_all()

    def images(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of every image that one of the texts shows; after the texts."""
        for media_id in sorted(self._used):
            path = self._images[media_id]
            content = self._session.exec(select(Media.content).where(Media.id == media_id)).one()
            yield path, content

    def _file(self, text: Text, revision: Revision) -> tuple[str, str]:
        locale = text.translation.locale
        path = self._locales[text.article.public_id][locale]
        folder = posixpath.dirname(path)

        def article(public_id: str) -> str | None:
            known = self._locales.get(public_id, {})
            target = known.get(locale) or next(iter(known.values()), None)
            return posixpath.relpath(target, folder) if target else None

        def image(media_id: str) -> str | None:
            target = self._images.get(media_id)
            self._used |= {media_id} if target else set()
            return posixpath.relpath(target, folder) if target else None

        body = own.outward(revision.body, article=article, image=image)
        category = self._categories.get(text.article.category_id or 0, "")
        former = self._former.get(text.translation.id or 0, [])
        facts = writing.facts(text.article, text.translation, revision)
        facts |= {"category": category, "state": text.state.value, "former_slugs": former}
        return path, writing.document(facts, body)


def _revision_of(translation: Translation, newest: Mapping[int, int]) -> int:
    if translation.state is State.PUBLISHED and translation.published_id is not None:
        return translation.published_id
    return newest[translation.id or 0]


def _state_of(article: Article, translation: Translation) -> State:
    return State.ARCHIVED if article.is_archived else translation.state


def _newest(session: Session) -> dict[int, int]:
    rows = session.exec(
        select(Revision.translation_id, Revision.id).order_by(col(Revision.number))
    ).all()
    return {translation_id: stored_id(revision_id) for translation_id, revision_id in rows}


def _categories(session: Session) -> dict[int, str]:
    rows = session.exec(select(Category.id, Category.key)).all()
    return {stored_id(number): key for number, key in rows}


def _former(session: Session) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for one in session.exec(select(FormerSlug).order_by(col(FormerSlug.slug))):
        found.setdefault(one.translation_id, []).append(one.slug)
    return found


def _images(session: Session, chosen: Sequence[Text]) -> dict[str, str]:
    """Return the place of every image of these articles; bytes are read one at a time."""
    ids = {stored_id(text.article.id) for text in chosen}
    rows = session.exec(
        select(Media.id, Media.file_name, Media.content_type, ArticleMedia.article_id).join(
            ArticleMedia, col(ArticleMedia.media_id) == col(Media.id)
        )
    ).all()
    return {
        media_id: f"media/{media_id[:12]}/{paths.file_name(name, content_type)}"
        for media_id, name, content_type, article_id in rows
        if article_id in ids
    }


def _named(text: Text, categories: Mapping[int, str]) -> Named:
    article = text.article
    return Named(
        stored_id(article.id),
        article.source,
        article.source_key,
        categories.get(article.category_id or 0, ""),
        text.translation.slug,
    )
