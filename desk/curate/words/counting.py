"""How often customers use words, counted over what they asked of late."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache

from sqlmodel import Session

from kb import clock
from kb.questions import wordings
from retrieval.language.analysis import terms

WINDOW = timedelta(days=90)
Asked = Sequence[tuple[str, frozenset[str]]]


def asked(session: Session, locale: str) -> Asked:
    """Return the questions of late with their terms, newest first."""
    found = wordings.asked(session, since=clock.now() - WINDOW, locale=locale)
    return [(text, _terms(text, locale)) for text, _ in found if text]


def using(questions: Asked, words: Iterable[str], locale: str) -> list[str]:
    """Return the questions in which all words of any of these stand."""
    wanted = [one for one in (_terms(word, locale) for word in words) if one]
    return [text for text, said in questions if any(one <= said for one in wanted)]


def saying(texts: Sequence[str], words: str, locale: str) -> list[bool]:
    """Say of each text whether all of these words stand in it."""
    wanted = _terms(words, locale)
    return [bool(wanted) and wanted <= _terms(text, locale) for text in texts]


@lru_cache(maxsize=10_000)
def _terms(text: str, locale: str) -> frozenset[str]:
    return frozenset(terms(text, locale))
