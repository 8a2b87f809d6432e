"""Search phrases: what customers said and an article was found too late by; what each leads to."""

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect
from sqlmodel import Session

from desk import i18n, rendering
from desk.curate import areas
from desk.curate.gaps.safe import is_clean, safe
from desk.curate.words import counting, places
from desk.curate.words.places import HERE
from desk.curate.words.views import ArticlePhrases, PhrasesPage, PhraseView, Suggested
from desk.deps import (
    CurrentConfig,
    CurrentFields,
    CurrentRetrieval,
    CurrentSession,
    CurrentViewer,
)
from desk.rendering import HTTPRequest, locale_of
from kb import clock
from kb.access import ANYONE, Viewer
from kb.articles import catalogue, phrases, shown
from kb.articles.models import Article, Translation
from kb.articles.policy import address
from kb.curation import policy
from kb.db import stored_id
from kb.errors import NotFound, Problem
from kb.questions import wordings
from retrieval.assembly import Retrieval

_SUGGESTED = 10
_MEASURED = 60
"""Searches on a page: each phrase and each suggestion is one."""


@get(f"{HERE}/phrases", sync_to_thread=True)
def show_phrases(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    retrieval: CurrentRetrieval,
    of: FromQuery[str] = "",
) -> Response[bytes]:
    """Show what is suggested, and what each phrase leads to."""
    locale = places.language(of, locale_of(request))
    return rendering.respond(request, page=_page(session, staff_viewer, retrieval, locale))


@post(f"{HERE}/phrases", sync_to_thread=True, status_code=303)
def change(
    session: CurrentSession,
    editor: CurrentViewer,
    config: CurrentConfig,
    fields: CurrentFields,
) -> Redirect:
    """Add a phrase to an article, or take one away."""
    article, translation = _one(session, fields.line("article"), fields.line("of"))
    spoken = i18n.words(i18n.as_locale(translation.locale) or config.default_locale)
    does = phrases.drop if fields.line("do") == "drop" else phrases.add
    does(
        session,
        article,
        translation,
        fields.line("phrase"),
        note=spoken("words.phrase_note"),
        by=editor,
        four_eyes=config.four_eyes,
    )
    return Redirect(f"{HERE}/phrases?of={translation.locale}", status_code=303)


def _page(
    session: Session, viewer: Viewer, retrieval: Retrieval | None, locale: str
) -> PhrasesPage:
    return PhrasesPage(
        areas=areas.tabs(session, "words"),
        shelves=places.shelves("phrases", locale),
        languages=places.languages("phrases", locale),
        of=locale,
        may_decide=policy.may_decide(viewer),
        error="",
        suggested=_suggested(session, retrieval, locale),
        articles=_articles(session, retrieval, locale),
        is_down=retrieval is None,
    )


def _suggested(session: Session, retrieval: Retrieval | None, locale: str) -> list[Suggested]:
    since = clock.now() - counting.WINDOW
    found = wordings.late(session, since=since, locale=locale, limit=_SUGGESTED * 3)
    known = shown.of_revisions(session, ANYONE, [one.revision_id for one in found])
    rows = []
    for one in found:
        article, words = known.get(one.revision_id), safe(one.text, locale)
        if article is None or article.locale != locale or not is_clean(words):
            continue
        now = _rank(session, retrieval, words, locale, article.article_id)
        if now != 1:
            url = address(locale, article.slug)
            public_id = session.get_one(Article, article.article_id).public_id
            rows.append(Suggested(public_id, words, article.title, url, one.rank, now))
    return rows[:_SUGGESTED]


def _articles(session: Session, retrieval: Retrieval | None, locale: str) -> list[ArticlePhrases]:
    asked = counting.asked(session, locale)
    left = _MEASURED
    found = []
    for article, translation, revision in phrases.shown(session, locale):
        views = []
        for phrase in revision.phrases:
            measured = retrieval if left > 0 else None
            left -= 1
            rank = _rank(session, measured, phrase, locale, stored_id(article.id))
            views.append(PhraseView(phrase, len(counting.using(asked, [phrase], locale)), rank))
        url = address(locale, translation.slug)
        found.append(ArticlePhrases(article.public_id, revision.title, url, views))
    return found


def _rank(
    session: Session, retrieval: Retrieval | None, question: str, locale: str, article_id: int
) -> int:
    """Return the place of the article in a search anybody would make now; 0: not found."""
    if retrieval is None:
        return 0
    try:
        hits = retrieval.search(session, question, ANYONE, locale, limit=20).hits
    except Problem:
        return 0
    families = [hit.passage.family_id for hit in hits]
    return families.index(article_id) + 1 if article_id in families else 0


def _one(session: Session, asked: str, locale: str) -> tuple[Article, Translation]:
    """Return an article in a language, whatever its state."""
    article = catalogue.by_public_id(session, asked)
    found = catalogue.latest(session, stored_id(article.id), locale) if article else None
    if article is None or found is None:
        raise NotFound
    return article, found[0]


HANDLERS = [show_phrases, change]
