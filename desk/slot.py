"""Retrieval comes up in a thread, so that pages are served before the model is loaded."""

import threading
from collections.abc import Callable
from enum import StrEnum

import structlog

from retrieval.assembly import Retrieval

log = structlog.get_logger()


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
        """Build retrieval in the background, unless it was handed in."""
        if self.retrieval is None:
            threading.Thread(target=self._fill, name="retrieval", daemon=True).start()

    def _fill(self) -> None:
        try:
            self.retrieval = self._build()
            self.state = SlotState.READY
        except Exception as error:  # noqa: BLE001  # whatever it is: the site goes on without
            self.state = SlotState.FAILED
            log.error("retrieval_failed", kind=type(error).__name__)  # noqa: TRY400  # never text
