"""Quotes: what goes from a passage into a reply or a note, and whether it may.

A reference names a chunk and holds no text: the words come from SQL at the click, authorised for
whoever will read them. For a reply that is anyone, so nothing internal can get into one.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from sqlmodel import Session

from desk.assist.readable import readable
from kb.access import ANYONE, Audience, Viewer
from kb.articles.devices import label
from kb.passages import queries
from retrieval.authorize import authorize, kinds_for
from retrieval.index.collections import Slot
from retrieval.results import Candidate, Kind, Passage

MOST_QUOTES = 20
_REFERENCE = re.compile(r"([a-z]{1,16})\.([a-z]{2})\.([a-z][0-9.]{1,40})")


class Into(StrEnum):
    """Where a quote goes, which says who will read it."""

    REPLY = "reply"
    NOTE = "note"


@dataclass(frozen=True)
class Reference:
    """Names a chunk: what a button carries instead of text."""

    kind: Kind
    locale: str
    chunk_id: str

    def __str__(self) -> str:
        return f"{self.kind}.{self.locale}.{self.chunk_id}"

    @classmethod
    def to(cls, passage: Passage) -> Self:
        return cls(passage.kind, passage.locale, passage.chunk_id)

    @classmethod
    def read(cls, text: str) -> Self | None:
        found = _REFERENCE.fullmatch(text)
        if found is None or found.group(1) not in set(Kind):
            return None
        return cls(Kind(found.group(1)), found.group(2), found.group(3))


def references(text: str) -> list[Reference]:
    """Return every reference in a text of references, each once."""
    found = [Reference.read(part) for part in text.split()[:MOST_QUOTES]]
    return list(dict.fromkeys(one for one in found if one is not None))


def passage_for(
    session: Session, reference: Reference, *, into: Into, viewer: Viewer
) -> Passage | None:
    """Return the passage if those who will read the text may read it."""
    reader = ANYONE if into is Into.REPLY else viewer
    if reference.kind not in kinds_for(reader, with_solutions=True):
        return None
    collection = queries.serving(session, Slot(reference.kind, reference.locale).key)
    if collection is None:
        return None
    candidate = Candidate(reference.kind, reference.chunk_id)
    return authorize(session, reader, collection, [candidate]).get(reference.chunk_id)


def as_typed(passage: Passage, public_url: str) -> str:
    """Return the passage as text with its source below; what is internal gets no address."""
    said = (passage.title, passage.section, " · ".join(map(label, passage.devices)))
    source = " › ".join(part for part in said if part)
    quoted = f"{readable(passage.text)}\n\n— {source}"
    if passage.audience is not Audience.PUBLIC or not passage.url:
        return quoted
    return f"{quoted}\n{public_url}{passage.url}"


def appended(typed: str, quote: str) -> str:
    """Return what was typed with the quote below it; nothing typed is lost."""
    return f"{typed.rstrip()}\n\n{quote}\n\n".lstrip("\n")
