"""A line to Chroma: on disk in this process, or over HTTP to a server. Nobody waits for ever.

Chroma's own client has no time limit, and a server that hangs would take every page down with it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit
from urllib.request import urlopen

from kb.errors import IndexUnavailable

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from llama_index.vector_stores.chroma import ChromaVectorStore

_SPACE: "CreateCollectionConfiguration" = {
    "hnsw": {"space": "cosine", "ef_search": 200, "ef_construction": 200}
}
_HEARTBEAT = "/api/v2/heartbeat"
_REST = 5.0
T = TypeVar("T")


class Line:
    """One client, and the collections that were opened through it."""

    def __init__(self, folder: Path, url: str, *, patience: float) -> None:
        """Prepare; nothing is opened before it is needed.

        Args:
            folder: where Chroma keeps its files, if it runs in this process.
            url: of a Chroma server; empty for Chroma in this process.
            patience: seconds until a server that does not answer is given up.
        """
        self._folder = folder
        self._url = url
        self._patience = patience
        self._lock = Lock()
        self._opened: ClientAPI | None = None
        self._stores: dict[str, ChromaVectorStore] = {}

    def on(
        self, collection: str, act: Callable[["ChromaVectorStore"], T], *, create: bool = False
    ) -> T | None:
        """Act on a collection, or return None where there is none.

        A collection that another process made anew since it was opened here is opened again.

        Raises:
            IndexUnavailable: Chroma does not answer.
        """
        with mapped():
            from chromadb.errors import NotFoundError  # noqa: PLC0415  # a second to import

            for _ in range(2):
                store = self._store(collection, create=create)
                if store is None:
                    return None
                try:
                    return act(store)
                except NotFoundError:
                    self._stores.pop(collection, None)
            raise IndexUnavailable

    def drop(self, collection: str) -> None:
        with mapped():
            from chromadb.errors import NotFoundError  # noqa: PLC0415  # as above

            self._stores.pop(collection, None)
            try:
                self._client().delete_collection(collection)
            except NotFoundError:
                return

    def _store(self, collection: str, *, create: bool) -> "ChromaVectorStore | None":
        from chromadb.errors import NotFoundError  # noqa: PLC0415  # as above
        from llama_index.vector_stores.chroma import ChromaVectorStore  # noqa: PLC0415  # as above

        opened = self._stores.get(collection)
        if opened is not None:
            return opened
        client = self._client()
        try:
            made = (
                client.get_or_create_collection(
                    collection, configuration=_SPACE, embedding_function=None
                )
                if create
                else client.get_collection(collection, embedding_function=None)
            )
        except NotFoundError:
            return None
        return self._stores.setdefault(collection, ChromaVectorStore(chroma_collection=made))

    def _client(self) -> "ClientAPI":
        with self._lock:
            if self._opened is None:
                self._opened = self._connect() if self._url else self._open()
            return self._opened

    def _open(self) -> "ClientAPI":
        import chromadb  # noqa: PLC0415  # as above
        from chromadb.config import Settings  # noqa: PLC0415  # as above

        self._folder.mkdir(parents=True, exist_ok=True)
        quiet = Settings(anonymized_telemetry=False)
        return chromadb.PersistentClient(path=str(self._folder), settings=quiet)

    def _connect(self) -> "ClientAPI":
        import chromadb  # noqa: PLC0415  # as above
        from chromadb.config import Settings  # noqa: PLC0415  # as above

        # making a client asks the server, and its time limit can be set only afterwards
        with urlopen(self._url + _HEARTBEAT, timeout=self._patience):  # noqa: S310  # operator's
            pass
        address = urlsplit(self._url)
        secure = address.scheme == "https"
        client = chromadb.HttpClient(
            host=address.hostname or "127.0.0.1",
            port=address.port or (443 if secure else 80),
            ssl=secure,
            settings=Settings(anonymized_telemetry=False),
        )
        # there is no setting for it; a test with a server that hangs proves that it works
        client._server._session.timeout = self._patience  # type: ignore[attr-defined]  # noqa: SLF001
        return client


class Rest:
    """After a failure nobody asks for a while; then one tries, and the others still do without."""

    def __init__(self) -> None:
        self._until = 0.0

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Ask.

        Raises:
            IndexUnavailable: it was so a moment ago.
        """
        if monotonic() < self._until:
            raise IndexUnavailable
        if self._until:
            self._until = monotonic() + _REST
        try:
            yield
        except IndexUnavailable:
            self._until = monotonic() + _REST
            raise
        self._until = 0.0


@contextmanager
def mapped() -> Iterator[None]:
    """Turn whatever Chroma raises into IndexUnavailable: it has no common ancestor to catch."""
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:
        raise IndexUnavailable from error
