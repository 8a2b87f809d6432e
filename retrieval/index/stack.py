"""The engines that go together: a model, and the stores that hold what it said."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kb.errors import EmbedderUnavailable
from retrieval.engines.protocols import Embedder, LexicalStore, Reranker, Vectors, VectorStore
from retrieval.index.collections import fingerprint

_QUESTIONS = 1_000
"""So many vectors are remembered; one takes a few kilobytes."""


Kin = Callable[[str], "Engines | None"]


def alone(_mark: str) -> "Engines | None":
    """There is no other model."""
    return None


@dataclass(frozen=True)
class Engines:
    """What retrieval works with: one model, and the stores."""

    embedder: Embedder
    vectors: VectorStore
    lexical: LexicalStore
    reranker: Reranker | None = None
    """Looks at the first results again, where the operator wants that."""
    kin: "Kin" = alone
    """Finds the same stores with the model of another fingerprint, if that is here."""

    def now(self) -> "Engines":
        """Return the engines that answer now; these are the only ones. See `Models`."""
        return self

    def of(self, mark: str) -> "Engines | None":
        """Return the engines whose model has this fingerprint: no other may read its vectors."""
        return self if self.mark == mark else self.kin(mark)

    @property
    def fingerprint(self) -> str:
        """Marks every collection these engines make, and what was fitted to them."""
        return fingerprint(self.embedder.digest, self.embedder.max_tokens)

    def meaning(self, question: str) -> Vectors:
        """Return the vector of a question; of those asked lately it is remembered.

        Raises:
            EmbedderUnavailable: the model cannot be loaded or fails.
        """
        return self._meaning(self.embedder.digest, question)

    @cached_property
    def _meaning(self) -> Callable[[str, str], Vectors]:
        @lru_cache(maxsize=_QUESTIONS)
        def embed(_digest: str, question: str) -> Vectors:
            return self.embedder.embed([question])

        return embed

    @property
    def mark(self) -> str:
        """The fingerprint, or nothing while the model cannot be loaded: search does without."""
        try:
            return self.fingerprint
        except EmbedderUnavailable:
            return ""
