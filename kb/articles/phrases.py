"""Search phrases of articles: how customers ask for what the text says in other words."""

from dataclasses import replace

from sqlmodel import Session, col, select

from kb.access import Viewer
from kb.articles.actions import Change, Draft
from kb.articles.amending import amend, current
from kb.articles.models import Article, Revision, Significance, State, Translation
from kb.errors import InvalidInput, NotAllowed, StaleRevision
from kb.text import one_line

LONGEST = 200
MOST = 50


def shown(session: Session, locale: str) -> list[tuple[Article, Translation, Revision]]:
    """Return the articles on show that have search phrases, by title."""
    rows = session.exec(
        select(Article, Translation, Revision)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .join(Revision, col(Revision.id) == col(Translation.published_id))
        .where(
            col(Article.is_archived).is_(False),
            Translation.state == State.PUBLISHED,
            Translation.locale == locale,
        )
        .order_by(col(Revision.title))
    ).all()
    return [(a, t, r) for a, t, r in rows if r.phrases]


def add(  # noqa: PLR0913  # to what, which, why, and by whom
    session: Session,
    article: Article,
    translation: Translation,
    phrase: str,
    *,
    note: str,
    by: Viewer,
    four_eyes: bool = False,
) -> Revision | None:
    """Let an article be found by a phrase, too; None: it has it already.

    Raises:
        NotAllowed: this is no editor.
        InvalidInput: no phrase, or one too many.
    """
    words, has = one_line(phrase, limit=LONGEST), current(session, translation).phrases
    if not by.is_editor:
        raise NotAllowed
    if not words or len(has) >= MOST:
        raise InvalidInput(field="phrase")
    if words.casefold() in {one.casefold() for one in has}:
        return None

    def edit(draft: Draft) -> Draft:
        return replace(draft, phrases=[*draft.phrases, words])

    change = Change(note, Significance.TYPO)
    return amend(session, article, translation, edit, change, by=by, four_eyes=four_eyes)


def drop(  # noqa: PLR0913  # as above
    session: Session,
    article: Article,
    translation: Translation,
    phrase: str,
    *,
    note: str,
    by: Viewer,
    four_eyes: bool = False,
) -> Revision:
    """Take a phrase away.

    Raises:
        NotAllowed: this is no editor.
        StaleRevision: it is not there any more.
    """
    if not by.is_editor:
        raise NotAllowed
    if phrase not in current(session, translation).phrases:
        raise StaleRevision(version=translation.version)

    def edit(draft: Draft) -> Draft:
        return replace(draft, phrases=[one for one in draft.phrases if one != phrase])

    change = Change(note, Significance.TYPO)
    return amend(session, article, translation, edit, change, by=by, four_eyes=four_eyes)
