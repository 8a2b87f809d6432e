"""What a collection's own words allow: splitting compounds and mending misspelt words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from retrieval.engines.protocols import LexicalStore
from retrieval.language.analysis import stem
from retrieval.language.compounds import Splitter
from retrieval.language.spelling import Speller
from retrieval.language.words import words


@dataclass(frozen=True)
class Lexicon:
    """The words of one collection."""

    vocabulary: Mapping[str, int]
    splitter: Splitter
    speller: Speller
    stems: frozenset[str]

    def knows(self, word: str, locale: str) -> bool:
        """The word, or another form of it, stands in the collection."""
        return word in self.vocabulary or stem(word, locale) in self.stems


class Lexicons:
    """Lexicons by collection, made anew only when the vocabulary has grown."""

    def __init__(self, lexical: LexicalStore) -> None:
        self._lexical = lexical
        self._made: dict[str, Lexicon] = {}

    def of(self, collection: str, locale: str) -> Lexicon:
        vocabulary = self._lexical.vocabulary(collection)
        made = self._made.get(collection)
        if made is None or made.vocabulary is not vocabulary:
            made = Lexicon(
                vocabulary,
                Splitter(vocabulary),
                Speller(vocabulary),
                frozenset(stem(word, locale) for word in vocabulary),
            )
            self._made[collection] = made
        return made


def counted(texts: Iterable[str]) -> dict[str, int]:
    """Count the folded words of texts."""
    found: dict[str, int] = {}
    for text in texts:
        for word in words(text):
            found[word] = found.get(word, 0) + 1
    return found
