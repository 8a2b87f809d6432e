"""Put another model to service: fill its collections beside those that answer, then switch.

All switch in one commit. The model that served before stays, with its collections, until the next
activation, so a rollback only adds what changed since. A kill at any moment leaves the old model
answering, and what was filled.
"""

from collections.abc import Callable

from sqlmodel import Session

from kb.db import transaction
from kb.passages import actions, queries
from retrieval.index.collections import SLOTS
from retrieval.index.models import Models
from retrieval.index.sync import Progress, fill


class Unwanted(Exception):
    """Somebody changed their mind while the model was being prepared."""


def nothing(_done: int, _total: int) -> None:
    """Tell nobody."""


def advance(
    models: Models, *, progress: Progress = nothing, between: Callable[[], None] = lambda: None
) -> str | None:
    """Prepare the model that is wanted, and put it to service.

    Args:
        models: the models of this process.
        progress: called with documents done and documents to do.
        between: called after each batch of documents; may keep what serves in step, or raise.

    Returns:
        The name of the model that answers from now on; None if none is wanted.

    Raises:
        EmbedderUnavailable: the model is not here, or does not load; the present one answers on.
        IndexUnavailable: a store does not answer; what was filled stays.
    """
    name = models.wanted()
    if name is None:
        return None
    models.load_wanted()
    engines = models.named(name)
    with Session(models.database) as session:
        serving = queries.all_serving(session)

    def step(done: int, total: int) -> None:
        progress(done, total)
        between()
        if models.wanted() != name:
            raise Unwanted

    collections: dict[str, str] = {}
    if all(slot.key in serving for slot in SLOTS):  # before the first sync nothing serves
        try:
            collections = fill(models.database, engines, progress=step)
        except Unwanted:
            return None
    with transaction(models.database) as session:
        has_switched = actions.activate(session, name, collections)
    models.look()
    return name if has_switched else None
