"""Finds cases by what they are about: compares a search with every case there is, in one go.

It follows the outbox beside the requests. Ten thousand cases are a few megabytes, so nothing
cleverer is needed; whose eyes they are for is decided in SQL.
"""

from threading import Event

import numpy as np
from sqlalchemy import Engine
from sqlmodel import Session

from kb import outbox
from kb.access import Viewer
from kb.cases import nearness
from kb.db import transaction
from kb.errors import EmbedderUnavailable
from kb.outbox import Subject
from retrieval.index.models import Models
from retrieval.index.stack import Engines
from retrieval.matter import matter

_LETTERS = 1_500
_MOST = 20
_CLOSE = 0.4
"""Cosine from which a case may be about what was searched for."""
_BELOW_BEST = 0.12
"""What is so much farther than the nearest is not shown beside it."""


def follow_until(stop: Event, engine: Engine, engines: Engines | Models) -> None:
    """Make the vector of every case that is new or goes on, until told to stop."""
    outbox.follow_until(
        stop, engine, (Subject.CASE,), work=lambda: learn(engine, engines.now()), name="cases"
    )


def learn(engine: Engine, engines: Engines) -> int:
    """Make some vectors that are missing or old; return how many. Without the model: none."""
    if not (model := engines.mark):
        return 0
    with Session(engine) as session:
        waiting = [
            (case_id, newest, matter(nearness.matter_of(session, case_id, until=newest)))
            for case_id, newest in nearness.outdated(session, model)
        ]
    if not waiting:
        return 0
    rows = engines.embedder.embed([words[:_LETTERS] for _, _, words in waiting])
    with transaction(engine) as session:
        for (case_id, newest, _), row in zip(waiting, rows, strict=True):
            vector = row.astype(np.float16).tobytes()
            nearness.keep(session, case_id, model=model, newest_id=newest, vector=vector)
    return len(waiting)


def near(session: Session, engines: Engines, words: str, viewer: Viewer) -> list[int]:
    """Return the cases nearest in meaning, the nearest first; none when the model is not there."""
    try:
        wanted = engines.meaning(words).reshape(-1)
        rows = nearness.vectors(session, viewer, engines.mark)
    except EmbedderUnavailable:
        return []
    if not rows:
        return []
    known = np.frombuffer(b"".join(vector for _, vector in rows), dtype=np.float16)
    scores = known.reshape(len(rows), -1).astype(np.float32) @ wanted
    best = np.argsort(-scores)[:_MOST]
    least = max(_CLOSE, float(scores[best[0]]) - _BELOW_BEST)
    return [rows[place][0] for place in best if scores[place] >= least]
