"""Suggest to an agent what may help with a case, and to a reader what is related to an article."""

from dataclasses import replace

from sqlmodel import Session

from kb.access import Role, Viewer
from kb.articles import queries as articles
from kb.cases import queries as cases
from kb.cases.models import Case
from kb.db import stored_id
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
from retrieval.results import CaseSuggestion, Found, Hit, Kind
from retrieval.search import Wish, search

_LETTERS = 1_500
_ARTICLES = 5
_SOLUTIONS = 4
_LEAST = 0.2
"""Suggestions less likely than this are filler and not shown."""


def suggest(
    session: Session, engines: Engines, lexicons: Lexicons, case: Case, viewer: Viewer
) -> list[CaseSuggestion]:
    """Return articles and similar solved cases, best first; nothing rather than filler."""
    wish = Wish(_matter(session, case), case.locale, viewer)
    knowledge = replace(wish, kinds=(Kind.PUBLIC, Kind.STAFF), limit=_ARTICLES)
    solved = replace(wish, kinds=(Kind.SOLUTIONS,), limit=_SOLUTIONS + 1)
    offered = _likely(search(session, engines, lexicons, knowledge))
    similar = _likely(search(session, engines, lexicons, solved))
    others = [one for one in similar if one.hit.passage.family_id != case.id]
    return offered + _with_resolution(session, viewer, others[:_SOLUTIONS])


def related(
    session: Session,
    engines: Engines,
    lexicons: Lexicons,
    revision_id: int,
    *,
    viewer: Viewer,
    locale: str,
) -> Found:
    """Return articles near this one, itself left out."""
    shown = articles.by_revisions(session, viewer, [revision_id]).get(revision_id)
    if shown is None:
        return Found([])
    question = f"{shown.revision.title}. {shown.revision.summary}"
    wish = Wish(question, locale, viewer, kinds=(Kind.PUBLIC,), limit=6, locales=(locale,))
    found = search(session, engines, lexicons, wish)
    hits = [hit for hit in found.hits if hit.passage.family_id != stored_id(shown.article.id)]
    return replace(found, hits=hits[:5])


def _matter(session: Session, case: Case) -> str:
    """Return what the case is about in the customer's words: subject, then what they wrote."""
    said = [
        message.body
        for message in cases.messages(session, stored_id(case.id), for_customer=True)
        if message.author_role is Role.CUSTOMER
    ]
    return f"{case.subject}. {' '.join(said)}"[:_LETTERS]


def _likely(found: Found) -> list[CaseSuggestion]:
    if not found.hits:
        return []
    top = found.hits[0].score or 1.0
    return [
        CaseSuggestion(hit, probability)
        for hit in found.hits
        if (probability := round(found.confidence * _share(hit, top), 3)) >= _LEAST
    ]


def _share(hit: Hit, top: float) -> float:
    return (hit.score / top) ** 2


def _with_resolution(
    session: Session, viewer: Viewer, similar: list[CaseSuggestion]
) -> list[CaseSuggestion]:
    found = cases.solutions(session, viewer, {one.hit.passage.source_id for one in similar})
    return [
        replace(one, resolution=found[one.hit.passage.source_id].resolution)
        for one in similar
        if one.hit.passage.source_id in found
    ]
