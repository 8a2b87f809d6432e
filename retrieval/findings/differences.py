"""What two statements disagree about: one counted thing, a button's name, a yes and a no."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.findings.models import Matter
from retrieval.findings.claims import opposed
from retrieval.findings.statements import Statement
from retrieval.findings.values import Value

_MOST = 3
"""Values of one kind in a statement: more are a table, and are not told apart."""
_FEW_WORDS = 3
_PURPOSE = re.compile(r"\bum\b.*\b\w*zu\w*|(?<!go )\bto [a-z]+", re.IGNORECASE)
_OPPOSED, _DENIED = 0.5, 0.7
"""A denial says nothing of a statement that says something else besides."""


@dataclass(frozen=True)
class Difference:
    """What differs, and the words on either side that say so."""

    matter: Matter
    left: tuple[str, ...]
    right: tuple[str, ...]
    mutual: float = 0.34
    """How much of the longer statement the shorter must say, too."""


def between(one: Statement, other: Statement) -> Iterator[Difference]:
    """Yield in what two statements differ, if they are about the same.

    What begins with "this" or "it" is about something that is not said in it.
    """
    if one.is_about_before or other.is_about_before:
        return
    counted = of_values([one], [other])
    if counted is not None:
        yield counted
    elif not counts_otherwise([one], [other]):
        yield from _of_labels(one, other)
        yield from _of_claims(one, other)


def of_values(
    ours: Sequence[Statement], theirs: Sequence[Statement], *, is_strict: bool = False
) -> Difference | None:
    """Return the one thing that is counted differently; of two, it is another case.

    A value that only one side has adds something and contradicts nothing. Strictly, only what has
    a unit counts: languages count in words and articles.
    """
    left, right = _all(ours), _all(theirs)
    found = []
    for unit in dict.fromkeys(value.unit for value in left):
        if is_strict and unit in {"count", "code"}:
            continue
        mine = [value for value in left if value.unit == unit]
        yours = [value for value in right if value.unit == unit]
        only_left = [value for value in mine if not any(value.equals(other) for other in yours)]
        only_right = [value for value in yours if not any(value.equals(other) for other in mine)]
        if only_left and only_right and max(len(mine), len(yours)) <= _MOST:
            found.append((only_left, only_right))
    if len(found) != 1:
        return None
    [(only_left, only_right)] = found
    is_limit = any(value.matter is Matter.LIMIT for value in (*only_left, *only_right))
    return Difference(
        Matter.LIMIT if is_limit else only_left[0].matter,
        tuple(value.spelt.strip() for value in only_left),
        tuple(value.spelt.strip() for value in only_right),
    )


def stands_elsewhere(
    one: Statement, other: Statement, ours: Sequence[Statement], theirs: Sequence[Statement]
) -> bool:
    """Say whether what one side counts stands somewhere else on the other side, too."""
    return any(
        not any(value.is_like(twin) and value.equals(twin) for twin in there.values)
        and any(value.is_like(twin) and value.equals(twin) for twin in _all(passage))
        for here, there, passage in ((one, other, theirs), (other, one, ours))
        for value in here.values
    )


def equal_values(ours: Sequence[Statement], theirs: Sequence[Statement]) -> list[Value]:
    """Return what both sides count alike."""
    right = _all(theirs)
    return [
        value
        for value in _all(ours)
        if any(value.is_like(other) and value.equals(other) for other in right)
    ]


def counts_otherwise(ours: Sequence[Statement], theirs: Sequence[Statement]) -> bool:
    """Say whether anything is counted differently; more than one thing: it is another case."""
    left, right = _all(ours), _all(theirs)
    for unit in {value.unit for value in left}:
        mine = [value for value in left if value.unit == unit]
        yours = [value for value in right if value.unit == unit]
        if any(not any(one.equals(two) for two in yours) for one in mine) and any(
            not any(one.equals(two) for two in mine) for one in yours
        ):
            return True
    return False


def of_labels(ours: Sequence[Statement], theirs: Sequence[Statement]) -> bool:
    """Say whether the two sides name other buttons: then they are other instructions."""
    left = {path for one in ours for path in one.paths}
    right = {path for one in theirs for path in one.paths}
    return bool(left - right and right - left)


def _of_labels(one: Statement, other: Statement) -> Iterator[Difference]:
    left, right = set(one.paths), set(other.paths)
    if not (_PURPOSE.search(one.text) and _PURPOSE.search(other.text)):
        return  # what it is for must be said: every instruction opens some menu
    if not (left - right and right - left) or len(one.stems) < 1:
        return
    yield Difference(
        Matter.LABEL,
        tuple(
            label for label, path in zip(one.labels, one.paths, strict=True) if path not in right
        ),
        tuple(
            label
            for label, path in zip(other.labels, other.paths, strict=True)
            if path not in left
        ),
    )


def _of_claims(one: Statement, other: Statement) -> Iterator[Difference]:
    if opposed(one.claims, other.claims):
        yield Difference(Matter.YES_NO, one.claims.spelt, other.claims.spelt, _OPPOSED)
        return
    shares_a_claim = bool(set(one.claims.poles) & set(other.claims.poles))
    is_long = min(len(one.stems), len(other.stems)) >= _FEW_WORDS
    if one.claims.is_denied != other.claims.is_denied and not shares_a_claim and is_long:
        yield Difference(Matter.YES_NO, one.claims.spelt, other.claims.spelt, _DENIED)


def _all(side: Sequence[Statement]) -> list[Value]:
    return [value for one in side for value in one.values]
