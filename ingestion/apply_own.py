"""What only our own form says of an article: its states, former addresses, and how it is kept."""

from sqlmodel import Session, col, select

from ingestion.records import Family, Page
from kb.articles import actions as articles
from kb.articles.models import Article, FormerSlug, State, Translation
from kb.db import stored_id

_WAITING = frozenset({State.IN_REVIEW, State.ARCHIVED})


def keep_family(session: Session, article: Article, family: Family) -> None:
    """Keep what counts for the whole article; if all of it was archived, it is again."""
    said = [page.own for page in family.pages if page.own is not None]
    if not said:
        return
    article.verify_months = said[0].verify_months
    session.add(article)
    if all(own.state is State.ARCHIVED for own in said) and not article.is_archived:
        articles.archive(session, article)


def keep_page(session: Session, translation: Translation, page: Page) -> None:
    """Keep how far a text had come, and the addresses that led to it."""
    if page.own is None:
        return
    if page.own.state in _WAITING and translation.state is State.DRAFT:
        translation.state = page.own.state
        session.add(translation)
    for slug in page.own.former_slugs:
        if _is_free(session, translation.locale, slug):
            session.add(
                FormerSlug(
                    locale=translation.locale,
                    slug=slug,
                    translation_id=stored_id(translation.id),
                )
            )
    session.flush()


def _is_free(session: Session, locale: str, slug: str) -> bool:
    """Say whether an address leads nowhere yet."""
    taken = session.exec(
        select(Translation.id).where(
            col(Translation.locale) == locale, col(Translation.slug) == slug
        )
    ).first()
    return taken is None and session.get(FormerSlug, (locale, slug)) is None
