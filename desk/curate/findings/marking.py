"""A passage with what matters in it marked: the statement, and in it the words that disagree."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much a part of the passage matters."""

    AROUND = "around"
    STATEMENT = "statement"
    MARK = "mark"


@dataclass(frozen=True)
class Span:
    """Words of one weight."""

    weight: Weight
    text: str


def spans(passage: str, statement: str, marks: Sequence[str]) -> list[Span]:
    """Return a passage in parts; without a statement all of it is around nothing.

    >>> [one.text for one in spans("Vorher. In 14 Tagen.", "In 14 Tagen.", ["14 Tagen"])]
    ['Vorher. ', 'In ', '14 Tagen', '.']
    """
    if not statement:
        return [Span(Weight.AROUND, passage)]
    start = passage.find(statement)
    if start < 0:
        return list(_marked(statement, marks))
    end = start + len(statement)
    parts = [
        Span(Weight.AROUND, passage[:start]),
        *_marked(statement, marks),
        Span(Weight.AROUND, passage[end:]),
    ]
    return [one for one in parts if one.text]


def _marked(statement: str, marks: Sequence[str]) -> Iterator[Span]:
    wanted = sorted({mark for mark in marks if mark.strip()}, key=len, reverse=True)
    if not wanted:
        yield Span(Weight.STATEMENT, statement)
        return
    pattern = "|".join(rf"(?<!\w){re.escape(mark)}(?!\w)" for mark in wanted)
    at = 0
    for match in re.finditer(pattern, statement, re.IGNORECASE):
        if match.start() > at:
            yield Span(Weight.STATEMENT, statement[at : match.start()])
        yield Span(Weight.MARK, match.group())
        at = match.end()
    if at < len(statement):
        yield Span(Weight.STATEMENT, statement[at:])
