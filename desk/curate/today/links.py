"""Links between articles that lead nowhere: to what is gone, not on show, or for others."""

import re
from collections.abc import Iterator

from sqlmodel import Session, col, select

from kb.access import Audience, Role, Viewer
from kb.articles.models import Article, FormerSlug, Revision, State, Translation
from kb.articles.queries import readable_clause
from kb.curation.effect import contact_share, of_article, unhelpful
from kb.curation.tasks import Task, TaskKind, evidence_of
from kb.db import stored_id

_BY_ID = re.compile(r"\]\(article:([\w-]{1,64})")
_BY_SLUG = re.compile(r"\]\(/(de|en)/articles/([\w-]{1,120})")


def broken(session: Session) -> Iterator[Task]:
    """Yield the articles on show with links their readers cannot follow."""
    share, failed = contact_share(session), unhelpful(session)
    reach = {audience: _reach(session, audience) for audience in Audience}
    for article, translation, revision in _on_show(session):
        ids, slugs = reach[article.audience]
        lost = sorted({key for key in _BY_ID.findall(revision.body) if key not in ids})
        lost += sorted("/".join(key) for key in set(_BY_SLUG.findall(revision.body)) - slugs)
        if not lost:
            continue
        effect = of_article(failed.get(stored_id(translation.id), 0), share)
        yield Task(
            kind=TaskKind.LINK,
            subject=str(translation.id),
            title_words={"title": revision.title, "locale": translation.locale},
            url=f"/desk/curation/articles/{article.public_id}/{translation.locale}",
            weight=effect.weight,
            evidence=evidence_of(lost),
            since=revision.created_at,
            arithmetic={**effect.arithmetic, "links": len(lost)},
        )


def _on_show(session: Session) -> list[tuple[Article, Translation, Revision]]:
    rows = session.exec(
        select(Article, Translation, Revision)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .join(Revision, col(Revision.id) == col(Translation.published_id))
        .where(
            col(Article.is_archived).is_(False),
            col(Translation.state) == State.PUBLISHED,
            col(Revision.body).contains("](article:")
            | col(Revision.body).contains("](/de/articles/")
            | col(Revision.body).contains("](/en/articles/"),
        )
        .order_by(col(Translation.id))
    ).all()
    return [(article, translation, revision) for article, translation, revision in rows]


def _reach(session: Session, audience: Audience) -> tuple[set[str], set[tuple[str, str]]]:
    """Return what readers of such articles can follow a link to: ids, and addresses."""
    reader = Viewer(Role.AGENT) if audience is Audience.STAFF else Viewer()
    rows = session.exec(
        select(Article.public_id, Translation.locale, Translation.slug, Translation.id)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .where(readable_clause(reader))
    ).all()
    shown = {number for *_, number in rows}
    former = session.exec(select(FormerSlug)).all()
    slugs = {(locale, slug) for _, locale, slug, _ in rows}
    slugs |= {(one.locale, one.slug) for one in former if one.translation_id in shown}
    return {public_id for public_id, *_ in rows}, slugs
