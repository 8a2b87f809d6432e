"""What is shown of texts a model words for an agent: a draft of a reply, a summary of a case."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Worder:
    """The offer to have a draft worded, or what came of it."""

    case_id: int
    passage: str
    """Names the passage the draft is made from."""
    is_worded: bool = False
    dropped: int = 0
    """Sentences that were left out."""
    trouble: str = ""
    """Message key of why the draft is as it was."""


@dataclass(frozen=True)
class Mark:
    """A message a sentence rests on."""

    number: int
    url: str


@dataclass(frozen=True)
class SummarySentence:
    """A sentence that holds."""

    text: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class SummaryView:
    """A case in a model's words, or the offer to have it told so."""

    case_id: int
    locale: str
    sentences: Sequence[SummarySentence] = ()
    may_ask: bool = False
    trouble: str = ""
    """Message key of why there is none."""
