"""Does a passage say what a sentence says? Checked sentence by sentence, with the reason for a no.

A sentence is held against the one place of its sources that is nearest to it, or each of its
clauses against the place nearest to that: numbers may stand in the same article and belong to
something else. Deterministic first: numbers and names letter by letter, the same yes or no,
nothing turned round, no assurance of its own. Then likeness: enough of its words, and near enough
in meaning. Too strict a check costs an elegant sentence; too lax a one costs somebody money.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.engines.protocols import Vectors
from retrieval.generation import claims
from retrieval.generation.numbered import Numbered, NumberedPassage
from retrieval.generation.orders import is_order
from retrieval.generation.parts import Part
from retrieval.index.sentences import sentences
from retrieval.language.analysis import terms

_SHARED, _MOSTLY_SHARED = 0.6, 0.8
"""Share of a sentence's words that stand in the passages it names."""
_NEAR, _NEAR_FOREIGN = 0.55, 0.7
"""Cosine to the nearest sentence of them; where that is in another language, more."""
_FEWEST_WORDS = 3
"""Of a clause that can be looked at alone."""
_BREAK = re.compile(
    r"[,;:–]|\b(?:und|aber|denn|sondern|weil|damit|so|and|but|because|so that|then)\b",
    re.IGNORECASE,
)
_MARKER = re.compile(r"^\s*\d{1,3}[.)]\s+")

Embed = Callable[[Sequence[str]], Vectors]


class Flaw(StrEnum):
    """Why a part is not shown."""

    NO_SOURCE = "no source"
    UNKNOWN_SOURCE = "unknown source"
    MARKUP = "markup"
    ORDER = "order"
    NUMBER = "number or name"
    ASSURANCE = "assurance"
    NEGATION = "negation"
    DIRECTION = "direction"
    WORDS = "other words"
    MEANING = "other meaning"


@dataclass(frozen=True)
class _Judged:
    flaw: Flaw | None
    shared: float
    near: float


@dataclass(frozen=True)
class Checked:
    """A part, and what is wrong with it; nothing, if it holds."""

    part: Part
    flaw: Flaw | None = None
    shared: float = 0.0
    near: float = 0.0


def check(
    found: Sequence[Part], sources: Mapping[int, Numbered], locale: str, embed: Embed
) -> list[Checked]:
    """Check every part against the passages it names."""
    return [_checked(part, sources, locale, embed) for part in found]


def _checked(part: Part, sources: Mapping[int, Numbered], locale: str, embed: Embed) -> Checked:
    flaw = _form(part, sources)
    if flaw is not None:
        return Checked(part, flaw)
    named = [sources[number] for number in part.numbers]
    spans = _spans(named)
    is_foreign = all(one.locale != locale for one in named)
    told = [part.text, *_clauses(part.text)]
    rows = embed([*told, *spans])
    scores = rows[: len(told)] @ rows[len(told) :].T
    judged = []
    for text, row in zip(told, scores, strict=True):
        best = int(row.argmax())
        near = round(float(row[best]), 3)
        judged.append(_judged(text, spans[best], near, locale, is_foreign=is_foreign))
    whole, clauses = judged[0], judged[1:]
    if whole.flaw is None or not clauses or any(one.flaw for one in clauses):
        return Checked(part, whole.flaw, whole.shared, whole.near)
    shared, near = (
        min(values) for values in zip(*((c.shared, c.near) for c in clauses), strict=True)
    )
    return Checked(part, None, shared, near)


def _judged(text: str, span: str, near: float, locale: str, *, is_foreign: bool) -> _Judged:
    """Hold a sentence, or a clause of it, against one place of the sources."""
    if any(not claims.has_literal(span, literal) for literal in claims.literals(text)):
        return _Judged(Flaw.NUMBER, 0.0, near)
    turned = claims.is_negated(text) != claims.is_negated(_clause_like(text, span, locale))
    if is_foreign:
        flaw = Flaw.NEGATION if turned else None
        return _Judged(flaw or (None if near >= _NEAR_FOREIGN else Flaw.MEANING), 0.0, near)
    if claims.measures(text, locale) - claims.measures(span, locale):
        return _Judged(Flaw.NUMBER, 0.0, near)
    said = set(terms(text, locale))
    shared = round(len(said & set(terms(span, locale))) / len(said), 3) if said else 0.0
    if claims.weighty(text, locale) - claims.weighty(span, locale):
        return _Judged(Flaw.ASSURANCE, shared, near)
    if turned:
        return _Judged(Flaw.NEGATION, shared, near)
    flaw = Flaw.DIRECTION if claims.is_turned(text, span) else _like(shared, near)
    return _Judged(flaw, shared, near)


def _clause_like(text: str, span: str, locale: str) -> str:
    """Return the clause of a source that shares most with a text, or all of it if that is as good.

    "Do not wait: we do not collect it again" says no twice, about two things.
    """
    said = set(terms(text, locale))
    clauses = [span, *_clauses(span)]
    return max(reversed(clauses), key=lambda one: len(said & set(terms(one, locale))))


def _form(part: Part, sources: Mapping[int, Numbered]) -> Flaw | None:
    """Return what is wrong before a source is even looked at."""
    if not part.numbers:
        return Flaw.NO_SOURCE
    if any(number not in sources for number in part.numbers):
        return Flaw.UNKNOWN_SOURCE
    if any(mark in part.text for mark in ("](", "<", "://", "www.", "![", "`")):
        return Flaw.MARKUP
    return Flaw.ORDER if is_order(part.text) else None


def _like(shared: float, near: float) -> Flaw | None:
    if shared >= _MOSTLY_SHARED or (shared >= _SHARED and near >= _NEAR):
        return None
    return Flaw.MEANING if shared >= _SHARED else Flaw.WORDS


def _clauses(text: str) -> list[str]:
    """Return the clauses of a sentence; nothing, if it is one."""
    found: list[str] = []
    for piece in _BREAK.split(text):
        words = piece.split()
        if found and len(words) < _FEWEST_WORDS:
            found[-1] += f" {piece.strip()}"
        elif words:
            found.append(piece.strip())
    return found if len(found) > 1 else []


def _spans(named: Sequence[Numbered]) -> list[str]:
    """Return the places a sentence can rest on: single sentences, rows, titles with headings."""
    found = []
    for one in named:
        found += [_MARKER.sub("", said) for said in sentences(one.text)]
        if isinstance(one, NumberedPassage):  # the title of any other says only what it is
            found.append(f"{one.title} {one.section}")
    return [span for span in found if span.strip()]
