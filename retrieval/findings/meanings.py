"""Vectors of statements, each computed once while a knowledge base is looked through."""

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from retrieval.engines.protocols import Embedder, Vectors

_MOST = 20_000


class Meanings:
    """Remembers the vectors of late; one takes a kilobyte or two."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: OrderedDict[str, Vectors] = OrderedDict()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Return a row a text.

        Raises:
            EmbedderUnavailable: the model cannot be loaded or fails.
        """
        missing = list(dict.fromkeys(text for text in texts if text not in self._kept))
        if missing:
            rows = self._embedder.embed(missing)
            self._kept.update(zip(missing, rows, strict=True))
        found = np.stack([self._kept[text] for text in texts])
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return found
