"""What a group is called: the words that tell it from the others, as customers write them.

c-TF-IDF: a group is one long text; a word counts by how often it stands there and how seldom
elsewhere. Words of two languages never compete with each other.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from retrieval.language.analysis import stem, stopwords
from retrieval.language.words import fold, is_code

WORDS = 4
_WORD = re.compile(r"\[[^\]\n]{1,20}\]|[^\W_]+(?:-[^\W_]+)*")
"""A word, or what stands where a person's data was."""
_SHORTEST = 2
Text = tuple[str, str]
"""A language, and redacted words."""


def names(groups: Mapping[int, Sequence[Text]]) -> dict[int, dict[str, list[str]]]:
    """Return for each group, by language, the words that tell it from all others."""
    counted = {key: _counted(texts) for key, texts in groups.items()}
    everywhere: Counter[tuple[str, str]] = Counter()
    for one in counted.values():
        everywhere.update({term: len(spelt) for term, spelt in one.items()})
    usual = sum(everywhere.values()) / max(len(groups), 1)
    return {
        key: _named(one, everywhere, usual, alone=len(groups[key]) == 1)
        for key, one in counted.items()
    }


def _named(
    one: Mapping[tuple[str, str], Sequence[str]],
    everywhere: Counter[tuple[str, str]],
    usual: float,
    *,
    alone: bool,
) -> dict[str, list[str]]:
    """Take the best words; where several speak, only those that more than one of them says."""
    weighed: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for (locale, term), spelt in one.items():
        weight = len(spelt) * math.log(1 + usual / everywhere[locale, term])
        weighed[locale].append((weight, Counter(spelt).most_common(1)[0][0]))
    said = {
        locale: sorted(words, key=lambda pair: (-pair[0], pair[1]))
        for locale, words in weighed.items()
    }
    shared = {spelling for spelt in one.values() if alone or len(spelt) > 1 for spelling in spelt}
    return {
        locale: [word for _, word in words if word in shared][:WORDS] or [words[0][1]]
        for locale, words in said.items()
    }


def _counted(texts: Sequence[Text]) -> dict[tuple[str, str], list[str]]:
    """Return the spellings of each term, one for every text it stands in."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for locale, text in texts:
        here: dict[str, str] = {}
        for spelt in _WORD.findall(text):
            folded = fold(spelt)
            if spelt[0] == "[" or len(folded) < _SHORTEST or is_code(folded):
                continue
            if folded not in stopwords(locale):
                here.setdefault(stem(folded, locale), spelt)
        for term, spelt in here.items():
            found[locale, term].append(spelt)
    return dict(found)
