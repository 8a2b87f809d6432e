"""The engines of one process, together."""

from dataclasses import dataclass

from retrieval.engines.protocols import Embedder, LexicalStore, VectorStore


@dataclass(frozen=True)
class Engines:
    """What retrieval works with; built once from the configuration."""

    embedder: Embedder
    vectors: VectorStore
    lexical: LexicalStore
