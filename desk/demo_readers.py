"""Readers of the demonstration: what they asked lately, so that its pages have something to show.

Each question is asked once the way everybody asks, and kept as often as it came; only the days and
what readers said of the answer are made up. Where something is not answered, it stays so.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from desk.curate.gaps.safe import safe
from desk.demonstration import EDITOR, FOLDER, Tell
from desk.help.search.asking import Asker, ask, asking
from kb import clock
from kb.access import ANYONE, Role, Viewer
from kb.articles import seen
from kb.db import stored_id, transaction
from kb.golden import actions as golden
from kb.golden.actions import Wanted
from kb.people import queries as people
from kb.questions import actions, queries
from kb.questions.models import FeedbackReason, Question
from retrieval.assembly import Retrieval

_ASKED = "asked.jsonl"
_DAYS = 42
_GOLDEN = 8
_READ_ON = 2
"""One of so many opens the article the answer stands in."""
_KEPT = ("text", "wording", "locale", "audience", "answer", "citations", "hits", "reason")
_MEASURED = ("mood", "urgency", "confidence", "engine", "fingerprint", "milliseconds")
_REASONS = (FeedbackReason.DID_NOT_WORK, FeedbackReason.UNCLEAR, FeedbackReason.NOT_MY_CASE)


@dataclass(frozen=True)
class _Told:
    """One line of the file."""

    locale: str
    text: str
    times: int
    solved: int
    not_yet: int


def ask_lately(engine: Engine, retrieval: Retrieval, tell: Tell, folder: Path = FOLDER) -> None:
    """Have asked what readers asked in the last six weeks, and set golden questions."""
    lines = (folder / _ASKED).read_text(encoding="utf-8").splitlines()
    every = [_Told(**json.loads(line)) for line in lines]
    answered = []
    for at, told in enumerate(every):
        tell("readers: questions", at, len(every))
        question = _asked(engine, retrieval, told)
        if question is None:
            continue
        with transaction(engine) as session:
            _keep(session, session.merge(question), told, list(_moments(told.times, at)))
        if question.citations:
            answered.append(question)
    tell("readers: questions", len(every), len(every))
    with transaction(engine) as session:
        _set_golden(session, answered[:_GOLDEN])
        retrieval.gather(session, safe)  # else it comes with the first minute of serving


def _asked(engine: Engine, retrieval: Retrieval, told: _Told) -> Question | None:
    """Ask as everybody asks; None where retrieval does not answer."""
    with Session(engine) as session:
        asker = Asker(session, ANYONE, told.locale)
        asked = ask(retrieval, engine, asker, asking(asker, told.text))
        return queries.by_public_id(session, asked.public_id) if asked.public_id else None


def _moments(times: int, at: int) -> Iterator[datetime]:
    """Yield when it was asked: over six weeks, by day and in the evening, lately a little more."""
    now = clock.now()
    for number in range(times):
        days = _DAYS * (1 - (number + 0.7) / times) ** 1.2
        yield now - timedelta(days=days, hours=1 + (number * 5 + at * 3) % 11)


def _keep(session: Session, first: Question, told: _Told, moments: Sequence[datetime]) -> None:
    """Keep a question as often as it came, with what readers said of the answer."""
    read: Counter[tuple[int, date]] = Counter()
    for number, moment in enumerate(moments):
        question = first if number == 0 else _again(session, first)
        question.asked_at = moment
        session.add(question)
        if not question.citations:
            continue
        revision = int(question.citations[0]["revision"])
        read[revision, moment.date()] += number % _READ_ON
        place = number * 3 % len(moments) if len(moments) % 3 else number
        _say(session, question, revision, told, place)
    seen.note(session, +read)


def _again(session: Session, first: Question) -> Question:
    fields = {name: getattr(first, name) for name in (*_KEPT, *_MEASURED)}
    return actions.record(session, Question(**fields))


def _say(session: Session, question: Question, revision: int, told: _Told, place: int) -> None:
    """Let a reader say whether it helped; most say nothing."""
    if place >= told.solved + told.not_yet:
        return
    helpful = place < told.solved
    said = actions.give_feedback(session, revision_id=revision, helpful=helpful, question=question)
    said.given_at = question.asked_at + timedelta(minutes=3)
    if not helpful:
        actions.give_reason(session, said, _REASONS[place % len(_REASONS)])
    session.add(said)


def _set_golden(session: Session, answered: Sequence[Question]) -> None:
    editor = people.by_login(session, EDITOR)
    if editor is None:
        return
    viewer = Viewer(Role.EDITOR, stored_id(editor.id))
    for question in answered:
        articles = frozenset({int(question.citations[0]["article"])})
        golden.add(session, Wanted(question.text, question.locale, articles), by=viewer)
