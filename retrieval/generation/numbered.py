"""Passages as a model is shown them: numbered, as data, without links.

The numbers are all a model can refer to, so nothing it makes up becomes a link; an address in the
text is a word like any other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.generation.orders import without_orders
from retrieval.index.plain import plain
from retrieval.results import Kind, Passage

_MOST = 5
_SCHEME = re.compile(r"\b(?:[a-z]+://|mailto:)|\bwww\.", re.IGNORECASE)
_TAGS = str.maketrans({"<": "‹", ">": "›"})


@dataclass(frozen=True)
class Numbered:
    """One passage with its number, and the words of it that a model sees."""

    number: int
    passage: Passage
    text: str


def numbered(passages: Sequence[Passage]) -> list[Numbered]:
    """Number the passages that may be shown to a model, best first, at most five.

    Solutions of cases are never among them: they came from customers.
    """
    seen: dict[str, Passage] = {}
    for passage in passages:
        if passage.kind is not Kind.SOLUTIONS:
            seen.setdefault(passage.chunk_id, passage)
    found: list[Numbered] = []
    for passage in seen.values():
        text = _words(passage.text)
        if text and len(found) < _MOST:
            found.append(Numbered(len(found) + 1, passage, text))
    return found


def as_data(found: Sequence[Numbered]) -> str:
    """Return passages as they stand in a prompt; none can end its own frame."""
    return "\n\n".join(
        f'<passage number="{one.number}" title="{_title(one.passage)}">\n{one.text}\n</passage>'
        for one in found
    )


def as_line(text: str) -> str:
    """Return what a person typed as it stands in a prompt."""
    return " ".join(text.translate(_TAGS).split())


def _words(markdown: str) -> str:
    return without_orders(_SCHEME.sub("", plain(markdown))).translate(_TAGS).strip()


def _title(passage: Passage) -> str:
    return without_orders(passage.title).translate(_TAGS).replace('"', "'")
