"""Two articles become one: the other is archived, and all its addresses lead to the one kept."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from kb.access import Audience
from kb.articles import actions
from kb.articles.models import Article, FormerSlug, State, Translation
from kb.db import stored_id
from kb.errors import InvalidInput


def merge(session: Session, kept: Article, gone: Article) -> None:
    """Archive `gone`; whoever has an address of it is led to `kept`.

    Raises:
        InvalidInput: somebody who can read the one that goes could not read the one that stays.
    """
    targets = {one.locale: one for one in _published(session, kept)}
    leaving = _published(session, gone)
    is_narrower = gone.audience is Audience.PUBLIC and kept.audience is Audience.STAFF
    if kept.is_archived or is_narrower or not {one.locale for one in leaving} <= set(targets):
        raise InvalidInput(field="keep")
    for translation in leaving:
        _lead(session, translation, stored_id(targets[translation.locale].id))
    actions.archive(session, gone)
    session.flush()


def _published(session: Session, article: Article) -> Sequence[Translation]:
    return session.exec(
        select(Translation).where(
            Translation.article_id == article.id, Translation.state == State.PUBLISHED
        )
    ).all()


def _lead(session: Session, translation: Translation, target: int) -> None:
    for former in session.exec(
        select(FormerSlug).where(col(FormerSlug.translation_id) == translation.id)
    ).all():
        former.translation_id = target
        session.add(former)
    session.merge(
        FormerSlug(locale=translation.locale, slug=translation.slug, translation_id=target)
    )
