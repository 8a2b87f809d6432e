"""How easily people who are no experts read a text: long words and long sentences make it hard.

Flesch's measure for English, Amstad's for German; LIX counts long words and needs no syllables.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desk.curate.hints.blocks import Layout, sentences

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_DE = re.compile(r"aa|ai|au|äu|ee|ei|eu|ie|oo|oi|ou|ui|[aeiouyäöü]", re.IGNORECASE)
_EN = re.compile(r"[aeiouy]+", re.IGNORECASE)
_SILENT = re.compile(r"(?:[^laeiouy]e|[^td]ed|[^scxz]es)$", re.IGNORECASE)
_LONG_WORD = 6
FEWEST = 30
"""Words below which nothing can be said."""


class Level(StrEnum):
    """How hard a text is to read."""

    VERY_EASY = "very_easy"
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"
    VERY_HARD = "very_hard"


_FROM = ((80, Level.VERY_EASY), (65, Level.EASY), (50, Level.MEDIUM), (35, Level.HARD))


@dataclass(frozen=True)
class Readability:
    """What the measures say of a text."""

    level: Level
    ease: int
    """0 to 100, the more the easier: Flesch, or Amstad's form of it for German."""
    lix: int
    words_per_sentence: float
    words: int


def readability(layout: Layout, locale: str) -> Readability | None:
    """Return how easy the text is; None where there is too little of it."""
    texts = [sentence.words for block in layout.prose for sentence in sentences(block)]
    return measured(texts, locale)


def measured(texts: Iterable[str], locale: str) -> Readability | None:
    """Measure some sentences.

    >>> easy = ["Der Hund bellt laut im Hof."] * 6
    >>> hard = ["Bearbeitungsgebühren unterliegen Vertragsbestimmungen."] * 12
    >>> measured(easy, "de").level.value, measured(hard, "de").level.value
    ('very_easy', 'very_hard')
    """
    told = [words for text in texts if (words := _WORD.findall(text))]
    words = [word for sentence in told for word in sentence]
    if len(words) < FEWEST:
        return None
    length = len(words) / len(told)
    beats = sum(syllables(word, locale) for word in words) / len(words)
    ease = (
        180 - length - 58.5 * beats if locale == "de" else 206.835 - 1.015 * length - 84.6 * beats
    )
    long_words = sum(len(word) > _LONG_WORD for word in words)
    level = next((level for least, level in _FROM if ease >= least), Level.VERY_HARD)
    return Readability(
        level=level,
        ease=round(min(max(ease, 0), 100)),
        lix=round(length + 100 * long_words / len(words)),
        words_per_sentence=round(length, 1),
        words=len(words),
    )


def syllables(word: str, locale: str) -> int:
    """Count the syllables of a word, by its vowels.

    >>> syllables("Einstellungen", "de"), syllables("settings", "en"), syllables("change", "en")
    (4, 2, 1)
    """
    if locale == "de":
        return max(1, len(_DE.findall(word)))
    return max(1, len(_EN.findall(word)) - bool(_SILENT.search(word)))
