"""A switch that stops asking what does not answer, and tries again after a while.

After some failures in a row nobody waits for it any more; when the pause is over, one call tries,
and only if that works do the others follow. Pauses vary, so that many processes do not come back
at the same moment.
"""

from collections.abc import Callable
from random import uniform
from threading import Lock
from time import monotonic

_FAILURES = 3
_PAUSE = 30.0
_SPREAD = 0.25


class Breaker:
    """Counts failures of one service; shared by all threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._closed_until = 0.0

    def may_try(self) -> bool:
        """Return whether to ask; after a pause, yes to one caller and no to the others."""
        with self._lock:
            if self._failures < _FAILURES:
                return True
            if self._clock() < self._closed_until:
                return False
            self._pause()  # for the others, until this one has come back
            return True

    def worked(self) -> None:
        """Note an answer: everybody may ask again."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Note that there was none."""
        with self._lock:
            self._failures += 1
            if self._failures >= _FAILURES:
                self._pause()

    def _pause(self) -> None:
        self._closed_until = self._clock() + _PAUSE * uniform(1 - _SPREAD, 1 + _SPREAD)  # noqa: S311  # no secret
