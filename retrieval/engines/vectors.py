"""Vectors in Chroma, through llama-index's vector store. Nodes carry ids and vectors, no text."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.engines.chroma import Line, Rest
from retrieval.engines.protocols import Scored, Vectors

if TYPE_CHECKING:
    from chromadb.api.types import GetResult, QueryResult
    from llama_index.core.schema import BaseNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

_BATCH = 2_000
_FOR_WRITING = 120.0
"""Seconds a server may take; a full batch takes ten on a busy machine."""
_FOR_ASKING = 3.0
"""Somebody waits for the page; an answer takes milliseconds, or else words have to do."""


class ChromaVectors:
    """Chroma on disk in one process, or a Chroma server over HTTP for many."""

    def __init__(self, *, folder: Path, url: str = "") -> None:
        self._line = Line(folder, url, patience=_FOR_WRITING)
        self._asking = Line(folder, url, patience=_FOR_ASKING) if url else self._line
        self._rest = Rest()

    def add(self, collection: str, ids: Sequence[str], vectors: Vectors) -> None:
        from llama_index.core.schema import TextNode  # noqa: PLC0415  # seconds to import

        nodes: list[BaseNode] = [
            TextNode(id_=chunk_id, text="", embedding=row)
            for chunk_id, row in zip(ids, vectors.tolist(), strict=True)
        ]

        def act(store: "ChromaVectorStore") -> None:
            # the adapter only ever adds, and Chroma leaves an id that is there as it is
            if ids:
                store.delete_nodes(list(ids))
            for start in range(0, len(nodes), _BATCH):
                store.add(nodes[start : start + _BATCH])

        self._line.on(collection, act, create=True)

    def remove(self, collection: str, ids: Sequence[str]) -> None:
        if ids:
            self._line.on(collection, lambda store: store.delete_nodes(list(ids)))

    def nearest(self, collection: str, vector: Vectors, *, limit: int) -> list[Scored]:
        def act(store: "ChromaVectorStore") -> "QueryResult":
            # past the adapter, which has text and metadata fetched that nobody stored: a sixth
            # of the time for the same ids
            asked: QueryResult = store.client.query(
                query_embeddings=[vector.reshape(-1)], n_results=limit, include=["distances"]
            )
            return asked

        with self._rest.kept():
            found = self._asking.on(collection, act)
        if found is None:
            return []
        ids, distances = found["ids"][0], (found["distances"] or [[]])[0]
        return [
            Scored(chunk_id, 1 - distance)
            for chunk_id, distance in zip(ids, distances, strict=True)
        ]

    def read(self, collection: str, ids: Sequence[str]) -> dict[str, Vectors]:
        def act(store: "ChromaVectorStore") -> "GetResult":
            asked: GetResult = store.client.get(ids=list(ids), include=["embeddings"])
            return asked

        found = self._line.on(collection, act) if ids else None
        rows = found["embeddings"] if found is not None else None
        if found is None or rows is None:
            return {}
        return {
            chunk_id: np.asarray(row, dtype=np.float32)
            for chunk_id, row in zip(found["ids"], rows, strict=True)
        }

    def count(self, collection: str) -> int:
        return self._line.on(collection, lambda store: int(store.client.count())) or 0

    def ids(self, collection: str) -> set[str]:
        found = self._line.on(collection, lambda store: store.client.get(include=[])["ids"])
        return set(found or ())

    def drop(self, collection: str) -> None:
        self._line.drop(collection)
