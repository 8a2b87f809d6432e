"""What agents say of articles, gathered by article and language: what is open, what was answered.

Articles that are archived ask for nothing any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from kb.articles.models import Article, Revision, Translation
from kb.cases.marks import ArticleFlag
from kb.curation.queries import About
from kb.db import stored_id

_BEYOND = 2**31


@dataclass(frozen=True)
class Flagged:
    """An article in one language, and what was said of it."""

    about: About
    """With the revision that was flagged last."""
    flags: Sequence[ArticleFlag]


def flagged(session: Session) -> list[Flagged]:
    """Return what no editor has answered yet: first what has waited longest."""
    return _gathered(session, col(ArticleFlag.settled_at).is_(None))


def waiting(session: Session) -> int:
    """Return how many articles wait for an answer, each in its languages."""
    counted = (
        select(func.count(func.distinct(col(Revision.translation_id))))
        .join(ArticleFlag, col(ArticleFlag.revision_id) == col(Revision.id))
        .join(Translation, col(Translation.id) == col(Revision.translation_id))
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(col(ArticleFlag.settled_at).is_(None), col(Article.is_archived).is_(False))
    )
    return session.exec(counted).one()


def of_translation(session: Session, number: int) -> Flagged | None:
    """Return everything that was ever said of one, answered or not."""
    if number >= _BEYOND:
        return None
    found = _gathered(session, col(Revision.translation_id) == number)
    return found[0] if found else None


def of_case(session: Session, case_id: int) -> list[Flagged]:
    """Return what was said from one case."""
    return _gathered(session, col(ArticleFlag.case_id) == case_id)


def answered(session: Session, *, limit: int = 10) -> list[Flagged]:
    """Return what was answered last, the latest first."""
    latest = session.exec(
        select(ArticleFlag.id)
        .where(col(ArticleFlag.settled_at).is_not(None))
        .order_by(col(ArticleFlag.settled_at).desc(), col(ArticleFlag.id).desc())
        .limit(limit)
    ).all()
    found = _gathered(session, col(ArticleFlag.id).in_(latest))
    return sorted(found, key=lambda one: max(map(_settled, one.flags)), reverse=True)


def _settled(flag: ArticleFlag) -> float:
    return flag.settled_at.timestamp() if flag.settled_at else 0.0


def _gathered(session: Session, clause: ColumnElement[bool]) -> list[Flagged]:
    rows = session.exec(
        select(ArticleFlag, Revision, Translation, Article)
        .join(Revision, col(Revision.id) == col(ArticleFlag.revision_id))
        .join(Translation, col(Translation.id) == col(Revision.translation_id))
        .join(Article, col(Article.id) == col(Translation.article_id))
        .where(clause, col(Article.is_archived).is_(False))
        .order_by(col(ArticleFlag.made_at), col(ArticleFlag.id))
    ).all()
    together: dict[int, Flagged] = {}
    for flag, revision, translation, article in rows:
        key = stored_id(translation.id)
        own = [*together[key].flags, flag] if key in together else [flag]
        together[key] = Flagged(About(article, translation, revision), own)
    return list(together.values())
