"""Which English pieces a German piece stands for, learnt from sentence pairs alone.

IBM Model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation"), with
expectation maximisation over arrays. It gives new German pieces a meaning to start from: the mean
of the English pieces they translate to, weighted by how often they do.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Ids = NDArray[np.int32]
_ROUNDS = 5
_FEWEST = 1e-3


def translations(
    german: Sequence[Ids], english: Sequence[Ids], *, size: int, rounds: int = _ROUNDS
) -> csr_array:
    """Return P(English piece | German piece) as a sparse (size, size) array, rows summing to 1.

    Args:
        german: piece ids of each German sentence, without special ones.
        english: piece ids of each English sentence, in the same order.
        size: pieces of the common vocabulary.
        rounds: rounds of expectation maximisation.
    """
    keys, sentence_ends = _links(german, english, size)
    cells, cell_of_link = np.unique(keys, return_inverse=True)
    row = (cells // size).astype(np.int64)
    weight = 1.0 / np.bincount(row, minlength=size)[row]
    for _ in range(rounds):
        linked = weight[cell_of_link]
        # Each English piece of a sentence is explained by the sentence's German pieces.
        total = np.bincount(sentence_ends, weights=linked)
        counted = np.bincount(cell_of_link, weights=linked / total[sentence_ends])
        weight = counted / np.bincount(row, weights=counted, minlength=size)[row]
    kept = weight > _FEWEST
    table = csr_array((weight[kept], (row[kept], cells[kept] % size)), shape=(size, size))
    sums = np.asarray(table.sum(axis=1)).ravel()
    table.data /= np.repeat(np.where(sums, sums, 1.0), np.diff(table.indptr))
    return table


def _links(
    german: Sequence[Ids], english: Sequence[Ids], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return every German-English pair of pieces within a sentence, and its English place."""
    keys, places, seen = [], [], 0
    for left, right in zip(german, english, strict=True):
        if not len(left) or not len(right):
            continue
        keys.append((left.astype(np.int64)[:, None] * size + right[None, :]).ravel())
        places.append(np.tile(np.arange(seen, seen + len(right)), len(left)))
        seen += len(right)
    if not keys:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate(keys), np.concatenate(places).astype(np.int64)
