"""Words of the house: what articles for staff are about, and no article for customers."""

import re
from collections.abc import Iterable

from sqlmodel import Session, col, select

from kb.access import Audience
from kb.articles.models import Article, Revision, State, Translation

_WORD = re.compile(r"[^\W\d_][\w-]{3,}")
_MOST = 2_000
"""Articles that are looked at."""


def internal(session: Session, locale: str) -> frozenset[str]:
    """Return single words that tag staff articles and stand in no title or tag for customers."""
    inside = {tag for tags, _ in _of(session, locale, Audience.STAFF) for tag in tags}
    names = {tag for tag in inside if _WORD.fullmatch(tag) and not tag.islower()}
    if not names:
        return frozenset()
    outside = set(_words(_of(session, locale, Audience.PUBLIC)))
    return frozenset(name for name in names if name.casefold() not in outside)


def unfamiliar(
    session: Session, words: Iterable[str], locale: str, *, besides: int
) -> frozenset[str]:
    """Return those of the words that no other article on show for customers uses."""
    return frozenset(
        word for word in words if not _is_used(session, word, locale, besides=besides)
    )


def _is_used(session: Session, word: str, locale: str, *, besides: int) -> bool:
    found = session.exec(
        select(Revision.id)
        .join(Translation, col(Translation.published_id) == col(Revision.id))
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(
            Translation.locale == locale,
            Translation.state == State.PUBLISHED,
            Article.audience == Audience.PUBLIC,
            Article.id != besides,
            col(Revision.body).icontains(word, autoescape=True),
        )
        .limit(1)
    )
    return found.first() is not None


def _of(session: Session, locale: str, audience: Audience) -> list[tuple[list[str], str]]:
    rows = session.exec(
        select(Revision.tags, Revision.title)
        .join(Translation, col(Translation.published_id) == col(Revision.id))
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(
            Translation.locale == locale,
            Translation.state == State.PUBLISHED,
            Article.audience == audience,
            col(Article.is_archived).is_(False),
        )
        .limit(_MOST)
    ).all()
    return [(list(tags or ()), title) for tags, title in rows]


def _words(rows: Iterable[tuple[list[str], str]]) -> Iterable[str]:
    for tags, title in rows:
        for text in (*tags, title):
            yield from (word.casefold() for word in re.findall(r"[\w-]+", text))
