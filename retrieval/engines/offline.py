"""Deterministic twins of the engines: no weights, no files. For tests and for trying things out.

The embedder hashes words and their beginnings, so texts that share words are near each other.
"""

import hashlib
from collections.abc import Sequence

import numpy as np

from retrieval.engines.protocols import Scored, Vectors
from retrieval.language.words import words

_DIMENSIONS = 256
_PREFIX = 5


class HashingEmbedder:
    """Bag of hashed words; the same text always has the same vector."""

    digest = "hashing-1"
    max_tokens = 256

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text) or [text]:
                row[_slot(word)] += 1
                row[_slot(word[:_PREFIX])] += 1
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows


class MemoryVectors:
    """Exact search over vectors held in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, Vectors]] = {}

    def add(self, collection: str, ids: Sequence[str], vectors: Vectors) -> None:
        self._kept.setdefault(collection, {}).update(zip(ids, vectors, strict=True))

    def remove(self, collection: str, ids: Sequence[str]) -> None:
        for chunk_id in ids:
            self._kept.get(collection, {}).pop(chunk_id, None)

    def nearest(self, collection: str, vector: Vectors, *, limit: int) -> list[Scored]:
        kept = self._kept.get(collection, {})
        query = vector.reshape(-1)
        scored = [Scored(chunk_id, float(row @ query)) for chunk_id, row in kept.items()]
        return sorted(scored, key=lambda one: (-one.score, one.chunk_id))[:limit]

    def read(self, collection: str, ids: Sequence[str]) -> dict[str, Vectors]:
        kept = self._kept.get(collection, {})
        return {chunk_id: kept[chunk_id] for chunk_id in ids if chunk_id in kept}

    def count(self, collection: str) -> int:
        return len(self._kept.get(collection, {}))

    def ids(self, collection: str) -> set[str]:
        return set(self._kept.get(collection, {}))

    def drop(self, collection: str) -> None:
        self._kept.pop(collection, None)


def _slot(word: str) -> int:
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big") % _DIMENSIONS
