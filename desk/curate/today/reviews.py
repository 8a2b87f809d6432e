"""Texts that wait for somebody else to look at them before readers do."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from kb.articles import reviewing
from kb.articles.life import Review, ReviewState
from kb.articles.models import Article, Revision, Translation
from kb.curation.effect import contact_share, of_article, unhelpful
from kb.curation.tasks import Task, TaskKind, evidence_of


def waiting(session: Session) -> Iterator[Task]:
    """Yield the open reviews; asked for again, a review is new work."""
    share, failed = contact_share(session), unhelpful(session)
    rows = session.exec(
        select(Review, Revision, Translation, Article.public_id)
        .join(Revision, col(Revision.id) == col(Review.revision_id))
        .join(Translation, col(Translation.id) == col(Review.translation_id))
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(col(Review.state) == ReviewState.OPEN, col(Article.is_archived).is_(False))
        .order_by(col(Review.id))
    ).all()
    for review, revision, translation, public_id in rows:
        effect = of_article(failed.get(review.translation_id, 0), share)
        yield Task(
            kind=TaskKind.REVIEW,
            subject=str(review.translation_id),
            title_words={"title": revision.title, "locale": translation.locale},
            url=f"/desk/curation/articles/{public_id}/{translation.locale}/review",
            weight=effect.weight,
            evidence=evidence_of([review.id]),
            since=review.asked_at,
            arithmetic=effect.arithmetic,
            others_only=reviewing.newest(session, translation).author_id,
        )
