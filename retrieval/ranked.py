"""A search halfway: each slot authorised and mixed by itself, languages not yet compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.gather import Gathered, Pool
from retrieval.index.collections import Slot
from retrieval.results import Hit, Passage


@dataclass(frozen=True)
class Ranked:
    """The authorised, mixed result of each slot, before languages are brought together."""

    hits: Mapping[Slot, Sequence[Hit]]
    pools: Mapping[Slot, Pool]
    passages: Mapping[Slot, Mapping[str, Passage]]
    gathered: Gathered
