"""What kb already holds of a source."""

from sqlmodel import Session, col, select

from ingestion.plan import Identity, Stored
from kb.articles.models import Article, State, Translation


def documents(session: Session, source: str) -> dict[Identity, Stored]:
    """Return every translation of the source's articles, by key and language."""
    rows = session.exec(
        select(Article, Translation)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .where(Article.source == source)
    ).all()
    return {
        (article.source_key, translation.locale): _stored(article, translation)
        for article, translation in rows
    }


def _stored(article: Article, translation: Translation) -> Stored:
    was_published = translation.published_id is not None
    return Stored(
        digest=translation.source_digest,
        was_published=was_published,
        is_published=was_published and translation.state is State.PUBLISHED,
        is_archived=article.is_archived,
        is_withdrawn=translation.state is State.ARCHIVED and not translation.source_digest,
        slug=translation.slug,
    )
