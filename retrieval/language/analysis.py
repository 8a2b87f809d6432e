"""The analysis: from text to terms, the same for what is indexed and what is asked."""

from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from retrieval.language.compounds import Splitter
from retrieval.language.steps import ALL, Steps
from retrieval.language.stopwords import STOPWORDS
from retrieval.language.words import Token, is_code, tokens

VERSION = "2"
"""Part of every collection's fingerprint: raise it with any change that alters terms."""

_SNOWBALL = {"de": "german", "en": "english"}


@lru_cache(maxsize=len(_SNOWBALL))
def _stemmer(locale: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_SNOWBALL.get(locale, "english"), 0)


@lru_cache(maxsize=200_000)
def stem(word: str, locale: str, steps: Steps = ALL) -> str:
    """Return the stem of a folded word; codes stay as they are."""
    if is_code(word) or not steps.stemming:
        return word
    return str(_stemmer(locale).stemWord(word)) or word


def stopwords(locale: str, steps: Steps = ALL) -> frozenset[str]:
    """Return the words that are left out in a language."""
    return STOPWORDS.get(locale, frozenset()) if steps.stopwords else frozenset()


def terms(
    text: str, locale: str, splitter: Splitter | None = None, steps: Steps = ALL
) -> list[str]:
    """Return the terms of a text, in order, with the parts of a word after the whole.

    Args:
        text: any text.
        locale: "de" or "en".
        splitter: knows the corpus's vocabulary; compounds are split in German only.
        steps: which steps to take.
    """
    left_out = stopwords(locale, steps)
    return [
        stem(word, locale, steps)
        for token in tokens(text, steps)
        for word in _words(token, locale, splitter)
        if word not in left_out
    ]


def _words(token: Token, locale: str, splitter: Splitter | None) -> Iterable[str]:
    """Return the words of a token: each once, so that a hyphen does not make a word count more."""
    found = [token.word, *token.parts]
    if splitter is not None and locale == "de":
        for word in token.parts or (token.word,):
            found += splitter.split(word)
    return dict.fromkeys(found)
