"""What is worth doing for the knowledge: one task a finding, weighed by the contacts it may avoid.

Each part of curation offers `work(session) -> Iterable[Task]`, which reads and changes nothing.
A task says what it is about and why, never what to think of it: the words are in the catalogues,
`today.kind.<kind>` (what it is), `today.do.<kind>` (the one button) and `today.sum.<kind>` (how
the weight comes about, with the numbers of `arithmetic` by name).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kb.text import digest


class TaskKind(StrEnum):
    """What can be worth doing. The value is part of catalogue keys: one word, no spaces."""

    GAP = "gap"
    WAITING = "waiting"
    CORRECTION = "correction"
    TIP = "tip"
    FLAG = "flag"
    REVIEW = "review"
    STEP = "step"
    STALE = "stale"
    UNVERIFIED = "unverified"
    UNTRANSLATED = "untranslated"
    OUTDATED = "outdated"
    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"
    LINK = "link"
    FAILING = "failing"
    GOLDEN = "golden"
    DRIFT = "drift"


@dataclass(frozen=True)
class Task:
    """One thing worth doing, with the evidence it rests on."""

    kind: TaskKind
    subject: str
    """What it is about, the same tomorrow: with the kind it names the task."""
    title_words: Mapping[str, str]
    """Redacted; `title` is shown as the headline, others may be named in `today.kind.<kind>`."""
    url: str
    """The tool that does it, a local path."""
    weight: float
    """Contacts a month it may avoid."""
    evidence: str
    """Digest of what it rests on, see `evidence_of`: dismissed, it rests until that changes."""
    since: datetime
    arithmetic: Mapping[str, float] = field(default_factory=dict)
    """The numbers the weight is made of, by the names `today.sum.<kind>` uses."""
    others_only: int | None = None
    """Whose own work it is about: where four eyes are asked for, it is for others to do."""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.subject}"


def evidence_of(parts: Iterable[object]) -> str:
    """Return the digest of evidence: the same things in any order are the same evidence."""
    return digest(*sorted(str(part) for part in parts))[:32]


def a_month(count: float, *, days: float) -> float:
    """Return how often a month something happens that happened so often in so many days.

    >>> a_month(6, days=60)
    3.0
    """
    return count * 30 / max(days, 1)
