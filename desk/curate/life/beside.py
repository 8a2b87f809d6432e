"""Translating: an original and its translation side by side, started, saved, put on show."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect
from sqlmodel import Session

from desk import rendering
from desk.curate.articles.tabs import ARTICLES
from desk.curate.life.beside_views import Pairing, Text, beside_page, pairing
from desk.curate.life.place import ARTICLE, PLACE, CurrentArticle, CurrentPlace, locale_of
from desk.deps import CurrentConfig, CurrentFields, CurrentSession, CurrentViewer, Fields
from desk.rendering import HTTPRequest
from kb.access import Viewer
from kb.articles import actions, reviewing, staleness, standing
from kb.articles.actions import Draft
from kb.articles.history import translation_of
from kb.articles.models import Article, Revision
from kb.articles.reviewing import Said
from kb.config import LOCALES
from kb.errors import InvalidInput, NotAllowed, NotFound, StaleRevision

HERE = f"{ARTICLES}/{{public_id:str}}"
MOST_PARAGRAPHS = 900


@get(f"{HERE}/beside", sync_to_thread=True, dependencies=ARTICLE)
def show_beside(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    config: CurrentConfig,
    article: CurrentArticle,
) -> Response[bytes]:
    """Show the original and a translation."""
    asked = request.query_params
    pair = _pair(session, article, asked.get("to", "") or asked.get("locale", ""))
    page = beside_page(session, editor, pair, four_eyes=config.four_eyes)
    return rendering.respond(request, page=page)


@post(f"{HERE}/beside", sync_to_thread=True, status_code=303, dependencies=ARTICLE)
def save(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    config: CurrentConfig,
    fields: CurrentFields,
    article: CurrentArticle,
) -> Response[Any]:
    """Keep the translation as a new revision; nothing is written over what others saved."""
    pair, text = _pair(session, article, fields.line("to")), _text(fields)
    try:
        _save(session, editor, pair, text, version=fields.number("version"))
    except StaleRevision as problem:
        four = config.four_eyes
        page = beside_page(session, editor, pair, four_eyes=four, typed=text)
        return rendering.respond(request, page=page, status=problem.status)
    return _back(article, pair.to_locale)


@post(f"{HERE}/translations", sync_to_thread=True, status_code=303, dependencies=ARTICLE)
def start(
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    article: CurrentArticle,
) -> Redirect:
    """Start a translation: from a copy of the original, or from an empty page."""
    pair = _pair(session, article, fields.line("to"))
    if pair.translation is not None:
        return _back(article, pair.to_locale)
    draft = _first_draft(reviewing.newest(session, pair.original), fields.line("how"))
    by_id = editor.person_id
    actions.revise(session, article, locale=pair.to_locale, draft=draft, author_id=by_id)
    return _back(article, pair.to_locale)


@post(f"{HERE}/publications", sync_to_thread=True, status_code=303, dependencies=ARTICLE)
def publish(
    session: CurrentSession,
    editor: CurrentViewer,
    config: CurrentConfig,
    fields: CurrentFields,
    article: CurrentArticle,
) -> Redirect:
    """Put the chosen languages on show, together."""
    chosen = [locale for locale in LOCALES if fields.number(f"revision-{locale}")]
    wanted = [locale for locale in chosen if fields.line(f"publish-{locale}")]
    if not wanted:
        raise InvalidInput(field="publish")
    for locale in wanted:
        read_id = fields.number(f"revision-{locale}") or 0
        _publish(session, editor, article, locale, read_id, four_eyes=config.four_eyes)
    return _back(article, locale_of(fields.line("to")) or "")


@post(f"{HERE}/{{in_locale:str}}/step", sync_to_thread=True, status_code=303, dependencies=PLACE)
def keep_in_step(session: CurrentSession, place: CurrentPlace) -> Redirect:
    """Note that the translation says what the original says."""
    staleness.keep_in_step(session, place.translation)
    return _back(place.article, place.translation.locale)


def _pair(session: Session, article: Article, wanted: str) -> Pairing:
    found = pairing(session, article, wanted)
    if found is None:
        raise NotFound
    return found


def _first_draft(original: Revision, how: str) -> Draft:
    """Return what a translation starts as: the words of the original, or its title alone."""
    is_copy = how == "copy"
    return Draft(
        title=original.title,
        body=original.body if is_copy else "",
        summary=original.summary if is_copy else "",
        tags=list(original.tags),
    )


def _text(fields: Fields) -> Text:
    parts = (fields.get(f"part-{number}", "") for number in range(MOST_PARAGRAPHS))
    body = "\n\n".join(part.strip("\n") for part in parts if part.strip())
    return Text(fields.line("title"), fields.line("summary", limit=500), body)


def _save(
    session: Session, viewer: Viewer, pair: Pairing, text: Text, *, version: int | None
) -> None:
    if pair.translation is None:
        raise NotFound
    before = reviewing.newest(session, pair.translation)
    said = (before.title, before.summary, before.body)
    if said == (text.title, text.summary, text.body):
        return
    actions.revise(
        session,
        pair.article,
        locale=pair.to_locale,
        draft=Draft(
            title=text.title or before.title,
            body=text.body,
            summary=text.summary,
            tags=list(before.tags),
            phrases=list(before.phrases or []),
        ),
        expected_version=version if version is not None else 0,
        author_id=viewer.person_id,
    )


def _publish(  # who publishes what, and what they have read
    session: Session,
    viewer: Viewer,
    article: Article,
    locale: str,
    read_id: int,
    *,
    four_eyes: bool,
) -> None:
    translation = translation_of(session, article, locale)
    author = reviewing.newest(session, translation).author_id
    if not standing.may_publish(viewer, author_id=author, four_eyes=four_eyes):
        raise NotAllowed
    said = Said(viewer.person_id)
    reviewing.approve(session, article, translation, said, read_id=read_id)


def _back(article: Article, locale: str) -> Redirect:
    return Redirect(f"{ARTICLES}/{article.public_id}/beside?to={locale}", status_code=303)


HANDLERS = [show_beside, save, start, publish, keep_in_step]
