"""A golden question is written: its words, and the articles that answer it, or none."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from sqlmodel import Session

from desk import i18n, rendering
from desk.curate import areas
from desk.curate.gaps import showing as gaps
from desk.curate.golden import showing
from desk.curate.golden.pages import QUESTION, found
from desk.curate.golden.showing import HERE
from desk.curate.golden.views import GoldenForm
from desk.deps import (
    CurrentFields,
    CurrentLocale,
    CurrentRetrieval,
    CurrentSession,
    CurrentViewer,
)
from desk.rendering import HTTPRequest
from kb.access import ANYONE
from kb.articles.models import Article
from kb.errors import InvalidInput, Problem
from kb.gaps import queries as gap_queries
from kb.golden import actions, policy, queries
from kb.golden.actions import Wanted
from kb.text import clean, one_line
from retrieval.assembly import Retrieval

_CANDIDATES = 6
_TICK = "article-"
_LONGEST_ID = 9


@get(f"{HERE}/questions/new", sync_to_thread=True)
def begin(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    retrieval: CurrentRetrieval,
    locale: CurrentLocale,
) -> Response[bytes]:
    """Begin a question: by hand, or with what customers asked in a gap."""
    del editor  # asked for because it is there for nobody else
    sent = _cleaned(request.query_params)
    if not sent.get("words"):
        sent |= _of_gap(session, sent.get("gap", ""))
    page = _form(session, retrieval, 0, {"of": locale, **sent})
    return rendering.respond(request, page=page)


@get(f"{QUESTION}/edit", sync_to_thread=True)
def edit(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    retrieval: CurrentRetrieval,
    number: FromPath[int],
) -> Response[bytes]:
    """Give a question other words, or another answer."""
    del editor  # as above
    question, sent = found(session, number), _cleaned(request.query_params)
    if not sent.get("words"):
        articles = queries.expected(session, [number])[number]
        sent = {"words": question.words, "of": question.locale}
        sent |= {f"{_TICK}{one}": "on" for one in articles}
        sent |= {} if articles else {"expect": "nothing"}
    page = _form(session, retrieval, number, sent)
    return rendering.respond(request, page=page)


@post(f"{HERE}/questions", sync_to_thread=True, status_code=303)
def add(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    retrieval: CurrentRetrieval,
    fields: CurrentFields,
) -> Response[Any]:
    """Add a question; it is asked within seconds."""
    try:
        question = actions.add(session, _wanted(session, fields), by=editor)
    except InvalidInput as problem:
        page = _form(session, retrieval, 0, fields, problem)
        return rendering.respond(request, page=page, status=problem.status)
    return Redirect(f"{HERE}/questions/{question.id}", status_code=303)


@post(QUESTION, sync_to_thread=True, status_code=303)
def change(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    retrieval: CurrentRetrieval,
    fields: CurrentFields,
    number: FromPath[int],
) -> Response[Any]:
    """Keep what was changed."""
    question = found(session, number)
    try:
        actions.change(session, question, _wanted(session, fields), by=editor)
    except InvalidInput as problem:
        page = _form(session, retrieval, number, fields, problem)
        return rendering.respond(request, page=page, status=problem.status)
    return Redirect(f"{HERE}/questions/{number}", status_code=303)


def _wanted(session: Session, sent: Mapping[str, str]) -> Wanted:
    is_nothing = sent.get("expect") == "nothing"
    articles = {one for one in _ticked(sent) if session.get(Article, one) is not None}
    if not is_nothing and not articles:
        raise InvalidInput(field="articles")
    gap = gap_queries.by_public_id(session, one_line(sent.get("gap", "")))
    return Wanted(
        words=sent.get("words", ""),
        locale=_locale(sent),
        articles=frozenset() if is_nothing else frozenset(articles),
        gap_id=gap.id if gap else None,
    )


def _form(  # what is written, and what is wrong with it
    session: Session,
    retrieval: Retrieval | None,
    number: int,
    sent: Mapping[str, str],
    problem: InvalidInput | None = None,
) -> GoldenForm:
    words, find = one_line(sent.get("words", ""), limit=policy.LONGEST), sent.get("find", "")
    ticked, of = _ticked(sent), _locale(sent)
    offered = _offered(session, retrieval, find or words, of)
    every = showing.articles(session, {*offered, *ticked}, of, expected=ticked)
    return GoldenForm(
        areas=areas.tabs(session, "evaluations"),
        question=number,
        words=words,
        of=of,
        find=one_line(find),
        is_nothing=sent.get("expect") == "nothing",
        candidates=[every[one] for one in dict.fromkeys([*ticked, *offered]) if one in every],
        gap=one_line(sent.get("gap", ""), limit=40),
        error=f"golden.error.{problem.details['field']}" if problem else "",
    )


def _offered(session: Session, retrieval: Retrieval | None, words: str, locale: str) -> list[int]:
    if retrieval is None or not words:
        return []
    try:
        hits = retrieval.search(session, words, ANYONE, locale, limit=_CANDIDATES).hits
    except Problem:
        return []
    return [hit.passage.family_id for hit in hits]


def _of_gap(session: Session, public_id: str) -> dict[str, str]:
    gap = gap_queries.by_public_id(session, public_id) if public_id else None
    samples = gaps.samples(session, gap) if gap else []
    if not samples:
        return {}
    article = {f"{_TICK}{gap.article_id}": "on"} if gap and gap.article_id else {}
    return {"words": samples[0].text, "of": samples[0].locale, **article}


def _ticked(sent: Mapping[str, str]) -> list[int]:
    said = (key.removeprefix(_TICK) for key in sent if key.startswith(_TICK))
    return [
        int(one) for one in said if one.isascii() and one.isdigit() and len(one) <= _LONGEST_ID
    ]


def _locale(sent: Mapping[str, str]) -> str:
    return i18n.as_locale(sent.get("of", "")) or "de"


def _cleaned(sent: Mapping[str, str]) -> dict[str, str]:
    return {key: clean(value)[: policy.LONGEST * 2] for key, value in sent.items()}


HANDLERS = [begin, edit, add, change]
