"""What two statements disagree about: one counted thing, a button's name, a yes and a no."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.findings.models import Matter
from retrieval.findings.claims import opposed
from retrieval.findings.statements import Statement, subject
from retrieval.findings.values import Value

_MOST = 3
"""Values of one kind in a statement: more are a table, and are not told apart."""
_SPANS, _FROM_TO = (Matter.TIME, Matter.DATE), 2
"""From eight to eight is one fact; two ports, or two sizes, are a choice between two."""
_FEW_WORDS = 3
_PURPOSE = re.compile(
    r"\bum\b(?P<um>[^,.;]*\b\w*zu\w*(?: \w+)?)"
    r"|(?<!go )\bto (?!(?:the|an?|my|your|our|this|that|these|those|each|its?)\b)(?P<to>[^,.;]+)",
    re.IGNORECASE,
)
_SAME_PURPOSE = 0.5
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
    if one.is_about_before or other.is_about_before or one.is_row != other.is_row:
        return
    if of_labels([one], [other]):
        yield from _of_labels(one, other)  # whatever else is said is said of something else
        return
    counted = of_values([one], [other])
    if counted is not None:
        yield counted
    elif not counts_otherwise([one], [other]):
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
        most = _FROM_TO if only_left and only_left[0].matter in _SPANS else 1
        is_one_for_one = 0 < len(only_left) == len(only_right) <= most
        if is_one_for_one and max(len(mine), len(yours)) <= _MOST:
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
    if counts_otherwise([one], [other]) or not _has_one_purpose(one, other):
        return  # what it is for must be said: every instruction opens some menu
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


def _has_one_purpose(one: Statement, other: Statement) -> bool:
    """Say whether both sides say what it is for, and for the most part in the same words."""
    mine, yours = _purpose(one), _purpose(other)
    least = min(len(mine), len(yours))
    return least > 0 and len(mine & yours) >= _SAME_PURPOSE * least


def _purpose(statement: Statement) -> frozenset[str]:
    said = _PURPOSE.search(statement.text)
    if said is None:
        return frozenset()
    return subject(said["um"] or said["to"], statement.locale).stems


def _of_claims(one: Statement, other: Statement) -> Iterator[Difference]:
    if opposed(one.claims, other.claims):
        yield Difference(Matter.YES_NO, one.claims.spelt, other.claims.spelt, _OPPOSED)
        return
    shares_a_claim = bool(set(one.claims.poles) & set(other.claims.poles))
    is_conditional = one.claims.is_conditional or other.claims.is_conditional
    is_long = not is_conditional and min(len(one.stems), len(other.stems)) >= _FEW_WORDS
    if one.claims.is_denied != other.claims.is_denied and not shares_a_claim and is_long:
        yield Difference(Matter.YES_NO, one.claims.spelt, other.claims.spelt, _DENIED)


def _all(side: Sequence[Statement]) -> list[Value]:
    return [value for one in side for value in one.values]
