"""Work that keeping articles right makes: what to look at again, and which translations to mend.

What it may avoid is what such an article costs today: those it does not help, and who write then.
"""

from collections.abc import Iterable, Iterator

from sqlmodel import Session, col, select

from kb.articles import keeping, staleness
from kb.articles.models import Article, Revision, Translation
from kb.curation.effect import contact_share, of_article, unhelpful
from kb.curation.tasks import Task, TaskKind, evidence_of
from kb.db import stored_id

_ARTICLES = "/desk/curation/articles"


def unverified(session: Session) -> Iterator[Task]:
    """Yield articles whose time to be looked at has come."""
    share, failed = contact_share(session), unhelpful(session)
    for due in keeping.expiring(session):
        number = stored_id(due.translation.id)
        effect = of_article(failed.get(number, 0), share)
        yield Task(
            kind=TaskKind.STALE if due.last else TaskKind.UNVERIFIED,
            subject=str(number),
            title_words={"title": due.title, "locale": due.translation.locale},
            url=f"{_ARTICLES}/{due.article.public_id}/settings?locale={due.translation.locale}",
            weight=effect.weight,
            evidence=evidence_of([due.due_at.date(), due.translation.published_id]),
            since=due.due_at,
            arithmetic=effect.arithmetic,
        )


def outdated(session: Session) -> Iterator[Task]:
    """Yield translations whose original has changed in what it says."""
    share, failed = contact_share(session), unhelpful(session)
    for old in staleness.outdated(session):
        article = session.get_one(Article, old.article_id)
        translation = session.get_one(Translation, old.translation_id)
        effect = of_article(failed.get(old.translation_id, 0), share)
        yield Task(
            kind=TaskKind.OUTDATED,
            subject=str(old.translation_id),
            title_words={"title": _title(session, translation), "locale": translation.locale},
            url=f"{_ARTICLES}/{article.public_id}/beside?to={translation.locale}",
            weight=effect.weight,
            evidence=evidence_of([old.since, translation.published_id]),
            since=old.since,
            arithmetic=effect.arithmetic,
        )


def work(session: Session) -> Iterable[Task]:
    """Yield all of it."""
    yield from unverified(session)
    yield from outdated(session)


def _title(session: Session, translation: Translation) -> str:
    found = session.exec(
        select(Revision.title).where(col(Revision.id) == translation.published_id)
    ).first()
    return found or str(stored_id(translation.id))
