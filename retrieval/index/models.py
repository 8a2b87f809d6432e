"""The models of one process: which answers is written in SQL, and each is loaded when needed.

A collection is only ever read with the model whose fingerprint it carries, so it does no harm when
a process learns a moment late that another model has taken over.
"""

from collections.abc import Callable
from threading import Lock

from sqlalchemy import Engine
from sqlmodel import Session

from kb.db import transaction
from kb.passages import actions, queries
from retrieval.engines.protocols import Embedder, LexicalStore, Reranker, VectorStore
from retrieval.index.collections import fingerprint_of
from retrieval.index.stack import Engines

BUNDLED = "bundled"
"""The name of the model that ships with Lotse."""


class Models:
    """Engines by the name of their model, all over the same stores."""

    def __init__(
        self,
        database: Engine,
        opened: Callable[[str], Embedder],
        *,
        vectors: VectorStore,
        lexical: LexicalStore,
        reranker: Reranker | None = None,
        chosen: str = "",
    ) -> None:
        """Prepare; nothing is loaded or opened.

        Args:
            database: where it is written which model answers.
            opened: gives the model of a name.
            vectors: the vector store.
            lexical: the lexical index.
            reranker: looks at the first results again, whichever model found them.
            chosen: the model that the setting asks for, or none.
        """
        self.database = database
        self.chosen = chosen
        self._opened = opened
        self._vectors, self._lexical, self._reranker = vectors, lexical, reranker
        self._known: dict[str, Engines] = {}
        self._lock = Lock()
        self._now: Engines | None = None

    def now(self) -> Engines:
        """Return the engines that answer, as far as this process knows."""
        return self._now or self.look()

    def look(self) -> Engines:
        """Read which model answers, and let go of those that are of no use any more."""
        with Session(self.database) as session:
            choice = queries.model_choice(session)
        active = choice.active if choice is not None else self.chosen or BUNDLED
        self._now = self.named(active)
        in_use = {active, choice.wanted if choice is not None else None}
        with self._lock:
            self._known = {name: one for name, one in self._known.items() if name in in_use}
        return self._now

    def named(self, name: str) -> Engines:
        """Return the engines with the model of this name; it is loaded when first used."""
        with self._lock:
            if name not in self._known:
                self._known[name] = Engines(
                    self._opened(name), self._vectors, self._lexical, self._reranker, self.marked
                )
            return self._known[name]

    def marked(self, mark: str) -> Engines | None:
        """Return the engines whose model has this fingerprint, among those SQL names."""
        with self._lock:
            known = list(self._known.values())
        for one in known:
            if one.mark == mark:
                return one
        with Session(self.database) as session:
            choice = queries.model_choice(session)
        if choice is None:
            return None
        for name in (choice.active, choice.wanted, choice.previous):
            if name is not None and self.named(name).mark == mark:
                return self.look() if name == choice.active else self.named(name)
        return None

    def wanted(self) -> str | None:
        """Return the name of the model that was asked for, until it serves."""
        with Session(self.database) as session:
            choice = queries.model_choice(session)
        return choice.wanted if choice is not None else None

    def load_wanted(self) -> None:
        """Load the model that will answer soon, so that nobody waits for it.

        Raises:
            EmbedderUnavailable: it is not on this machine, or does not load.
        """
        name = self.wanted()
        if name is not None:
            self.named(name).meaning(name)

    def settle(self) -> None:
        """Write down which model answers, if it is not yet, and ask for the one in the setting."""
        with transaction(self.database) as session:
            choice = queries.model_choice(session)
            if choice is None:
                marks = {fingerprint_of(name) for name in queries.all_serving(session).values()}
                first = self.chosen or BUNDLED
                if marks and self.named(first).mark not in marks:
                    first = BUNDLED if self.named(BUNDLED).mark in marks else first
                choice = actions.choose(session, first)
                session.flush()
            if self.chosen and self.chosen != choice.wanted:
                actions.want(session, self.chosen)
