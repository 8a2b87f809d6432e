"""Listens to what customers wrote into their cases: beside the requests, so that nobody waits.

It follows the outbox, so a message is heard however it came: from a form, by mail, or an import.
"""

from threading import Event

from sqlalchemy import Engine
from sqlmodel import Session

from kb import outbox
from kb.affect import Affect
from kb.cases import tone
from kb.db import stored_id, transaction
from kb.errors import EmbedderUnavailable
from kb.outbox import Subject
from retrieval.affect.estimate import estimate
from retrieval.index.models import Models
from retrieval.index.stack import Engines
from retrieval.matter import matter

_LETTERS = 1_500
"""What the model reads of a long message; its words are all looked at."""


def listen_until(stop: Event, engine: Engine, engines: Engines | Models) -> None:
    """Estimate every message that comes, until told to stop; what fails is tried again later."""
    outbox.follow_until(
        stop, engine, (Subject.CASE,), work=lambda: hear(engine, engines.now()), name="affect"
    )


def hear(engine: Engine, engines: Engines) -> int:
    """Estimate some messages that were not listened to yet; return how many."""
    with Session(engine) as session:
        waiting = [(stored_id(one.id), one.body) for one in tone.unheard(session)]
    for message_id, body in waiting:
        affect = listen(engines, matter(body)[:_LETTERS])
        with transaction(engine) as session:
            tone.note_unheard(session, message_id, affect)
    return len(waiting)


def listen(engines: Engines, text: str) -> Affect:
    """Return how a text sounds; without the model, by its words alone."""
    try:
        return estimate(text, engines.meaning(text), mark=engines.mark)
    except EmbedderUnavailable:
        return estimate(text)
