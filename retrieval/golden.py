"""Asks golden questions as customers would, and says how they came out, and why.

A thread does so whenever an article has changed and the index has followed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Protocol

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from kb.access import ANYONE, Viewer
from kb.articles import shown
from kb.db import stored_id, transaction
from kb.evaluations.causes import Cause
from kb.golden import actions, queries
from kb.golden.actions import Outcome
from kb.golden.models import GoldenQuestion, Verdict
from kb.passages import queries as passages
from retrieval.index.collections import Slot
from retrieval.results import Answer, Kind, Reply

log = structlog.get_logger()

_PAUSE = 2.0
_AT_ONCE = 20
_ORDER = (Verdict.WRONG, Verdict.FOUND, Verdict.RIGHT)
_READ = 3
"""So many results a person in a hurry looks at."""


class Answers(Protocol):
    """Whatever answers as customers are answered."""

    def answer(self, session: Session, question: str, viewer: Viewer, locale: str) -> Reply: ...


def examine(
    session: Session, answers: Answers, question: GoldenQuestion, expected: frozenset[int]
) -> Outcome:
    """Ask a question as anybody would, and hold what comes against what is expected.

    Raises:
        EmbedderUnavailable, IndexUnavailable: nothing can be asked now.
    """
    reply = answers.answer(session, question.words, ANYONE, question.locale)
    return judged(session, reply, expected)


def judged(session: Session, reply: Reply, expected: frozenset[int]) -> Outcome:
    """Hold a reply against the articles that answer; without any, nothing may be quoted."""
    found = [hit.passage.family_id for hit in reply.found.hits]
    quoted = _quoted(reply)
    first = quoted or next(iter(found), None)
    if not expected:
        wrong = quoted is not None
        cause = Cause.ANSWERED if wrong else None
        return Outcome(Verdict.WRONG if wrong else Verdict.RIGHT, cause, quoted)
    if quoted in expected:
        return Outcome(Verdict.RIGHT, None, quoted)
    if quoted is not None:
        return Outcome(Verdict.WRONG, Cause.WRONG_PASSAGE, quoted)
    if expected & set(found[:_READ]):
        is_first = found[0] in expected
        return Outcome(Verdict.FOUND, Cause.ABSTAINED if is_first else Cause.RANKED_LOW, first)
    if expected & set(found):
        return Outcome(Verdict.WRONG, Cause.RANKED_LOW, first)
    is_there = _is_indexed(session, expected, reply.locale)
    cause = Cause.NOT_RETRIEVED if is_there else Cause.NOT_INDEXED
    return Outcome(Verdict.WRONG, cause, first)


@dataclass(frozen=True)
class Turned:
    """A question that would come out otherwise."""

    question: GoldenQuestion
    before: Outcome
    after: Outcome

    @property
    def is_better(self) -> bool:
        return _ORDER.index(self.after.verdict) > _ORDER.index(self.before.verdict)


def turned(
    tried: tuple[Session, Answers], now: tuple[Session, Answers], asked: Sequence[GoldenQuestion]
) -> list[Turned]:
    """Return which questions come out otherwise on trial than now, the worse ones first.

    Args:
        tried: who answers on trial, with the session in which the text is on show.
        now: who answers now; asked only where the trial differs from what is known.
        asked: the questions.
    """
    expected = queries.expected(now[0], [stored_id(one.id) for one in asked])
    found = []
    for one in asked:
        wanted = expected[stored_id(one.id)]
        after = examine(*tried, one, wanted)
        if after.verdict == one.verdict:
            continue
        before = examine(*now, one, wanted)
        if before.verdict != after.verdict:
            found.append(Turned(one, before, after))
    return sorted(found, key=lambda one: one.is_better)


def ask_until(
    stop: Event, engine: Engine, answers: Callable[[], Answers | None], *, pause: float = _PAUSE
) -> None:
    """Ask what is due, again and again, until told to stop; what fails is tried the next time."""
    while not stop.wait(pause):
        ready = answers()
        if ready is None:
            continue
        try:
            turned = ask_due(engine, ready, stop=stop)
        except Exception as error:  # noqa: BLE001  # whatever it is: the thread must outlive it
            log.warning("golden_questions_wait", kind=type(error).__name__)
            continue
        if turned:
            log.info("golden_questions_turned", questions=turned)


def ask_due(engine: Engine, answers: Answers, *, stop: Event | None = None) -> int:
    """Ask some of what is due, and return how many came out otherwise than before."""
    with Session(engine) as session:
        due = [stored_id(one.id) for one in queries.due(session, limit=_AT_ONCE)]
    turned = 0
    for number in due:
        if stop is not None and stop.is_set():
            break
        turned += _ask(engine, answers, number)
    return turned


def _ask(engine: Engine, answers: Answers, number: int) -> bool:
    with Session(engine) as session:
        question = session.get_one(GoldenQuestion, number)
        seen = (question.words, question.confirmed_at)
        outcome = examine(session, answers, question, queries.expected(session, [number])[number])
    with transaction(engine) as session:  # nothing is held while the question is asked
        question = session.get_one(GoldenQuestion, number, with_for_update=True)
        if (question.words, question.confirmed_at) != seen and question.asked_at is None:
            return False  # it was changed meanwhile, and is asked again
        return actions.note(session, question, outcome)


def _quoted(reply: Reply) -> int | None:
    if not isinstance(reply.outcome, Answer) or not reply.outcome.citations:
        return None
    return reply.outcome.citations[0].passage.family_id


def _is_indexed(session: Session, articles: frozenset[int], locale: str) -> bool:
    """Say whether one of them is on show for anybody, and the index has what is shown."""
    collection = passages.serving(session, Slot(Kind.PUBLIC, locale).key)
    on_show = shown.of_articles(session, ANYONE, articles, locale=locale).values()
    revisions = [one.revision_id for one in on_show]
    return collection is not None and bool(passages.of_sources(session, collection, revisions))
