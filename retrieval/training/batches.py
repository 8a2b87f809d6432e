"""Which examples are learnt from together.

Sentences of like length waste little time on padding. Articles stand beside their nearest ones:
telling a title's own text from that of a neighbour is what search has to do, and telling it from
any other is soon too easy to teach anything.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import torch
from sentence_transformers.base.sampler import DefaultBatchSampler

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SEED = 20_260_101
_WINDOW = 50
"""Batches that are sorted by length together: little padding, still a mix in every batch."""
_NEAREST = 12
"""Neighbours looked at for each article."""
_SAME = 0.95
"""Cosine from which on two articles say the same, and neither is wrong for the other's title."""
_TOGETHER = 4
"""An article and its neighbours in a batch; a batch holds several such groups."""


class ByLength(DefaultBatchSampler):
    """Batches of sentences of like length, in a fixed random order."""

    def __init__(
        self,
        lengths: Sequence[int],
        *rest: Any,  # noqa: ANN401  # the trainer's own
        **options: Any,  # noqa: ANN401  # as above
    ) -> None:
        super().__init__(*rest, **options)
        self.lengths = lengths

    def __iter__(self) -> Iterator[list[int]]:
        random = torch.Generator().manual_seed(SEED + self.epoch)
        order = torch.randperm(len(self.lengths), generator=random).tolist()
        window = self.batch_size * _WINDOW
        batches = []
        for at in range(0, len(order), window):
            part = sorted(order[at : at + window], key=lambda one: self.lengths[one])
            batches += [
                part[i : i + self.batch_size] for i in range(0, len(part), self.batch_size)
            ]
        full = [batch for batch in batches if len(batch) == self.batch_size]
        for at in torch.randperm(len(full), generator=random).tolist():
            yield full[at]

    def __len__(self) -> int:
        return len(self.lengths) // self.batch_size


class Neighbours(DefaultBatchSampler):
    """Every article once, in groups of neighbours, in a fixed random order."""

    def __init__(
        self,
        near: Sequence[Sequence[int]],
        *rest: Any,  # noqa: ANN401  # the trainer's own
        **options: Any,  # noqa: ANN401  # as above
    ) -> None:
        super().__init__(*rest, **options)
        self.near = near

    def __iter__(self) -> Iterator[list[int]]:
        random = torch.Generator().manual_seed(SEED + self.epoch)
        left = dict.fromkeys(torch.randperm(len(self.near), generator=random).tolist())
        batch: list[int] = []
        while left:
            first = next(iter(left))
            del left[first]
            batch.append(first)
            beside = [one for one in self.near[first] if one in left]
            for one in beside[: min(_TOGETHER - 1, self.batch_size - len(batch))]:
                del left[one]
                batch.append(one)
            if len(batch) == self.batch_size:
                yield batch
                batch = []

    def __len__(self) -> int:
        return len(self.near) // self.batch_size


def nearest(model: "SentenceTransformer", texts: Sequence[str]) -> list[list[int]]:
    """Return for each text its nearest others, nearest first; what says the same is left out."""
    vectors = model.encode(
        list(texts), normalize_embeddings=True, convert_to_tensor=True, show_progress_bar=False
    )
    found = []
    for at, row in enumerate(vectors):
        likeness = vectors @ row
        likeness[at] = -1.0
        best = likeness.topk(min(_NEAREST, len(texts)))
        pairs = zip(best.indices.tolist(), best.values.tolist(), strict=True)
        found.append([other for other, how in pairs if 0 < how < _SAME])
    return found
