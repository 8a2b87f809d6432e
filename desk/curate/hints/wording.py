"""Hints about words: sentences too long, passive, jargon, words of the house, "du" for "Sie"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desk.curate.hints.blocks import Block, Layout, Place, sentences
from desk.curate.hints.kinds import Hint, Kind, hint
from desk.curate.hints.plainer import PLAINER
from retrieval.sayings import Saying, saying

LONGEST_SENTENCE = 24
"""Words a sentence may have."""
_PASSIVE = {
    "de": re.compile(
        r"\b(?:wird|werden|wurden?|worden)\b(?:\W+\w+){0,10}?\W+((?:\w{0,8}ge(?!hen\b|ben\b|lten\b|"
        r"winnen\b|hören\b|schehen\b|langen\b|stalten\b|nießen\b|raten\b|fallen\b|währen\b)"
        r"[a-zäöüß]{2,}(?:t|en))|(?:be|ver|er|ent|zer|über)[a-zäöüß]{2,}t|[a-zäöüß]{3,}iert)\b",
    ),
    "en": re.compile(
        r"\b(?:is|are|was|were|been|being|be)\b(?:\W+(?:not|also|then|always|usually))?\W+"
        r"([a-z]{2,}(?:ed|[^aeiou]ied)|sent|shown|made|taken|given|done|written|found|kept|lost|"
        r"paid|sold|told|built|chosen|held|put|set|read)\b",
        re.IGNORECASE,
    ),
}
_STATES = frozenset(
    "connected located used allowed needed required supported included interested tired closed "
    "finished based limited listed marked locked".split()
)
_DU = re.compile(
    r"(?<![\w„“\"'])(?:du|dich|dir|dein(?:e[mnrs]?)?|euch|euer|eure[mnrs]?)(?!\w)", re.IGNORECASE
)
_ABBREVIATION = re.compile(r"(?<![\w-])[A-ZÄÖÜ][A-ZÄÖÜ0-9]{1,5}(?![\w-])")
_KNOWN = frozenset(
    "SMS SIM WLAN LAN USB PDF PIN EU DE EN TV PC OK QR FAQ HDMI GB MB UHR IBAN AGB ID "
    "EUR LTE IP GHZ MHZ KB TB MWST "
    "GPS CD DVD UK USA US APP LED SSID DSL HD URL HTTP AM PM 4G 5G".split()
)


@dataclass(frozen=True)
class Vocabulary:
    """Words that matter here: the glossary explains some, and some are for staff only."""

    explained: frozenset[str] = frozenset()
    internal: frozenset[str] = frozenset()


NO_WORDS = Vocabulary()


def wording(layout: Layout, locale: str, known: Vocabulary = NO_WORDS) -> Iterator[Hint]:
    """Yield hints about words, in no order."""
    for block in layout.prose:
        for sentence in sentences(block):
            yield from _about(layout.body, sentence, locale)
    said: set[str] = set()
    for block in layout.blocks:
        yield from _jargon(layout.body, block, locale)
        yield from _inside(layout.body, block, known, said)
        if locale == "de":
            yield from _du(layout.body, block)


def _about(body: str, sentence: Place, locale: str) -> Iterator[Hint]:
    if sentence.count > LONGEST_SENTENCE:
        yield hint(body, Kind.SENTENCE_LONG, sentence.start, sentence.end, count=sentence.count)
    found = _PASSIVE[locale].search(sentence.words) if locale in _PASSIVE else None
    is_seen = saying(sentence.words.strip()) is Saying.EXPECTATION
    if found and not is_seen and found.group(1).lower() not in _STATES:
        start = sentence.start + found.start()
        yield hint(body, Kind.PASSIVE, start, sentence.start + found.end())


def _jargon(body: str, block: Block, locale: str) -> Iterator[Hint]:
    pattern, plainer = PLAINER.get(locale, (None, {}))
    for found in pattern.finditer(block.words) if pattern else ():
        word = found.group()
        instead = plainer[word.lower()]
        if word[0].isupper() and instead:
            instead = instead[0].upper() + instead[1:]
        start = block.start + found.start()
        yield hint(body, Kind.JARGON, start, start + len(word), replacement=instead, word=word)


def _inside(body: str, block: Block, known: Vocabulary, said: set[str]) -> Iterator[Hint]:
    """Yield the words of the house, and what is short for something nobody explains; once each."""
    for kind, found in _words_of(block, known):
        word, start = found.group(), block.start + found.start()
        if word not in said:
            said.add(word)
            yield hint(body, kind, start, start + len(word), word=word)


def _words_of(block: Block, known: Vocabulary) -> Iterator[tuple[Kind, re.Match[str]]]:
    if known.internal:
        yield from ((Kind.INTERNAL, found) for found in _any_of(known.internal, block.words))
    for found in _ABBREVIATION.finditer(block.words):
        if found.group() not in _KNOWN | known.explained | known.internal:
            yield Kind.UNEXPLAINED, found


def _any_of(words: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    alternatives = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.finditer(rf"(?<![\w-])(?:{alternatives})(?![\w-])", text)


def _du(body: str, block: Block) -> Iterator[Hint]:
    for found in _DU.finditer(block.words):
        start = block.start + found.start()
        yield hint(body, Kind.ADDRESS_DU, start, start + len(found.group()), word=found.group())
