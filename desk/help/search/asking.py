"""Ask retrieval, and keep the question with the answer as it was shown.

Keeping has a transaction of its own: a database that cannot write must not hide an answer.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from desk.help.person_first import affect_of
from desk.help.trail import LONGEST_ID
from kb.access import Audience, Viewer
from kb.affect import Affect
from kb.db import transaction
from kb.errors import Problem
from kb.questions import actions, policy, queries
from kb.questions.models import Question
from kb.text import one_line
from retrieval.assembly import Retrieval
from retrieval.language.following import standalone
from retrieval.results import Citation, Found, Kind, NoAnswer, Reply

log = structlog.get_logger()

TURNS = 3
"""How many questions before are remembered."""
_KEY = re.compile(r"[\w-]{22,64}")


@dataclass(frozen=True)
class Asker:
    """Who asks, in which language, with which session."""

    session: Session
    viewer: Viewer
    locale: str
    is_left_alone: bool = False
    """Their browser asks that nothing be remembered."""


@dataclass(frozen=True)
class Asking:
    """What is asked: what was said, after which questions, and under which id it is kept."""

    said: str
    text: str
    """What a follow-up stands for; else what was said."""
    earlier: tuple[Question, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Asked:
    """What came of a question. Without a reply, retrieval was not there."""

    asking: Asking
    reply: Reply | None = None
    public_id: str = ""
    seconds: float = 0.0
    affect: Affect | None = None
    can_be_worded: bool = False
    """There is a model that may say the answer in its words."""

    @property
    def text(self) -> str:
        return self.asking.text


def cleaned(text: str) -> str:
    """Return a question as one line, no longer than a question may be."""
    return one_line(text, limit=policy.LONGEST_QUESTION)


def asking(asker: Asker, said: str, *, after: str = "", key: str = "") -> Asking:
    """Understand what is asked, by the question it follows if the address names one."""
    said = cleaned(said)
    key = key if _KEY.fullmatch(key) else ""
    before = queries.by_public_id(asker.session, after[:LONGEST_ID]) if after else None
    if before is None or before.audience not in asker.viewer.audiences:
        return Asking(said, said, key=key)
    earlier = (*queries.chain(asker.session, before, length=TURNS - 1), before)
    return Asking(said, cleaned(standalone(before.text, said, asker.locale)), earlier, key)


def ask(retrieval: Retrieval | None, engine: Engine, asker: Asker, wanted: Asking) -> Asked:
    """Return the answer to a question, and remember it."""
    if retrieval is None or not policy.is_askable(wanted.text):
        return Asked(wanted)
    started = perf_counter()
    try:
        reply = retrieval.answer(asker.session, wanted.text, asker.viewer, asker.locale)
    except Problem as problem:
        log.warning("answer_unavailable", kind=type(problem).__name__)
        return Asked(wanted)
    seconds = perf_counter() - started
    has_model = retrieval.has_words_of_its_own
    asked = Asked(wanted, reply, "", seconds, affect_of(retrieval, wanted.text), has_model)
    return replace(asked, public_id=_keep(engine, asker, asked))


def suggest(retrieval: Retrieval | None, asker: Asker, text: str, *, limit: int) -> Found | None:
    """Return what is found for a text that is no question yet; None without retrieval."""
    return _found(retrieval.search if retrieval is not None else None, asker, text, limit)


def by_words(retrieval: Retrieval | None, asker: Asker, text: str, *, limit: int) -> Found | None:
    """Return what is found at once, by words alone; None without retrieval."""
    return _found(retrieval.words if retrieval is not None else None, asker, text, limit)


def _found(
    search: Callable[..., Found] | None, asker: Asker, text: str, limit: int
) -> Found | None:
    if search is None or not policy.is_askable(text):
        return None
    try:
        return search(asker.session, text, asker.viewer, asker.locale, limit=limit)
    except Problem as problem:
        log.warning("search_unavailable", kind=type(problem).__name__)
        return None


def _keep(engine: Engine, asker: Asker, asked: Asked) -> str:
    """Record the question; a page that is loaded again is one question.

    Of who wants to be left alone, no word is kept and nothing leads to the rest.
    """
    question = _question(asker, asked)
    try:
        with transaction(engine) as session:
            if asker.is_left_alone:
                actions.record_without_words(session, question)
                return ""
            known = queries.by_public_id(session, question.public_id)
            if known is None:
                return actions.record(session, question).public_id
            return known.public_id if known.text == question.text else ""
    except SQLAlchemyError as error:
        log.error("question_not_kept", kind=type(error).__name__)  # noqa: TRY400  # never text
        return ""


def _question(asker: Asker, asked: Asked) -> Question:
    reply, wanted = asked.reply, asked.asking
    if reply is None:
        raise ValueError("a question without a reply is not kept")
    question = Question(
        text=reply.question,
        said=wanted.said if wanted.said != wanted.text else None,
        follows=wanted.earlier[-1].public_id if wanted.earlier else None,
        locale=asker.locale,
        audience=Audience.STAFF if asker.viewer.is_staff else Audience.PUBLIC,
        hits=[hit.passage.source_id for hit in reply.found.hits if _is_revision(hit.passage.kind)],
        confidence=reply.outcome.confidence,
        engine=reply.engine,
        fingerprint=reply.fingerprint,
        milliseconds=asked.seconds * 1_000,
    )
    if wanted.key:
        question.public_id = wanted.key
    if asked.affect is not None and not asker.is_left_alone:
        question.mood, question.urgency = asked.affect.mood, asked.affect.urgency
        question.affect_reasons = list(asked.affect.reasons)
    if isinstance(reply.outcome, NoAnswer):
        question.reason = reply.outcome.reason
    else:
        question.answer = reply.outcome.text
        question.citations = [_snapshot(citation) for citation in reply.outcome.citations]
    return question


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
