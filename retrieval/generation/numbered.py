"""Passages and other texts as a model is shown them: numbered, as data, without links.

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
_MOST_TEXTS = 16
_LONGEST = 3_000
"""Letters of one text."""
_SCHEME = re.compile(r"\b(?:[a-z]+://|mailto:)|\bwww\.", re.IGNORECASE)
_TAGS = str.maketrans({"<": "‹", ">": "›"})


@dataclass(frozen=True)
class Numbered:
    """A text with its number, and the words of it that a model sees."""

    number: int
    text: str
    locale: str
    title: str = ""
    section: str = ""


@dataclass(frozen=True, kw_only=True)
class NumberedPassage(Numbered):
    """A passage of what is known."""

    passage: Passage


@dataclass(frozen=True)
class Plain:
    """A text that is no passage: what was said in a case, or how one was solved."""

    text: str
    locale: str
    title: str = ""
    """Says what it is, as "customer"; nothing rests on it."""
    section: str = ""
    """Where it stands, for whoever shows it; the model is not told."""


def numbered(passages: Sequence[Passage]) -> list[NumberedPassage]:
    """Number the passages that may be shown to a model, best first, at most five.

    Solutions of cases are never among them: they came from customers.
    """
    seen: dict[str, Passage] = {}
    for passage in passages:
        if passage.kind is not Kind.SOLUTIONS:
            seen.setdefault(passage.chunk_id, passage)
    found: list[NumberedPassage] = []
    for passage in seen.values():
        text = _words(passage.text)
        if text and len(found) < _MOST:
            found.append(
                NumberedPassage(
                    len(found) + 1,
                    text,
                    passage.locale,
                    passage.title,
                    passage.section,
                    passage=passage,
                )
            )
    return found


def numbered_texts(texts: Sequence[Plain]) -> list[Numbered]:
    """Number texts in their order; those nobody could rest anything on are left out."""
    worded = ((one, _words(one.text[:_LONGEST])) for one in texts)
    kept = [(one, words) for one, words in worded if words][:_MOST_TEXTS]
    return [
        Numbered(number, words, one.locale, one.title, one.section)
        for number, (one, words) in enumerate(kept, start=1)
    ]


def as_data(found: Sequence[Numbered]) -> str:
    """Return texts as they stand in a prompt; none can end its own frame."""
    return "\n\n".join(
        f'<passage number="{one.number}" title="{_title(one)}">\n{one.text}\n</passage>'
        for one in found
    )


def as_line(text: str) -> str:
    """Return what a person typed as it stands in a prompt."""
    return " ".join(text.translate(_TAGS).split())


def _words(markdown: str) -> str:
    return without_orders(_SCHEME.sub("", plain(markdown))).translate(_TAGS).strip()


def _title(one: Numbered) -> str:
    return without_orders(one.title).translate(_TAGS).replace('"', "'")
