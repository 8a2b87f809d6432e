"""Rules about files: which are taken, how many, how large, and who may have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.attachments import names, pictures
from kb.attachments.damage import Damaged
from kb.attachments.models import FileKind
from kb.attachments.sniffing import kind_of

MOST_PER_MESSAGE = 5
_CASE_HOLDS = 10
"""Files of the largest size."""
MEGABYTE = 1024 * 1024


class Refusal(StrEnum):
    """Why a file is not taken."""

    KIND = "kind"
    SIZE = "size"
    TOO_LARGE = "too_large"
    """All together."""
    EMPTY = "empty"
    DAMAGED = "damaged"
    NUMBER = "number"
    FULL = "full"


@dataclass(frozen=True)
class Limits:
    """How much is taken."""

    megabytes: int = 10

    @property
    def largest(self) -> int:
        return self.megabytes * MEGABYTE

    @property
    def case_holds(self) -> int:
        return _CASE_HOLDS * self.largest


@dataclass(frozen=True)
class Accepted:
    """A file as it will be kept."""

    name: str
    kind: FileKind
    content: bytes


@dataclass(frozen=True)
class Refused:
    """A file that is not taken: its name as far as it can be shown, and why."""

    name: str
    why: Refusal


def examined(name: str, content: bytes, limits: Limits) -> Accepted | Refused:
    """Look at a file that was sent; a picture loses its traces."""
    shown = names.plain_name(name)[: names.LONGEST_STEM]
    if not content:
        return Refused(shown, Refusal.EMPTY)
    if len(content) > limits.largest:
        return Refused(shown, Refusal.SIZE)
    kind = kind_of(content)
    kept_as = names.display_name(name, kind) if kind is not None else None
    if kind is None or kept_as is None:
        return Refused(shown, Refusal.KIND)
    try:
        return Accepted(kept_as, kind, pictures.without_traces(content, kind))
    except Damaged:
        return Refused(shown, Refusal.DAMAGED)


def too_many(found: Sequence[Accepted], *, held: int, limits: Limits) -> Refusal | None:
    """Say whether the message, or its case, would hold too much with these."""
    if len(found) > MOST_PER_MESSAGE:
        return Refusal.NUMBER
    if held + sum(len(one.content) for one in found) > limits.case_holds:
        return Refusal.FULL
    return None
