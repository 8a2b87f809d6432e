"""Two passages that lie near each other: do they say the same, disagree, or neither?

Pure: what statements mean is given, and nothing is read or kept. Thresholds were set on the tuning
half of `evals/datasets/findings`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kb.findings.models import FindingKind, Matter
from retrieval.engines.protocols import Vectors
from retrieval.findings import differences
from retrieval.findings.claims import opposed
from retrieval.findings.differences import Difference
from retrieval.findings.likeness import Likeness, likeness, names_apart, whole
from retrieval.findings.statements import Statement, statements
from retrieval.index.plain import plain

RULES = "3"
"""Raise it with any change of the rules: everything is then looked at again."""
_SAME = 0.70
_APART_BUT_SAME = 0.90
"""Meaning from which another name may be another word for the same."""
_COUNTED = 0.12
"""Numbers that are all equal are a strong sign; a long number, like one to call, stronger."""
_CODED = 0.22
_LEAST_WORDS = 4
_LONG, _MUTUAL = 15, 0.6
"""Long passages on one topic share many words; the same is said where most are shared."""
_NEAR = 0.75
_NEAR_ENOUGH = 0.58
"""Passages that say the same are nearer to each other than this."""
_DISAGREES = 0.64
_DENIES = 0.78
_MEANING = 0.62
_DENIED_MEANING = 0.75
"""A yes and a no are about the same only where the sentences are nearly the same."""
_TRANSLATED = 0.72
_LEAD = 0.06
"""A sentence and its translation are nearer to each other than to any other sentence, by this."""

Meaning = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True)
class Passage:
    """A piece of an article, as it is compared."""

    text: str
    """Markdown."""
    locale: str
    title: str
    """Of the article: what its statements are about without saying so."""
    section: str = ""

    @property
    def statements(self) -> tuple[Statement, ...]:
        return statements(self.text, self.locale)


@dataclass(frozen=True)
class Verdict:
    """What two passages are to each other."""

    kind: FindingKind
    matter: Matter
    score: float
    left: str = ""
    """The statement that disagrees; empty: the whole passage."""
    right: str = ""
    left_marks: tuple[str, ...] = ()
    right_marks: tuple[str, ...] = ()


def judge(left: Passage, right: Passage, meaning: Meaning, *, near: float = 1.0) -> Verdict | None:
    """Return what two passages of one language are to each other; a contradiction goes first.

    Args:
        left: one passage.
        right: the other.
        meaning: gives the vectors of texts.
        near: cosine of the passages' vectors in the index, where it is known.
    """
    apart = max(
        names_apart(left.title, right.title, left.locale),
        names_apart(left.section, right.section, left.locale),
    )
    found = list(_disagreeing(left, right, meaning, apart))
    if found:
        return max(found, key=lambda verdict: verdict.score)
    return _same(left, right, meaning, apart) if near >= _NEAR_ENOUGH else None


def _disagreeing(left: Passage, right: Passage, meaning: Meaning, apart: int) -> Iterator[Verdict]:
    ours, theirs = left.statements, right.statements
    for one in ours:
        for other in theirs:
            for difference in differences.between(one, other):
                if not _is_possible(likeness(one, other, 1.0), difference, apart):
                    continue
                if differences.stands_elsewhere(one, other, ours, theirs):
                    continue
                vectors = meaning([one.text, other.text])
                like = likeness(one, other, float(vectors[0] @ vectors[1]))
                like = replace(like, apart=like.apart + apart)
                if _is_about_the_same(like, difference):
                    yield Verdict(
                        FindingKind.CONTRADICTION,
                        difference.matter,
                        min(like.score, 1.0),
                        one.text,
                        other.text,
                        difference.left,
                        difference.right,
                    )


def _is_possible(best: Likeness, difference: Difference, apart: int) -> bool:
    """Say whether their words alone allow it: what cannot be is not embedded."""
    is_same_thing = not (best.apart or apart) and best.shared > 0
    return is_same_thing and best.score >= _needed(difference) and best.mutual >= difference.mutual


def _needed(difference: Difference) -> float:
    return _DENIES if difference.matter in {Matter.YES_NO, Matter.LABEL} else _DISAGREES


def _is_about_the_same(like: Likeness, difference: Difference) -> bool:
    if like.apart or like.meaning < _MEANING or like.score < _needed(difference):
        return False
    if difference.matter is Matter.YES_NO and like.meaning < _DENIED_MEANING:
        return False
    if difference.matter is Matter.LABEL:
        return like.shared >= 2  # noqa: PLR2004  # what it is for must be said
    return like.shared >= 2 or (like.shared == 1 and like.meaning >= _NEAR)  # noqa: PLR2004


def _same(left: Passage, right: Passage, meaning: Meaning, apart: int) -> Verdict | None:
    ours, theirs = left.statements, right.statements
    if not ours or not theirs or _says_otherwise(ours, theirs):
        return None
    bonus = 0.0
    if equal := differences.equal_values(ours, theirs):
        bonus = _CODED if any(value.unit == "code" for value in equal) else _COUNTED
    best = whole(ours, theirs, 1.0)
    if best.shared < 1 or best.score + bonus < _SAME or best.apart + apart > 1:
        return None
    if best.shared >= _LONG and best.mutual < _MUTUAL:
        return None
    vectors = meaning([plain(left.text), plain(right.text)])
    like = whole(ours, theirs, float(vectors[0] @ vectors[1]))
    like = replace(like, apart=like.apart + apart)
    is_long = min(len(left.text.split()), len(right.text.split())) >= _LEAST_WORDS
    if not is_long or like.score + bonus < _SAME:
        return None
    if like.apart > 1 or (like.apart and like.meaning < _APART_BUT_SAME):
        return None
    return Verdict(FindingKind.DUPLICATE, Matter.NOTHING, min(like.score + bonus, 1.0))


def _says_otherwise(ours: Sequence[Statement], theirs: Sequence[Statement]) -> bool:
    """Say whether the two count, name or claim something else: then they are not the same."""
    if differences.counts_otherwise(ours, theirs) or differences.of_labels(ours, theirs):
        return True
    return any(opposed(one.claims, other.claims) for one in ours for other in theirs)


def judge_translation(left: Passage, right: Passage, meaning: Meaning) -> Verdict | None:
    """Return the numbers on which two languages of one article disagree, if they do."""
    ours = [one for one in left.statements if one.values]
    theirs = [one for one in right.statements if one.values]
    if not ours or not theirs:
        return None
    near = meaning([one.text for one in ours]) @ meaning([one.text for one in theirs]).T
    for at, one in enumerate(ours):
        twin = int(near[at].argmax())
        rivals = [*np.delete(near[at], twin), *np.delete(near[:, twin], at), _TRANSLATED - _LEAD]
        if near[at, twin] < max(rivals) + _LEAD:
            continue
        other = theirs[twin]
        if one.is_row != other.is_row:
            continue
        difference = differences.of_values([one], [other], is_strict=True)
        is_elsewhere = differences.stands_elsewhere(one, other, left.statements, right.statements)
        if difference is not None and not is_elsewhere:
            return Verdict(
                FindingKind.TRANSLATION,
                difference.matter,
                float(near[at, twin]),
                one.text,
                other.text,
                difference.left,
                difference.right,
            )
    return None
