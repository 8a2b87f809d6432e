"""Is a model better for this home? The held-out articles decide, by a paired bootstrap.

Their questions look for them among all articles, also those that were learnt from. Customers'
questions look among whole articles, titles among texts without titles. Questions of one article
stand or fall together, so whole articles are drawn, not questions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.engines.protocols import Vectors
from retrieval.training.own import Own, Page
from retrieval.training.store import HeldOut

_ROUNDS = 2_000
_SEED = 20_260_101
_MOST = 2_000
"""Articles that are looked among, in one language each: enough to tell two models apart."""

Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True)
class _Asked:
    family: int
    question: str
    by_customer: bool


class Exam:
    """The same questions and the same articles for every model."""

    def __init__(self, own: Own) -> None:
        ordered = sorted(own.pages, key=lambda page: (not page.is_held_out, page.family))
        self._pages: Sequence[Page] = ordered[:_MOST]
        there = {page.family for page in self._pages}
        titles = {(page.family, page.title) for page in own.pages}
        asked = [
            _Asked(one.family, one.question, one.by_customer)
            for one in own.examples
            if one.is_held_out and one.family in there
            if one.by_customer or (one.family, one.question) in titles
        ]
        self._asked = list(dict.fromkeys(asked))

    @property
    def families(self) -> int:
        """How many held-out articles something is asked of."""
        return len({one.family for one in self._asked})

    def reciprocal_ranks(self, embed: Embed) -> list[float]:
        """Return 1 over the place of the right article, by question."""
        families = np.array([page.family for page in self._pages])
        whole = embed([page.whole for page in self._pages])
        bare = embed([page.text for page in self._pages])
        said = embed([one.question for one in self._asked])
        found = []
        for one, vector in zip(self._asked, said, strict=True):
            scores = (whole if one.by_customer else bare) @ vector
            right = scores[families == one.family].max()
            ahead = np.unique(families[scores > right])
            found.append(1.0 / (1 + len(ahead)))
        return found

    def compare(self, before: Sequence[float], after: Sequence[float]) -> HeldOut:
        """Hold one model against another."""
        groups: dict[int, list[int]] = {}
        for at, one in enumerate(self._asked):
            groups.setdefault(one.family, []).append(at)
        old, new = (
            np.array([np.mean([ranks[at] for at in places]) for places in groups.values()])
            for ranks in (before, after)
        )
        low, high = interval(new - old)
        return HeldOut(
            questions=len(self._asked),
            before=float(old.mean()),
            after=float(new.mean()),
            low=low,
            high=high,
        )


def interval(changes: Vectors) -> tuple[float, float]:
    """Return the middle 95 % of the mean, by drawing again from what was measured."""
    random = np.random.default_rng(_SEED)
    drawn = random.integers(0, len(changes), size=(_ROUNDS, len(changes)))
    low, high = np.percentile(changes[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
