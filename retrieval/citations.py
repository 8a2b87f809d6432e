"""Quote a passage exactly: whole if short, else its steps or the nearest sentences."""

import re
from itertools import pairwise
from math import sqrt

from retrieval.index.chunking import blocks
from retrieval.index.plain import plain
from retrieval.index.sentences import sentences
from retrieval.language.analysis import terms
from retrieval.results import Citation, Passage

_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_WHOLE = 900
"""Letters up to which a passage is quoted whole."""
_WINDOW = 500
"""Letters of sentences quoted from a long paragraph."""


def cite(question: str, passage: Passage) -> Citation:
    """Return the part of the passage that answers; every word of it stands in the passage."""
    if len(passage.text) <= _WHOLE:
        return Citation(passage, passage.text)
    asked = set(terms(question, passage.locale))
    parts = blocks(passage.text)
    best = max(range(len(parts)), key=lambda at: (_shared(parts[at], asked, passage.locale), -at))
    chosen = parts[best]
    if _is_list(chosen):
        intro = parts[best - 1] if best and parts[best - 1].rstrip().endswith(":") else ""
        return Citation(passage, f"{intro}\n\n{chosen}".strip())
    following = parts[best + 1] if best + 1 < len(parts) else ""
    if _is_list(following) and chosen.rstrip().endswith((":", ".")):
        return Citation(passage, f"{_window(chosen, asked, passage.locale)}\n\n{following}")
    return Citation(passage, _window(chosen, asked, passage.locale))


def _window(text: str, asked: set[str], locale: str) -> str:
    """Return neighbouring sentences around the one that shares most words with the question."""
    if len(text) <= _WINDOW or _is_table(text):
        return text
    parts = sentences(text)
    best = max(range(len(parts)), key=lambda at: (_shared(parts[at], asked, locale), -at))
    start = end = best
    while True:
        wider = [
            (at, parts[at])
            for at in (end + 1, start - 1)
            if 0 <= at < len(parts)
            and len(" ".join(parts[start : end + 1])) + len(parts[at]) <= _WINDOW
        ]
        if not wider:
            break
        at = wider[0][0]
        start, end = min(start, at), max(end, at)
    return _slice(text, parts[start], parts[end])


def _slice(text: str, first: str, last: str) -> str:
    """Return the text from one sentence to another exactly as it stands."""
    start = text.index(first)
    return text[start : text.index(last, start) + len(last)]


def _shared(text: str, asked: set[str], locale: str) -> float:
    found = set(terms(plain(text), locale))
    return len(found & asked) / (1 + sqrt(sqrt(len(found))))


def _is_list(text: str) -> bool:
    return _ITEM.match(text) is not None


def _is_table(text: str) -> bool:
    return any(
        a.lstrip().startswith("|") and b.lstrip().startswith("|")
        for a, b in pairwise(text.split("\n"))
    )
