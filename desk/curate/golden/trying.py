"""Before an article is published: which golden questions would come out otherwise.

It warns and never blocks. The text is put on show in a transaction that is always rolled back, so
readers, the index and every other editor see nothing of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import structlog
from litestar import Response, Router, post
from sqlalchemy import Engine
from sqlmodel import Session

from desk import rendering
from desk.curate.articles import keeping, tabs
from desk.curate.articles.places import HERE, ON_AN_ARTICLE, CurrentPlace, CurrentSheet, Place
from desk.curate.articles.sheets import Sheet
from desk.curate.articles.tabs import Heading
from desk.curate.golden.showing import HERE as QUESTIONS
from desk.deps import CurrentEngine, CurrentRetrieval
from desk.rendering import HTTPRequest, PrivateView
from kb.access import Audience
from kb.articles import actions as articles
from kb.articles.actions import Draft
from kb.articles.models import Article
from kb.db import stored_id
from kb.errors import Problem
from kb.evaluations.causes import Cause
from kb.golden import queries
from kb.golden.models import GoldenQuestion, Verdict
from retrieval.assembly import Retrieval
from retrieval.golden import Turned, turned
from retrieval.trial import Replacing

log = structlog.get_logger()

MOST = 60
"""Questions that are asked: about three seconds."""


@dataclass(frozen=True)
class TurnedRow:
    """A question that would come out otherwise."""

    words: str
    locale: str
    url: str
    is_better: bool
    before: Verdict
    after: Verdict
    cause: Cause | None


@dataclass(frozen=True)
class Trial(PrivateView):
    """The fragment: what would change."""

    template: ClassVar[str] = "curate/golden/_trial.html"
    asked: int
    left: int
    """Questions that were not asked: there are too many."""
    rows: Sequence[TurnedRow]
    is_silent: bool
    """Search cannot say anything now."""
    is_staff_only: bool
    """Customers never see the article, so their questions cannot turn."""


@dataclass(frozen=True)
class TrialPage(Trial):
    """The same as a page, where no script puts it into the editor."""

    template: ClassVar[str] = "curate/golden/trial.html"
    heading: Heading
    editor_url: str


@post(f"{HERE}/trial", sync_to_thread=True, status_code=200)
def try_text(
    request: HTTPRequest,
    where: CurrentPlace,
    sent: CurrentSheet,
    engine: CurrentEngine,
    retrieval: CurrentRetrieval,
) -> Response[bytes]:
    """Keep the text, and say which golden questions it would turn."""
    keeping.keep(where, sent)
    found = _tried(where, sent, engine, retrieval)
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=found)
    heading = tabs.heading(where.session, where.article, locale=where.locale, current="write")
    return rendering.respond(
        request, page=TrialPage(**vars(found), heading=heading, editor_url=where.url)
    )


def _tried(where: Place, sent: Sheet, engine: Engine, retrieval: Retrieval | None) -> Trial:
    every = _nearest_first(where)
    asked = every[:MOST]
    rest = len(every) - len(asked)
    if where.article.audience is not Audience.PUBLIC:
        return Trial(0, 0, (), is_silent=False, is_staff_only=True)
    where.session.commit()  # two that write at once would wait for each other
    try:
        found = _turned(where, sent, engine, retrieval, asked) if retrieval else None
    except Problem as problem:
        log.warning("trial_unavailable", kind=type(problem).__name__)
        found = None
    if found is None:
        return Trial(0, 0, (), is_silent=True, is_staff_only=False)
    rows = [_row(one) for one in found]
    return Trial(len(asked), rest, rows, is_silent=False, is_staff_only=False)


def _turned(
    where: Place,
    sent: Sheet,
    engine: Engine,
    retrieval: Retrieval,
    asked: Sequence[GoldenQuestion],
) -> list[Turned]:
    with Session(engine) as session:  # closed without a commit: nothing of it stays
        article = session.get_one(Article, where.article.id)
        before = where.translation.published_id if where.translation else None
        draft = Draft(sent.text.title, sent.text.body, sent.text.summary, *_words(where))
        revision = articles.revise(session, article, locale=where.locale, draft=draft)
        articles.publish(session, article, revision)
        new = Replacing(stored_id(revision.id), before)
        with retrieval.on_trial(session, new, where.locale) as answers, Session(engine) as now:
            return turned((session, answers), (now, retrieval), asked)


def _words(where: Place) -> tuple[list[str], str, list[str]]:
    """Return the tags, the address and the search phrases a new revision takes over."""
    latest = where.latest
    if latest is None:
        return [], "", []
    return list(latest.tags), "", list(latest.phrases or ())


def _nearest_first(where: Place) -> list[GoldenQuestion]:
    """Return the questions in use: the article's own, then those in its language."""
    own = {
        one.id for one in queries.of_article(where.session, where.article.id or 0, where.locale)
    }
    return sorted(
        queries.standing(where.session),
        key=lambda one: (one.id not in own, one.locale != where.locale, one.id or 0),
    )


def _row(one: Turned) -> TurnedRow:
    question = one.question
    return TurnedRow(
        words=question.words,
        locale=question.locale,
        url=f"{QUESTIONS}/questions/{question.id}",
        is_better=one.is_better,
        before=one.before.verdict,
        after=one.after.verdict,
        cause=one.after.cause,
    )


router = Router("/", route_handlers=[try_text], dependencies=ON_AN_ARTICLE)
