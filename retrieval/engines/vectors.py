"""Vectors in Chroma, through llama-index's vector store. Nodes carry ids and vectors, no text."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kb.errors import IndexUnavailable
from retrieval.engines.protocols import Scored, Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from llama_index.core.schema import BaseNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

_BATCH = 2_000
_SPACE: "CreateCollectionConfiguration" = {
    "hnsw": {"space": "cosine", "ef_search": 200, "ef_construction": 200}
}


class ChromaVectors:
    """Chroma on disk in one process, or a Chroma server over HTTP for many."""

    def __init__(self, *, folder: Path, url: str = "") -> None:
        self._folder = folder
        self._url = url
        self._lock = Lock()
        self._open: dict[str, ChromaVectorStore] = {}

    def add(self, collection: str, ids: Sequence[str], vectors: Vectors) -> None:
        from llama_index.core.schema import TextNode  # noqa: PLC0415  # seconds to import

        with _mapped():
            store = self._store(collection)
            # the adapter only ever adds, and Chroma leaves an id that is there as it is
            store.delete_nodes(list(ids)) if ids else None
            nodes: list[BaseNode] = [
                TextNode(id_=chunk_id, text="", embedding=row)
                for chunk_id, row in zip(ids, vectors.tolist(), strict=True)
            ]
            for start in range(0, len(nodes), _BATCH):
                store.add(nodes[start : start + _BATCH])

    def remove(self, collection: str, ids: Sequence[str]) -> None:
        if not ids or not self._exists(collection):
            return
        with _mapped():
            self._store(collection).delete_nodes(list(ids))

    def nearest(self, collection: str, vector: Vectors, *, limit: int) -> list[Scored]:
        from llama_index.core.vector_stores import VectorStoreQuery  # noqa: PLC0415  # as above

        if not self._exists(collection):
            return []
        with _mapped():
            query = VectorStoreQuery(
                query_embedding=vector.reshape(-1).tolist(), similarity_top_k=limit
            )
            found = self._store(collection).query(query)
        # the adapter gives exp(-distance), and Chroma's cosine distance is 1 - cosine
        return [
            Scored(chunk_id, 1 + math.log(similarity))
            for chunk_id, similarity in zip(found.ids or [], found.similarities or [], strict=True)
        ]

    def ids(self, collection: str) -> set[str]:
        if not self._exists(collection):
            return set()
        with _mapped():
            return set(self._store(collection).client.get(include=[])["ids"])

    def drop(self, collection: str) -> None:
        if not self._exists(collection):
            return
        with _mapped():
            self._client.delete_collection(collection)
        self._open.pop(collection, None)

    def _exists(self, collection: str) -> bool:
        if collection in self._open:
            return True
        with _mapped():
            return any(found.name == collection for found in self._client.list_collections())

    def _store(self, collection: str) -> "ChromaVectorStore":
        from llama_index.vector_stores.chroma import ChromaVectorStore  # noqa: PLC0415  # as above

        with self._lock:
            if collection not in self._open:
                made = self._client.get_or_create_collection(
                    collection, configuration=_SPACE, embedding_function=None
                )
                self._open[collection] = ChromaVectorStore(chroma_collection=made)
            return self._open[collection]

    @cached_property
    def _client(self) -> "ClientAPI":
        import chromadb  # noqa: PLC0415  # a second to import
        from chromadb.config import Settings  # noqa: PLC0415  # as above

        quiet = Settings(anonymized_telemetry=False)
        if not self._url:
            self._folder.mkdir(parents=True, exist_ok=True)
            return chromadb.PersistentClient(path=str(self._folder), settings=quiet)
        address = urlsplit(self._url)
        secure = address.scheme == "https"
        return chromadb.HttpClient(
            host=address.hostname or "127.0.0.1",
            port=address.port or (443 if secure else 80),
            ssl=secure,
            settings=quiet,
        )


@contextmanager
def _mapped() -> Iterator[None]:
    """Turn whatever Chroma raises into IndexUnavailable: it has no common ancestor to catch."""
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:
        raise IndexUnavailable from error
