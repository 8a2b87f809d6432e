"""Retrieval comes up in a thread, so that pages are served before the model is loaded."""

import gc
import threading
import time
from collections.abc import Callable
from enum import StrEnum

import structlog

from retrieval.assembly import Retrieval

log = structlog.get_logger()

_PAUSES = (2, 5, 15, 30, 60)
"""Seconds before another try; the last is kept up."""
_ROUND = 20_000
"""Things made and not yet let go of, before the collector looks at the newest."""


class SlotState(StrEnum):
    """What became of retrieval since the start."""

    STARTING = "starting"
    READY = "ready"
    FAILED = "failed"


class RetrievalSlot:
    """Holds retrieval once it is there; until then it holds None, and pages do without."""

    def __init__(self, build: Callable[[], Retrieval], ready: Retrieval | None = None) -> None:
        self._build = build
        self.retrieval = ready
        self.state = SlotState.READY if ready is not None else SlotState.STARTING

    def start(self) -> None:
        """Build retrieval in the background, unless it was handed in; try until it is there."""
        if self.retrieval is None:
            threading.Thread(target=self._keep_trying, name="retrieval", daemon=True).start()

    def _keep_trying(self) -> None:
        pauses = iter(_PAUSES)
        while not self.fill():
            time.sleep(next(pauses, _PAUSES[-1]))

    def fill(self) -> bool:
        """Try once to build retrieval; say whether it is there."""
        try:
            built = self._build()
        except Exception as error:  # noqa: BLE001  # whatever it is: the site goes on without
            self.state = SlotState.FAILED
            log.error("retrieval_failed", kind=type(error).__name__)  # noqa: TRY400  # never text
            return False
        _settle()
        self.retrieval = built
        self.state = SlotState.READY
        return True


def _settle() -> None:
    """Keep what is loaded out of the collector's rounds: it stays as long as the process does.

    Each full round looked at all of it, libraries included, while somebody waited. A search makes
    thousands of small things, so rounds are further apart than the default of 700.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ROUND, 20, 20)
