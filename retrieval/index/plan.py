"""Decide what a collection needs, and touch nothing. `sync` acts on it."""

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from retrieval.index.collections import Slot, fingerprint_of, generation_of, slot_key_of


class Build(StrEnum):
    """What becomes of a slot's collection."""

    FOLLOW = "follow"
    """The one that serves fits: bring it up to date."""
    REPLACE = "replace"
    """None serves, or one of another fingerprint: fill a new one, then switch."""
    BESIDE = "beside"
    """Another serves and goes on serving; whoever asked for this one switches."""


@dataclass(frozen=True)
class Target:
    """The collection to bring up to date, and whether it must be put to service afterwards."""

    build: Build
    collection: str


@dataclass(frozen=True)
class Difference:
    """Revisions or solutions to add and to take out, in a stable order."""

    add: tuple[int, ...]
    remove: tuple[int, ...]


def target(slot: Slot, *, fingerprint: str, serving: str | None, rebuild: bool) -> Target:
    """Name the collection to fill: the one that serves, or a new generation beside it."""
    if serving is None:
        return Target(Build.REPLACE, slot.collection(fingerprint))
    if fingerprint_of(serving) == fingerprint and not rebuild:
        return Target(Build.FOLLOW, serving)
    following = generation_of(serving) + 1
    return Target(Build.REPLACE, slot.collection(fingerprint, following))


def beside(slot: Slot, *, fingerprint: str, serving: str, stored: Iterable[str]) -> Target:
    """Name the collection to fill for another model: one begun or kept, or a new one."""
    if fingerprint_of(serving) == fingerprint:
        return Target(Build.FOLLOW, serving)
    known = [
        name
        for name in stored
        if slot_key_of(name) == slot.key and fingerprint_of(name) == fingerprint
    ]
    following = slot.collection(fingerprint, generation_of(serving) + 1)
    return Target(Build.BESIDE, max(known, key=generation_of, default=following))


def is_replaced(collection: str, serving: str | None, beside: Collection[str] = ()) -> bool:
    """Say whether a collection is of no use any more.

    It is if an earlier one was of the same model, or if it is of a model that neither serves, nor
    is kept, nor is being prepared.
    """
    if serving is None or collection == serving or collection in beside:
        return False
    is_same_model = fingerprint_of(collection) == fingerprint_of(serving)
    return not is_same_model or generation_of(collection) < generation_of(serving)


def difference(*, wanted: AbstractSet[int], stored: AbstractSet[int]) -> Difference:
    """Compare what SQL wants in a collection with what it holds."""
    return Difference(add=tuple(sorted(wanted - stored)), remove=tuple(sorted(stored - wanted)))
