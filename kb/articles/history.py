"""The revisions of a translation: who wrote them, when they were on show; older ones return."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from kb.articles import actions
from kb.articles.actions import Change, Draft
from kb.articles.life import Publication
from kb.articles.models import Article, Revision, Significance, Translation
from kb.errors import NotFound


@dataclass(frozen=True)
class OnShow:
    """A time on show; it lasts while it has no end."""

    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Entry:
    """One revision, without its text."""

    id: int
    number: int
    title: str
    note: str
    significance: Significance
    author_id: int | None
    created_at: datetime
    shown: Sequence[OnShow]


def translation_of(session: Session, article: Article, locale: str) -> Translation:
    """Return the article in this language.

    Raises:
        NotFound: it is not written in it.
    """
    found = session.exec(
        select(Translation).where(
            Translation.article_id == article.id, Translation.locale == locale
        )
    ).first()
    if found is None:
        raise NotFound
    return found


def entries(session: Session, translation: Translation) -> list[Entry]:
    """Return all revisions, the newest first."""
    shown: dict[int, list[OnShow]] = defaultdict(list)
    for each in session.exec(
        select(Publication)
        .where(Publication.translation_id == translation.id)
        .order_by(col(Publication.id))
    ):
        shown[each.revision_id].append(OnShow(each.began_at, each.ended_at))
    rows = session.exec(
        select(Revision)
        .options(defer(Revision.body))  # type: ignore[arg-type]  # a column to SQLAlchemy
        .where(Revision.translation_id == translation.id)
        .order_by(col(Revision.number).desc())
    ).all()
    return [
        Entry(
            id=row.id or 0,
            number=row.number,
            title=row.title,
            note=row.change_note,
            significance=row.significance,
            author_id=row.author_id,
            created_at=row.created_at,
            shown=shown[row.id or 0],
        )
        for row in rows
    ]


def revision(session: Session, translation: Translation, number: int) -> Revision:
    """Return a revision by its number.

    Raises:
        NotFound: there is none.
    """
    found = session.exec(
        select(Revision).where(
            Revision.translation_id == translation.id, Revision.number == number
        )
    ).first()
    if found is None:
        raise NotFound
    return found


def restore(
    session: Session, article: Article, old: Revision, *, by_id: int | None, note: str
) -> Revision:
    """Write an older revision anew: a new one, which goes on show when somebody publishes it."""
    translation = session.get_one(Translation, old.translation_id)
    draft = Draft(
        title=old.title,
        body=old.body,
        summary=old.summary,
        tags=list(old.tags),
        phrases=list(old.phrases or []),
    )
    return actions.revise(
        session,
        article,
        locale=translation.locale,
        draft=draft,
        author_id=by_id,
        change=Change(note, Significance.MAJOR),
    )
