"""The verb a German word comes from: gesperrt, sperrt and Sperrung all speak of sperren.

The stemmer cuts endings only. Here are a few rules of how words are made; a lexicon says where
they hold, for a rule alone would make an internal thing of the Internet.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from retrieval.language.words import written_out

_PREFIX = "zurueck|weiter|frei|fest|ein|auf|aus|vor|nach|her|hin|weg|los|mit|an|ab|um|bei|zu"
_NOUN = re.compile(r"(.{4,}?)ung(?:en|s)?")
_PARTICIPLE = re.compile(rf"({_PREFIX}|)ge(.{{3,}}?)(t|te|ter|tes|ten|tem|en|ene|ener|enes|enem)")
_WITH_ZU = re.compile(rf"({_PREFIX})zu(.{{3,}}e?n)")
_PRESENT = re.compile(r"(.{4,}?)t")
_MADE_OF = {
    "bruch": "brechen", "fall": "fallen", "flug": "fliegen", "gabe": "geben", "gang": "gehen",
    "griff": "greifen", "kunft": "kommen", "lage": "legen", "nahme": "nehmen", "ruf": "rufen",
    "schlag": "schlagen", "schluss": "schliessen", "schrift": "schreiben", "sicht": "sehen",
    "trag": "tragen", "tritt": "treten", "wurf": "werfen", "zug": "ziehen",
}  # fmt: skip
_FORMED = re.compile(rf"({_PREFIX})({'|'.join(_MADE_OF)})(?:e|en|es|s)?")
"""Umzug and umziehen, Abbruch and abbrechen: nouns made with another vowel."""
_NEEDS_E = re.compile(r".*(?:[td]|[bcdfghkmpst][nm])e")
"""Meldet, öffnet, atmet: an e before the t that is no part of the verb's stem elsewhere."""


SEPARABLE = frozenset(_PREFIX.replace("ue", "ü").split("|")) | frozenset(_PREFIX.split("|"))
"""Beginnings of verbs that stand at the end of a clause: ich ziehe um."""


class Relatives:
    """The words of a corpus that come from one verb."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._known = {written_out(word) for word in vocabulary if word.isalpha()}
        self._families: dict[str, dict[str, None]] = {}
        for word in sorted(self._known):
            verb = verb_of(word, self._known.__contains__)
            for one in (verb,) if verb else _behind_noun(word):
                self._families.setdefault(one, {})[word] = None

    def of(self, word: str) -> Iterable[str]:
        """Return the words that come from the same verb, umlauts written out; not the word."""
        word = written_out(word)
        verb = verb_of(word, self._known.__contains__) or word
        family = [*self._families.get(verb, ()), verb]
        return [other for other in family if other != word and other in self._known]


def verb_of(word: str, knows: Callable[[str], bool]) -> str | None:
    """Return the infinitive behind a word, if the words known speak for it; umlauts written out.

    >>> verb_of("eingerichtet", {"einrichten"}.__contains__)
    'einrichten'
    """
    formed = _FORMED.fullmatch(word)
    if formed and knows(formed[1] + _MADE_OF[formed[2]]):
        return formed[1] + _MADE_OF[formed[2]]
    for stem in _stems(word):
        for infinitive in _infinitives(stem):
            if infinitive != word and knows(infinitive):
                return infinitive
        noun = stem.removesuffix("e") + "ung"
        if noun != word and knows(noun):
            return _infinitives(stem)[0]
    return None


def whole_verbs(form: str, prefix: str) -> tuple[str, ...]:
    """Return the infinitives of which both may be the halves; umlauts written out.

    >>> whole_verbs("richte", "ein")
    ('einrichten', 'einrichteen')
    """
    stem, prefix = written_out(form), written_out(prefix)
    shorter = stem.removesuffix("st") if stem.endswith("st") else stem.removesuffix("t")
    forms = [stem.removesuffix("e"), shorter.removesuffix("e"), stem]
    return tuple(dict.fromkeys(prefix + one + "en" for one in forms if len(one) > 2))  # noqa: PLR2004


def _stems(word: str) -> Iterator[str]:
    found = _PARTICIPLE.fullmatch(word)
    if found:
        yield found[1] + found[2]
    found = _WITH_ZU.fullmatch(word)
    if found:
        yield found[1] + found[2].removesuffix("n").removesuffix("e")
    found = _NOUN.fullmatch(word)
    if found:
        yield found[1]
    found = _PRESENT.fullmatch(word)
    if found and (not found[1].endswith("e") or _NEEDS_E.fullmatch(found[1])):
        yield found[1]


def _behind_noun(word: str) -> tuple[str, ...]:
    """Return the verbs a noun may come from, though the corpus has none of them."""
    formed = _FORMED.fullmatch(word)
    if formed:
        return (formed[1] + _MADE_OF[formed[2]],)
    found = _NOUN.fullmatch(word)
    return _infinitives(found[1]) if found else ()


def _infinitives(stem: str) -> tuple[str, ...]:
    """Return how the infinitive may be written; the first one is the likeliest."""
    if stem.endswith("e"):
        return (f"{stem}n",)
    if stem.endswith(("er", "el")):
        return (f"{stem}n", f"{stem}en")
    return (f"{stem}en", f"{stem}n")
