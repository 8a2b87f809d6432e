"""An optional cross-encoder of sentence-transformers: it reads question and passage together.

That is slower by far than comparing vectors, so it only looks at the first results, at as many as
fit in its time. What a look takes is learnt as it works; the first one, which loads the weights,
does not count.
"""

from collections.abc import Sequence
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING, Any

import structlog

from retrieval.engines import threads

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_LOG = structlog.get_logger()
_FEWEST = 2
"""Of fewer there is nothing to put in order."""
_FADES = 0.9
"""A slow moment is forgotten by this much with every question."""
_TRIED = 4
_MOST_TOKENS = 384


class CrossEncoderReranker:
    """One model, loaded once; a question at a time looks twice, the others go without."""

    def __init__(self, name: str, *, milliseconds: int) -> None:
        """Prepare; nothing is loaded before it is needed.

        Args:
            name: a folder, or a name at the hub.
            milliseconds: how long a question may wait for it.
        """
        self._name = name
        self._budget = milliseconds / 1_000
        self._per_text: float | None = None
        self._loaded: CrossEncoder | None = None
        self._is_lost = False
        self._busy = Lock()

    def affordable(self) -> int:
        """Return how many texts can be looked at in time; 0 where the model does not load."""
        if self._per_text is None and not self._is_lost:
            with self._busy:
                self._load()
        if self._is_lost or self._per_text is None:
            return 0
        count = int(self._budget / self._per_text)
        if count < _FEWEST:
            self._per_text *= _FADES  # a slow moment must not switch it off for good
            return 0
        return count

    def scores(self, question: str, texts: Sequence[str]) -> list[float] | None:
        """Return how well each text fits, 0 to 1; None where it is busy or fails."""
        if not self._busy.acquire(blocking=False):
            return None
        try:
            return self._measured(question, texts)
        except (RuntimeError, OSError, ValueError) as error:
            _LOG.warning("second_look_failed", kind=type(error).__name__)
            return None
        finally:
            self._busy.release()

    def _measured(self, question: str, texts: Sequence[str]) -> list[float]:
        started = perf_counter()
        found = self._asked(question, texts)
        spent = (perf_counter() - started) / len(texts)
        self._per_text = max(spent, (self._per_text or 0.0) * _FADES)
        return found

    def _asked(self, question: str, texts: Sequence[str]) -> list[float]:
        import torch  # noqa: PLC0415  # heavy, and only where it is switched on

        model: Any = self._loaded
        pairs = [(question, text) for text in texts]
        with threads.for_question(), torch.inference_mode():
            said = model.predict(pairs, activation_fn=torch.nn.Sigmoid(), show_progress_bar=False)
        return [float(one) for one in said]

    def _load(self) -> None:
        """Load the weights and look twice at something, so that it is known what that takes."""
        if self._loaded is not None or self._is_lost:
            return
        try:
            from sentence_transformers import CrossEncoder  # noqa: PLC0415  # heavy

            self._loaded = CrossEncoder(self._name, max_length=_MOST_TOKENS, device="cpu")
            self._asked("?", ["."])  # the first is always slow
            self._measured("How long does this take?", ["A text of some length. " * 20] * _TRIED)
        except (RuntimeError, OSError, ValueError) as error:
            self._is_lost = True
            _LOG.warning("second_look_not_loaded", kind=type(error).__name__)
