"""Acts on a plan: writes articles in batches, each batch whole or not at all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from ingestion import apply_own, categories, images, plan
from ingestion.files import Root
from ingestion.plan import Identity, Showing, Stored, Wanted
from ingestion.records import Failure, Family, Outcome, Page, Remark, Unreadable
from kb.articles import actions as articles
from kb.articles import staleness
from kb.articles.models import Article, Revision, Significance, State, Translation
from kb.db import stored_id, transaction
from kb.errors import Problem

T = TypeVar("T")
BATCH = 50
"""Articles per transaction: what a kill -9 can cost."""


@dataclass
class Written:
    """What went wrong, or is worth saying, while writing."""

    failures: list[Failure] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True)
class Writing:
    """What is the same for every article of an import."""

    root: Root
    source: str
    stored: Mapping[Identity, Stored]
    outcomes: Mapping[Identity, Outcome]
    publish: bool


def write(
    engine: Engine, families: Sequence[Family], writing: Writing, on_batch: Callable[[int], None]
) -> Written:
    """Write the articles; one that cannot be written is reported and the others are kept."""
    written = Written()
    for batch in _batches(families):
        try:
            remarks = _in_one_transaction(engine, batch, writing)
        except (Problem, Unreadable):
            remarks = _one_by_one(engine, batch, writing, written)
        written.remarks += remarks
        on_batch(len(batch))
    return written


def prune(engine: Engine, source: str, gone: Sequence[Identity]) -> int:
    """Take what is gone from its source off show; an article without any language is archived."""
    locales: dict[str, set[str]] = {}
    for key, locale in gone:
        locales.setdefault(key, set()).add(locale)
    for batch in _batches(list(locales)):
        with transaction(engine) as session:
            for key in batch:
                _withdraw(session, source, key, locales[key])
    return len(gone)


def _in_one_transaction(
    engine: Engine, families: Sequence[Family], writing: Writing
) -> list[Remark]:
    with transaction(engine) as session:
        return [remark for family in families for remark in _family(session, family, writing)]


def _one_by_one(
    engine: Engine, families: Sequence[Family], writing: Writing, written: Written
) -> list[Remark]:
    remarks: list[Remark] = []
    for family in families:
        try:
            remarks += _in_one_transaction(engine, [family], writing)
        except (Problem, Unreadable) as error:
            reason = str(error) if isinstance(error, Unreadable) else f"was refused ({error})"
            written.failures += [Failure(page.origin, reason, family.key) for page in family.pages]
    return remarks


def _family(session: Session, family: Family, writing: Writing) -> list[Remark]:
    article = _article(session, family, writing)
    remarks: list[Remark] = []
    for page in family.pages:
        if writing.outcomes[family.key, page.locale] is not Outcome.UNCHANGED:
            remarks += _page(session, article, page, family=family, writing=writing)
    apply_own.keep_family(session, article, family)
    return remarks


def _article(session: Session, family: Family, writing: Writing) -> Article:
    article = session.exec(
        select(Article).where(Article.source == writing.source, Article.source_key == family.key)
    ).first()
    if article is None:
        article = articles.create_article(
            session, source=writing.source, source_key=family.key, audience=family.audience
        )
    known = {i[1]: s for i, s in writing.stored.items() if i[0] == family.key}
    if article.is_archived and plan.restores(known.values()):
        articles.restore(session, article)
    elsewhere = set(known) - {page.locale for page in family.pages}
    bound = article.audience if elsewhere else None
    articles.set_audience(session, article, plan.narrower(family.audience, bound))
    article.category_id = categories.keep(session, family.category)
    session.add(article)
    return article


def _page(
    session: Session, article: Article, page: Page, *, family: Family, writing: Writing
) -> list[Remark]:
    before = _latest(session, article, page.locale)
    revision = before
    if before is None or not _says(before, page):
        draft = articles.Draft(
            title=page.title,
            body=page.body,
            summary=page.summary,
            tags=list(page.tags),
            slug=page.slug,
            phrases=list(page.phrases),
        )
        revision = articles.revise(
            session, article, locale=page.locale, draft=draft, change=_change(before, page)
        )
    if revision is None:
        raise ValueError("a page was written without a revision")
    for image in page.images:
        content = images.load(image, writing.root)
        articles.attach_media(
            session,
            article,
            file_name=image.path.name,
            content_type=image.content_type,
            content=content,
        )
    digest = plan.fingerprint(page, family)
    stored = writing.stored.get((family.key, page.locale))
    match plan.showing(Wanted(digest, writing.publish, page.is_draft), stored):
        case Showing.PUBLISH:
            articles.publish(session, article, revision)
        case Showing.UNPUBLISH:
            articles.unpublish(session, article, locale=page.locale)
        case Showing.KEEP:
            pass
    translation = session.get_one(Translation, revision.translation_id)
    translation.source_digest = digest
    articles.verify(session, translation, by=page.verified_by, at=_noon(page.verified))
    if plan.moves(page.slug, translation.slug):
        articles.rename(session, translation, page.slug)
    staleness.keep_in_step(session, translation)
    apply_own.keep_page(session, translation, page)
    return list(_remarks(page, before, revision, stored))


def _change(before: Revision | None, page: Page) -> articles.Change:
    """A text that changed in its source may say something else: nobody says how much."""
    is_text = before is None or (before.title, before.body) != (page.title, page.body)
    return articles.Change(
        significance=Significance.MAJOR if is_text else Significance.MINOR,
    )


def _noon(day: date | None) -> datetime | None:
    """Return the middle of a day, which is the same day wherever our customers are."""
    return datetime.combine(day, time(12), UTC) if day else None


def _remarks(
    page: Page, before: Revision | None, revision: Revision, stored: Stored | None
) -> list[Remark]:
    said = []
    if before is not None and before is not revision and before.author_id is not None:
        said.append("was edited here since the last import; that stays in its history")
    if stored is not None and stored.is_archived and stored.digest:
        said.append("is archived here and stays so")
    elif stored is not None and stored.was_published and not stored.is_published and stored.digest:
        said.append("was taken off show here and stays so")
    return [Remark(page.origin, text) for text in said]


def _latest(session: Session, article: Article, locale: str) -> Revision | None:
    return session.exec(
        select(Revision)
        .join(Translation, col(Translation.id) == col(Revision.translation_id))
        .where(Translation.article_id == stored_id(article.id), Translation.locale == locale)
        .order_by(col(Revision.number).desc())
        .limit(1)
    ).first()


def _says(revision: Revision, page: Page) -> bool:
    said = (revision.title, revision.summary, revision.body, revision.tags, revision.phrases)
    return said == (page.title, page.summary, page.body, list(page.tags), list(page.phrases))


def _withdraw(session: Session, source: str, key: str, locales: set[str]) -> None:
    article = session.exec(
        select(Article).where(Article.source == source, Article.source_key == key)
    ).one()
    translations = session.exec(
        select(Translation).where(Translation.article_id == stored_id(article.id))
    ).all()
    others = [one for one in translations if one.locale not in locales]
    remains = any(one.source_digest or one.state is State.PUBLISHED for one in others)
    for translation in translations:
        if translation.locale in locales:
            if remains and translation.state is State.PUBLISHED:
                articles.unpublish(session, article, locale=translation.locale)
                translation.state = State.ARCHIVED
            translation.source_digest = ""
            session.add(translation)
    if not remains and not article.is_archived:
        articles.archive(session, article)


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
