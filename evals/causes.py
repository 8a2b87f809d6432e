"""Why a question of a run came out wrong: the first thing on its way that failed."""

from evals.ask import Asked
from evals.datasets.golden import Dataset
from kb.evaluations.causes import Cause

SHOWN = 3
"""So many results are told with a question."""


def cause_of(dataset: Dataset, one: Asked) -> Cause | None:
    """Return why a question that has an answer did not get it; None where it did.

    Documents of one thread count as one, and a translation is as good as the article.
    """
    judged = dataset.qrels.get(one.query_id, {})
    right = {dataset.groups.get(doc, doc) for doc, score in judged.items() if score > 0}
    found = [dataset.groups.get(doc, doc) for doc in one.all]
    if found and found[0] in right:
        return None if one.answered else Cause.ABSTAINED
    if one.answered:
        return Cause.WRONG_PASSAGE
    return Cause.RANKED_LOW if right & set(found) else Cause.NOT_RETRIEVED


def of_decision(*, answered: bool, right: bool, answerable: bool) -> Cause | None:
    """Return why it was wrong to answer, or wrong to keep silent; right: the first article is."""
    if answered == right:
        return None
    if right:
        return Cause.ABSTAINED
    return Cause.WRONG_PASSAGE if answerable else Cause.ANSWERED


def of_answer(*, answered: bool, right: bool) -> Cause | None:
    """Return why an answer is not the right one."""
    if right:
        return None
    return Cause.WRONG_PASSAGE if answered else Cause.ABSTAINED


def of_claim(*, shown: bool, holds: bool) -> Cause | None:
    """Return why a claim must not have been shown; one held back for nothing has no cause."""
    return Cause.UNSUPPORTED if shown and not holds else None


def told(dataset: Dataset, one: Asked, asked: str) -> dict[str, object]:
    """Return what a person needs to see why: the question, what was expected, what came."""
    judged = dataset.qrels.get(one.query_id, {})
    return {
        "asked": asked,
        "expected": ", ".join(sorted(doc for doc, score in judged.items() if score > 0)),
        "got": ", ".join(one.all[:SHOWN]),
        "cause": cause_of(dataset, one),
    }
