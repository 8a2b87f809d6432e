"""Ask retrieval, and keep the question with the answer as it was shown.

Keeping has a transaction of its own: a database that cannot write must not hide an answer.
"""

from dataclasses import dataclass
from time import perf_counter

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from kb.access import Audience, Viewer
from kb.db import transaction
from kb.errors import Problem
from kb.questions import actions, policy
from kb.questions.models import Question
from kb.text import one_line
from retrieval.assembly import Retrieval
from retrieval.results import Citation, Found, Kind, NoAnswer, Reply

log = structlog.get_logger()


@dataclass(frozen=True)
class Asker:
    """Who asks, in which language, with which session."""

    session: Session
    viewer: Viewer
    locale: str


@dataclass(frozen=True)
class Asked:
    """What came of a question. Without a reply, retrieval was not there."""

    text: str
    reply: Reply | None = None
    public_id: str = ""
    seconds: float = 0.0


def cleaned(text: str) -> str:
    """Return a question as one line, no longer than a question may be."""
    return one_line(text, limit=policy.LONGEST_QUESTION)


def ask(retrieval: Retrieval | None, engine: Engine, asker: Asker, text: str) -> Asked:
    """Return the answer to a question, and remember it."""
    if retrieval is None or not policy.is_askable(text):
        return Asked(text)
    started = perf_counter()
    try:
        reply = retrieval.answer(asker.session, text, asker.viewer, asker.locale)
    except Problem as problem:
        log.warning("answer_unavailable", kind=type(problem).__name__)
        return Asked(text)
    seconds = perf_counter() - started
    return Asked(text, reply, _keep(engine, asker, reply, seconds), seconds)


def suggest(retrieval: Retrieval | None, asker: Asker, text: str, *, limit: int) -> Found | None:
    """Return what is found for words still being typed; None without retrieval."""
    if retrieval is None or not policy.is_askable(text):
        return None
    try:
        return retrieval.search(asker.session, text, asker.viewer, asker.locale, limit=limit)
    except Problem as problem:
        log.warning("search_unavailable", kind=type(problem).__name__)
        return None


def _keep(engine: Engine, asker: Asker, reply: Reply, seconds: float) -> str:
    question = Question(
        text=reply.question,
        locale=asker.locale,
        audience=Audience.STAFF if asker.viewer.is_staff else Audience.PUBLIC,
        hits=[hit.passage.source_id for hit in reply.found.hits if _is_revision(hit.passage.kind)],
        confidence=reply.outcome.confidence,
        engine=reply.engine,
        fingerprint=reply.fingerprint,
        milliseconds=seconds * 1_000,
    )
    if isinstance(reply.outcome, NoAnswer):
        question.reason = reply.outcome.reason
    else:
        question.answer = reply.outcome.text
        question.citations = [_snapshot(citation) for citation in reply.outcome.citations]
    try:
        with transaction(engine) as session:
            return actions.record(session, question).public_id
    except SQLAlchemyError as error:
        log.error("question_not_kept", kind=type(error).__name__)  # noqa: TRY400  # never text
        return ""


def _is_revision(kind: Kind) -> bool:
    return kind is not Kind.SOLUTIONS


def _snapshot(citation: Citation) -> dict[str, str | int]:
    passage = citation.passage
    return {
        "article": passage.family_id,
        "revision": passage.source_id,
        "section": passage.section,
        "url": passage.url,
        "quote": citation.quote,
    }
