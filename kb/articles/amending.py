"""A small edit of what readers see: a new revision of the text on show, on show again at once.

What an editor has written and not published yet is kept: it comes after, with the same edit in it.
"""

from collections.abc import Callable

from sqlmodel import Session

from kb.access import Viewer
from kb.articles import actions, reviewing, standing
from kb.articles.actions import Change, Draft
from kb.articles.models import Article, Revision, State, Translation
from kb.articles.reviewing import Said


def current(session: Session, translation: Translation) -> Revision:
    """Return what readers see, or of what is not on show, the newest."""
    if translation.published_id is not None:
        return session.get_one(Revision, translation.published_id)
    return reviewing.newest(session, translation)


def amend(  # noqa: PLR0913  # what is edited, how, and by whom
    session: Session,
    article: Article,
    translation: Translation,
    edit: Callable[[Draft], Draft],
    change: Change,
    *,
    by: Viewer,
    four_eyes: bool = False,
) -> Revision:
    """Edit the text on show. Where four eyes are asked for, somebody else must put it on show."""
    shown, newest = current(session, translation), reviewing.newest(session, translation)
    made = _revise(session, article, translation, edit(_draft(shown)), change, by.person_id)
    if translation.state is State.PUBLISHED:
        if standing.may_publish(by, author_id=made.author_id, four_eyes=four_eyes):
            actions.publish(session, article, made)
        else:
            reviewing.submit(session, translation, Said(by.person_id, change.note))
    if newest.number > shown.number:
        said = Change(newest.change_note, newest.significance)
        _revise(session, article, translation, edit(_draft(newest)), said, newest.author_id)
    return made


def _draft(revision: Revision) -> Draft:
    return Draft(
        title=revision.title,
        body=revision.body,
        summary=revision.summary,
        tags=list(revision.tags),
        phrases=list(revision.phrases),
    )


def _revise(
    session: Session,
    article: Article,
    translation: Translation,
    draft: Draft,
    change: Change,
    author_id: int | None,
) -> Revision:
    return actions.revise(
        session,
        article,
        locale=translation.locale,
        draft=draft,
        author_id=author_id,
        change=change,
    )
