"""The analysis: from text to terms, the same for what is indexed and what is asked."""

from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from retrieval.language.compounds import Splitter
from retrieval.language.stopwords import STOPWORDS
from retrieval.language.words import is_code, words

VERSION = "1"
"""Part of every collection's fingerprint: raise it with any change that alters terms."""

_SNOWBALL = {"de": "german", "en": "english"}


@lru_cache(maxsize=len(_SNOWBALL))
def _stemmer(locale: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_SNOWBALL.get(locale, "english"), 0)


@lru_cache(maxsize=200_000)
def stem(word: str, locale: str) -> str:
    """Return the stem of a folded word; codes stay as they are."""
    if is_code(word):
        return word
    return str(_stemmer(locale).stemWord(word)) or word


def terms(text: str, locale: str, splitter: Splitter | None = None) -> list[str]:
    """Return the terms of a text, in order, with the parts of compounds after the whole.

    Args:
        text: any text.
        locale: "de" or "en".
        splitter: knows the corpus's vocabulary; compounds are split in German only.
    """
    stopwords = STOPWORDS.get(locale, frozenset())
    return [
        term
        for word in words(text)
        if word not in stopwords
        for term in _terms(word, locale, splitter)
    ]


def _terms(word: str, locale: str, splitter: Splitter | None) -> Iterable[str]:
    yield stem(word, locale)
    if splitter is not None and locale == "de":
        for part in splitter.split(word):
            yield stem(part, locale)
