"""Articles as tasks name them: by the title of the revision that was spoken of."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from kb.articles.models import Article, Revision, Translation
from kb.db import stored_id


@dataclass(frozen=True)
class Named:
    """A revision, and where its article is looked after."""

    translation_id: int
    public_id: str
    title: str
    locale: str

    @property
    def health_url(self) -> str:
        return f"/desk/curation/articles/{self.public_id}/health?locale={self.locale}"


def titles_of(session: Session, revision_ids: Collection[int]) -> dict[int, Named]:
    """Return the revisions of articles that are not archived, by id."""
    rows = session.exec(
        select(Revision, Translation, Article.public_id)
        .join(Translation, col(Translation.id) == col(Revision.translation_id))
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(col(Revision.id).in_(revision_ids), col(Article.is_archived).is_(False))
    ).all()
    return {
        stored_id(revision.id): Named(
            stored_id(translation.id), public_id, revision.title, translation.locale
        )
        for revision, translation, public_id in rows
    }
