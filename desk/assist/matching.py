"""Why something found may fit a case, and how likely it is, in words a person can weigh."""

from dataclasses import dataclass

from desk.assist.telling import Told
from kb.articles import devices
from retrieval.likeness import shared_codes, shared_products
from retrieval.results import Hit
from retrieval.situation import named_in

NEAR = 0.5
"""Cosine similarity from which two texts mean something alike."""
BY_HAND = "by hand"
MOST_WORDS = 8
SHORTEST_WORD = 3
_CHANCES = ((0.8, "high"), (0.6, "good"), (0.4, "fair"))


@dataclass(frozen=True)
class Why:
    """What case and passage have in common."""

    words: tuple[str, ...]
    products: tuple[str, ...]
    codes: tuple[str, ...]
    is_near: bool
    tried: str
    """The customer's sentence that may say just this was tried."""

    @property
    def is_weak(self) -> bool:
        return not (self.words or self.products or self.codes or self.is_near)


def why(hit: Hit, told: Told) -> Why:
    """Return what a hit has in common with what the customer wrote."""
    passage = hit.passage
    text = f"{passage.title} {passage.section} {passage.text}"
    named = devices.named_in(told.text, passage.devices)
    products = (*map(devices.label, named), *shared_products(text, told.text))
    return Why(
        words=_telling(hit),
        products=tuple(dict.fromkeys(products)),
        codes=shared_codes(text, told.text),
        is_near=hit.why.dense >= NEAR,
        tried=named_in(passage.title, told.situation.tried, passage.locale),
    )


def reasons(hit: Hit, told: Told) -> list[str]:
    """Return why it matched, without the words: they are the customer's."""
    found = why(hit, told)
    matched = (
        ("words", bool(hit.why.words)),
        ("meaning", found.is_near),
        ("product", bool(found.products)),
        ("code", bool(found.codes)),
    )
    return [name for name, is_so in matched if is_so]


def chance(probability: float) -> str:
    """Return a probability as a word: the key is `assist.chance.<word>`; nought is not known.

    >>> chance(0.65)
    'good'
    """
    if not probability:
        return ""
    return next((word for least, word in _CHANCES if probability >= least), "low")


def _telling(hit: Hit) -> tuple[str, ...]:
    """Return the longest of the words that matched: short ones say little."""
    telling = [word for word in hit.why.words if len(word) >= SHORTEST_WORD]
    longest = sorted(telling, key=lambda word: -len(word))[:MOST_WORDS]
    return tuple(word for word in hit.why.words if word in longest)
