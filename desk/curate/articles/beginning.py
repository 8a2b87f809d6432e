"""A new article: what it is called, for whom; and first, what there is already about it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import structlog
from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect
from sqlmodel import Session, col, select

from desk import rendering
from desk.curate import areas
from desk.curate.areas import Tab
from desk.curate.articles.tabs import ARTICLES
from desk.deps import (
    CurrentFields,
    CurrentLocale,
    CurrentRetrieval,
    CurrentSession,
    CurrentViewer,
    Fields,
)
from desk.i18n import as_locale
from desk.rendering import HTTPRequest, PrivateView
from kb.access import Audience, Viewer
from kb.articles import actions, catalogue
from kb.articles.actions import Change, Draft
from kb.articles.models import Article, Significance
from kb.config import Locale
from kb.errors import InvalidInput, Problem
from kb.text import clean, one_line
from kb.writing.policy import LONGEST_BODY
from retrieval.assembly import Retrieval

NEW = f"{ARTICLES}/new"
MOST_SIMILAR = 5
log = structlog.get_logger()


@dataclass(frozen=True)
class Similar:
    """An article about the same, perhaps."""

    title: str
    locale: str
    url: str
    read_url: str
    is_internal: bool


@dataclass(frozen=True)
class SimilarArticles(PrivateView):
    """The fragment: what there is already."""

    template: ClassVar[str] = "curate/articles/_similar.html"
    similar: Sequence[Similar]
    title: str


@dataclass(frozen=True)
class NewArticle(SimilarArticles):
    """The form."""

    template: ClassVar[str] = "curate/articles/new.html"
    areas: Sequence[Tab]
    language: str
    body: str
    audience: Audience
    category: str
    categories: Sequence[tuple[str, str]]
    from_gap: str
    from_case: str
    error: str


@get(NEW, sync_to_thread=True)
def show_new(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    retrieval: CurrentRetrieval,
    locale: CurrentLocale,
) -> Response[bytes]:
    """Show the form, filled with what the address says."""
    asked = Fields({name: clean(value) for name, value in request.query_params.items()})
    page = _form(session, editor, retrieval, locale, asked)
    return rendering.respond(request, page=page)


@post(NEW, sync_to_thread=True, status_code=200)
def show_filled(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    retrieval: CurrentRetrieval,
    locale: CurrentLocale,
    fields: CurrentFields,
) -> Response[bytes]:
    """Show the form, filled with a text that is too long for an address. Changes nothing."""
    page = _form(session, editor, retrieval, locale, fields)
    return rendering.respond(request, page=page)


@get(f"{NEW}/similar", sync_to_thread=True)
def show_similar(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    retrieval: CurrentRetrieval,
    title: FromQuery[str] = "",
) -> Response[bytes]:
    """Show what there is already under such a title."""
    words, locale = one_line(title), as_locale(request.query_params.get("locale", "")) or "de"
    found = similar(session, editor, retrieval, words, locale)
    return rendering.respond(request, fragment=SimilarArticles(found, words))


@post(ARTICLES, sync_to_thread=True, status_code=303)
def begin(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    retrieval: CurrentRetrieval,
    locale: CurrentLocale,
    fields: CurrentFields,
) -> Response[Any]:
    """Begin the article and go on writing it."""
    try:
        return Redirect(_begun(session, editor, fields), status_code=303)
    except InvalidInput as problem:
        page = _form(session, editor, retrieval, locale, fields, error="writing.error.title")
        return rendering.respond(request, page=page, status=problem.status)


def similar(
    session: Session, viewer: Viewer, retrieval: Retrieval | None, title: str, locale: str
) -> list[Similar]:
    """Return what the ordinary search finds for a title; nothing where it is not there."""
    if retrieval is None or not title:
        return []
    try:
        found = retrieval.search(session, title, viewer, locale, limit=MOST_SIMILAR)
    except Problem as problem:
        log.warning("similar_unavailable", kind=type(problem).__name__)
        return []
    passages = [hit.passage for hit in found.hits]
    ids = {passage.family_id for passage in passages}
    query = select(Article.id, Article.public_id).where(col(Article.id).in_(ids))
    known = dict(session.exec(query).all())
    return [
        Similar(
            title=each.title,
            locale=each.locale,
            url=f"{ARTICLES}/{known[each.family_id]}/{each.locale}",
            read_url=f"/{each.locale}/articles/{each.slug}",
            is_internal=each.audience is not Audience.PUBLIC,
        )
        for each in passages
        if each.family_id in known
    ]


def _form(  # what is searched for stands in it, and what is wrong
    session: Session,
    viewer: Viewer,
    retrieval: Retrieval | None,
    locale: Locale,
    asked: Fields,
    error: str = "",
) -> NewArticle:
    title = asked.line("title")
    language = as_locale(asked.line("locale")) or locale
    names = catalogue.category_names(session, locale)
    return NewArticle(
        similar=similar(session, viewer, retrieval, title, language),
        title=title,
        areas=areas.tabs(session, "articles"),
        language=language,
        body=asked.get("body", "")[:LONGEST_BODY],
        audience=_audience(asked),
        category=asked.line("category"),
        categories=[(key, name) for key, (_, name) in names.items()],
        from_gap=asked.line("from_gap"),
        from_case=asked.line("from_case"),
        error=error,
    )


def _begun(session: Session, viewer: Viewer, fields: Fields) -> str:
    category = catalogue.category_names(session, "de").get(fields.line("category"))
    article = actions.create_article(
        session,
        source_key=secrets.token_urlsafe(16),
        audience=_audience(fields),
        category_id=category[0] if category else None,
    )
    article.owner_id = viewer.person_id
    session.add(article)
    locale = as_locale(fields.line("locale")) or "de"
    actions.revise(
        session,
        article,
        locale=locale,
        draft=Draft(fields.line("title"), fields.get("body", "")[:LONGEST_BODY]),
        author_id=viewer.person_id,
        change=Change(_origin(fields), Significance.MAJOR),
    )
    return f"{ARTICLES}/{article.public_id}/{locale}?said=created"


def _audience(fields: Fields) -> Audience:
    return next((each for each in Audience if each == fields.line("audience")), Audience.STAFF)


def _origin(fields: Fields) -> str:
    """Say where the article comes from, as numbers only."""
    told = (
        ("gap", fields.line("from_gap", limit=40)),
        ("case", fields.line("from_case", limit=40)),
    )
    return " ".join(f"{name}:{number}" for name, number in told if number)


HANDLERS = [show_new, show_filled, show_similar, begin]
