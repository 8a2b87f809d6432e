"""The engines of one process, together."""

from dataclasses import dataclass

from kb.errors import EmbedderUnavailable
from retrieval.engines.protocols import Embedder, LexicalStore, VectorStore
from retrieval.index.collections import fingerprint


@dataclass(frozen=True)
class Engines:
    """What retrieval works with; built once from the configuration."""

    embedder: Embedder
    vectors: VectorStore
    lexical: LexicalStore

    @property
    def fingerprint(self) -> str:
        """Marks every collection these engines make, and what was fitted to them."""
        return fingerprint(self.embedder.digest, self.embedder.max_tokens)

    @property
    def mark(self) -> str:
        """The fingerprint, or nothing while the model cannot be loaded: search does without."""
        try:
            return self.fingerprint
        except EmbedderUnavailable:
            return ""
