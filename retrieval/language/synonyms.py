"""Words that mean the same, by language: a question with one of them asks for the others, too.

A member of a group may be several words ("kein Netz"). Members are compared by their stems, so a
group needs each word once. What a group says is never indexed: a change counts at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from retrieval.language.analysis import stem
from retrieval.language.common_words import common_words
from retrieval.language.steps import ALL, Steps
from retrieval.language.stopwords import STOPWORDS
from retrieval.language.words import Token, tokens

_Stems = tuple[str, ...]
_MOST_WORDS = 5


class Synonyms:
    """The groups of one language, ready to be looked up."""

    def __init__(
        self, groups: Sequence[Sequence[str]] = (), locale: str = "de", steps: Steps = ALL
    ) -> None:
        self._locale = locale
        self._steps = steps
        self._others: dict[_Stems, dict[tuple[str, ...], None]] = {}
        for group in groups:
            members = [words for words in map(self._words, group) if words]
            for own in members:
                others = self._others.setdefault(self._stems(own), {})
                others.update(dict.fromkeys(words for words in members if words != own))
        self._longest = max(map(len, self._others), default=0)

    def found_in(
        self, asked: Sequence[Token], corrected: Mapping[str, str]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield for each member that stands in a question: as it was spelt, and another member.

        Args:
            asked: the question without its stop words, in order.
            corrected: misspelt words of it, and what is taken for them.
        """
        stems = self._stems([corrected.get(one.word, one.word) for one in asked])
        for length in range(1, self._longest + 1):
            for start in range(len(stems) - length + 1):
                for other in self._others.get(stems[start : start + length], ()):
                    yield asked[start].spelt, other
        for one in asked:  # of what is joined by a hyphen, each part
            for part in one.parts:
                for other in self._others.get(self._stems([part]), ()):
                    yield one.spelt, other

    def _words(self, member: str) -> tuple[str, ...]:
        stopwords = STOPWORDS.get(self._locale, frozenset())
        words = [one.word for one in tokens(member, self._steps)]
        return tuple([w for w in words if w not in stopwords] or words)[:_MOST_WORDS]

    def _stems(self, words: Sequence[str]) -> _Stems:
        return tuple(stem(word, self._locale, self._steps) for word in words)


NONE = Synonyms()


@lru_cache(maxsize=16)
def synonyms_of(groups: tuple[tuple[str, ...], ...], locale: str, steps: Steps = ALL) -> Synonyms:
    """Return groups and common words ready to be looked up; made once, until they change."""
    known = common_words(locale) if steps.common_words else ()
    return Synonyms((*known, *groups), locale, steps)
