"""What an engine must do. A conformance suite holds every engine to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.language.steps import Steps

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Scored:
    """An id with its score, best first in every list."""

    chunk_id: str
    score: float


@dataclass(frozen=True)
class LexicalEntry:
    """What the lexical index keeps of a chunk: terms, already analysed, and ids. No text."""

    chunk_id: str
    source_id: int
    title: Sequence[str]
    section: Sequence[str]
    body: Sequence[str]
    phrases: Sequence[str] = ()
    """Terms of the ways customers ask, as editors wrote them down."""


class Embedder(Protocol):
    """Turns texts into vectors of length 1."""

    @property
    def digest(self) -> str:
        """Identify the weights: two models that could differ never share it."""
        ...

    @property
    def max_tokens(self) -> int: ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens the model reads of each text, special ones not counted."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text: float32, shape (n, dimensions), unit length.

        Raises:
            EmbedderUnavailable: the model cannot be loaded or fails.
        """
        ...


class Reranker(Protocol):
    """Reads question and text together: better than comparing vectors, and much slower."""

    def affordable(self) -> int:
        """Return how many texts can be looked at in the time there is; it may be none."""
        ...

    def scores(self, question: str, texts: Sequence[str]) -> list[float] | None:
        """Return how well each text fits, 0 to 1; None where that cannot be told now."""
        ...


class VectorStore(Protocol):
    """Keeps vectors by chunk id, in named collections.

    Every method raises IndexUnavailable when the store does not answer.
    """

    def add(self, collection: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Add vectors; an id that is there already gets the new one."""
        ...

    def remove(self, collection: str, ids: Sequence[str]) -> None: ...

    def nearest(self, collection: str, vector: Vectors, *, limit: int) -> list[Scored]:
        """Return the nearest chunks with their cosine similarity; nothing for no collection."""
        ...

    def read(self, collection: str, ids: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors of these ids that there are."""
        ...

    def count(self, collection: str) -> int:
        """Return how many vectors there are; much cheaper than their ids."""
        ...

    def ids(self, collection: str) -> set[str]: ...

    def drop(self, collection: str) -> None: ...


class LexicalStore(Protocol):
    """Keeps terms by chunk id, in named collections, and the vocabulary they came from.

    Every method raises IndexUnavailable when the store does not answer.
    """

    @property
    def steps(self) -> Steps:
        """The steps of the analysis its terms go through, when indexed and when asked for."""
        ...

    def add(self, collection: str, entries: Sequence[LexicalEntry]) -> None: ...

    def remove(self, collection: str, source_ids: Sequence[int]) -> None: ...

    def best(self, collection: str, weighted: Mapping[str, float], *, limit: int) -> list[Scored]:
        """Return the best chunks by BM25 over the fields, for weighted terms.

        Args:
            collection: where to look; an unknown one is empty.
            weighted: term -> weight.
            limit: how many at most.
        """
        ...

    def frequency(self, collection: str, term: str) -> int:
        """Return in how many chunks the term stands."""
        ...

    def size(self, collection: str) -> int:
        """Return how many chunks there are."""
        ...

    def ids(self, collection: str) -> set[str]: ...

    def sources(self, collection: str, *, among: Collection[int] | None = None) -> set[int]:
        """Return the sources there are chunks of, of all or of these."""
        ...

    def learn(self, collection: str, words: Mapping[str, int]) -> None:
        """Add folded words with their counts to the vocabulary."""
        ...

    def vocabulary(self, collection: str) -> Mapping[str, int]:
        """Return all words with their counts: the same object until there are more."""
        ...

    def copied(self, collections: Collection[str], folder: Path) -> "LexicalStore":
        """Return a store of its own of these collections, to be changed and thrown away."""
        ...

    def drop(self, collection: str) -> None: ...
