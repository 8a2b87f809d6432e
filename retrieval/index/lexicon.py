"""What a collection's own words allow: splitting compounds and mending misspelt words."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Thread

from retrieval.engines.protocols import LexicalStore
from retrieval.index.sieve import Sieve
from retrieval.language.analysis import stem
from retrieval.language.compounds import Splitter
from retrieval.language.relatives import Relatives
from retrieval.language.spelling import Speller, with_umlauts
from retrieval.language.steps import ALL, Steps
from retrieval.language.words import words

_SMALL = 20_000
"""Words up to which a lexicon is made anew while the search waits; it takes no time."""
_LAST_LETTER = chr(0x10FFFF)


@dataclass(frozen=True)
class Lexicon:
    """The words of one collection."""

    vocabulary: Mapping[str, int]
    splitter: Splitter
    stems: Mapping[str, str]
    """Stem -> the words that have it, with spaces between."""
    relatives: Relatives
    sieve: Sieve
    steps: Steps = ALL

    def knows(self, word: str, locale: str) -> bool:
        """The word, or another form of it, stands in the collection."""
        return word in self.vocabulary or stem(word, locale, self.steps) in self.stems

    def forms(self, word: str, locale: str) -> tuple[str, ...]:
        """Return the words of the collection that count as the same word as this one."""
        return tuple(self.stems.get(stem(word, locale, self.steps), "").split())

    def beginning_with(self, beginning: str) -> list[str]:
        """Return the words that begin like this, in the order of the vocabulary."""
        words, places = self.by_name
        start = bisect_left(words, beginning)
        end = bisect_left(words, beginning + _LAST_LETTER)
        return [word for _, word in sorted(zip(places[start:end], words[start:end], strict=True))]

    @cached_property
    def mended(self) -> Callable[[str], str | None]:
        """Return the known word nearest to a misspelt one; of those of late it is remembered."""
        return lru_cache(maxsize=10_000)(self._mended)

    def _mended(self, word: str) -> str | None:
        if word in self.vocabulary or not word:
            return None
        for spelling in dict.fromkeys((word, with_umlauts(word))):
            near = {other: self.vocabulary[other] for other in self.sieve.near(spelling)}
            mended = Speller(near).correct(spelling)
            if mended is not None:
                return mended
        return None

    @cached_property
    def by_name(self) -> tuple[list[str], "array[int]"]:
        """The words in the order of the alphabet, and their places in the vocabulary."""
        words = list(self.vocabulary)
        places = sorted(range(len(words)), key=words.__getitem__)
        return [words[place] for place in places], array("l", places)


def lexicon_of(vocabulary: Mapping[str, int], locale: str, steps: Steps = ALL) -> Lexicon:
    """Make the lexicon of these words; half a second for a hundred thousand of them."""
    stems: dict[str, str] = {}
    for word in vocabulary:
        found = stem(word, locale, steps)
        stems[found] = f"{stems[found]} {word}" if found in stems else word
    german = vocabulary if locale == "de" else {}
    made = Lexicon(
        vocabulary=vocabulary,
        splitter=Splitter(german, steps),
        stems=stems,
        relatives=Relatives(german if steps.relatives else {}),
        sieve=Sieve(vocabulary),
        steps=steps,
    )
    _ = made.by_name  # now, and not in the first search that needs it
    return made


class Lexicons:
    """Lexicons by collection, made anew when the vocabulary has grown.

    A large one is made beside the searches, which use the one before until it is ready.
    """

    def __init__(self, lexical: LexicalStore) -> None:
        self._lexical = lexical
        self._made: dict[str, Lexicon] = {}
        self._makers: dict[str, Thread] = {}

    def of(self, collection: str, locale: str) -> Lexicon:
        vocabulary = self._lexical.vocabulary(collection)
        made = self._made.get(collection)
        if made is not None and made.vocabulary is vocabulary:
            return made
        if made is None or len(vocabulary) <= _SMALL:
            self._made[collection] = made = lexicon_of(vocabulary, locale, self._lexical.steps)
        elif not (collection in self._makers and self._makers[collection].is_alive()):
            self._makers[collection] = Thread(
                target=self._make, args=(collection, vocabulary, locale), daemon=True
            )
            self._makers[collection].start()
        return made

    def _make(self, collection: str, vocabulary: Mapping[str, int], locale: str) -> None:
        self._made[collection] = lexicon_of(vocabulary, locale, self._lexical.steps)


def counted(texts: Iterable[str], steps: Steps = ALL) -> dict[str, int]:
    """Count the folded words of texts."""
    found: dict[str, int] = {}
    for text in texts:
        for word in words(text, steps):
            found[word] = found.get(word, 0) + 1
    return found
