"""Keeping, saving and publishing what stands in the editor; nothing typed is ever lost."""

from dataclasses import replace

from desk.curate.articles import checks
from desk.curate.articles.places import Opened, Place
from desk.curate.articles.sheets import Sheet
from kb.articles import actions as articles
from kb.articles import standing
from kb.articles.actions import Draft
from kb.articles.models import Revision
from kb.errors import InvalidInput, NotAllowed
from kb.writing import actions, queries
from kb.writing.policy import Text


def keep(where: Place, sent: Sheet) -> Opened:
    """Keep the text for this person, if it is another than the one that is saved."""
    desk = where.desk(sent.base)
    own = queries.own(
        where.session, article_id=desk.article_id, locale=desk.locale, person_id=desk.person_id
    )
    if not own and sent.text == where.saved and sent.base == where.version:
        return Opened(sent.text, sent.base, None)
    copy = actions.keep(where.session, desk, sent.text, sent.seen)
    others = tuple(each for each in own if each.id != copy.id)
    return Opened(sent.text, sent.base, copy, others)


def save(where: Place, sent: Sheet) -> str:
    """Make the text a revision; the same text again is none.

    Raises:
        StaleRevision: somebody else saved since it was opened.
        InvalidInput: it has no title.
    """
    if _is_saved(where, sent.text):
        actions.finish(where.session, where.desk(sent.base), sent.seen.copy_id)
        return "unchanged"
    _revise(where, sent)
    return "saved"


def publish(where: Place, sent: Sheet, *, four_eyes: bool) -> str:
    """Make the text a revision and put it on show.

    Raises:
        StaleRevision: somebody else saved since it was opened.
        InvalidInput: it has no title or no text, or an image that nobody has described.
        NotAllowed: somebody else has to look first.
    """
    if not sent.text.body.strip():
        raise InvalidInput(field="body")
    if checks.without_words(checks.looked_at(where, sent.text)):
        raise InvalidInput(field="alt")
    latest = where.latest if _is_saved(where, sent.text) else None
    author = latest.author_id if latest else where.viewer.person_id
    if not standing.may_publish(where.viewer, author_id=author, four_eyes=four_eyes):
        raise NotAllowed
    revision = latest or _revise(where, sent)
    actions.finish(where.session, where.desk(sent.base), sent.seen.copy_id)
    articles.publish(where.session, where.article, revision)
    return "published"


def with_suggestion(where: Place, sent: Sheet, key: str) -> Sheet:
    """Return the form with the words that a hint offers; an unknown hint changes nothing."""
    seen = checks.looked_at(where, sent.text)
    found = next((each for each in seen.hints if each.key == key and each.replacement), None)
    if found is None:
        return sent
    body = sent.text.body
    body = body[: found.start] + found.replacement + body[found.end :]
    return replace(sent, text=replace(sent.text, body=body))


def discard(where: Place, copy_id: int) -> None:
    """Forget a text that was kept."""
    actions.finish(where.session, where.desk(where.version), copy_id)


def _revise(where: Place, sent: Sheet) -> Revision:
    latest = where.latest
    draft = Draft(
        title=sent.text.title,
        body=sent.text.body,
        summary=sent.text.summary,
        tags=list(latest.tags) if latest else [],
        phrases=list(latest.phrases or ()) if latest else [],
    )
    revision = articles.revise(
        where.session,
        where.article,
        locale=where.locale,
        draft=draft,
        expected_version=sent.base,
        author_id=where.viewer.person_id,
        change=sent.change,
    )
    actions.finish(where.session, where.desk(sent.base), sent.seen.copy_id)
    return revision


def _is_saved(where: Place, text: Text) -> bool:
    saved = where.saved
    same_words = (text.title, text.summary) == (saved.title, saved.summary)
    return where.latest is not None and same_words and text.body.strip() == saved.body.strip()
