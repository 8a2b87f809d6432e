"""What a statement affirms or denies: by negations, and by words that are opposites."""

import re
from dataclasses import dataclass, field

from retrieval.language.words import fold

_CLAUSE = re.compile(r"[,;:.!?]\s|\s(?:aber|sondern|but|however)\s")
_IF = re.compile(r"\b(?:wenn|falls|sofern|sollte[nst]?|ob|if|unless|whether|in case)\b")
_IN_PASSING = re.compile(r"\((?=[^)]*\b(?:nicht|kein\w*|not|no)\b)[^)]*\)")
"""What a parenthesis denies is said of something else: the value (not the name)."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_NOT = {
    "de": frozenset("nicht kein keine keinen keinem keiner keines nie niemals weder".split()),
    "en": frozenset("not no never cannot none neither nor nowhere stops".split()),
}
_ONLY = re.compile(
    r"\b(?:nicht nur|not only|nicht mehr als|no more than|no later than|nicht später"
    r"|nicht vergessen|do not forget|don't forget|kein problem|no problem|oder nicht|or not)\b"
)
_OPPOSITES: dict[str, dict[str, tuple[str, str]]] = {
    "de": {
        "cost": (
            r"kostenpflichtig\w*|kostet|kosten fallen an|gegen gebühr|gebührenpflichtig\w*",
            r"kostenlos\w*|kostenfrei\w*|gratis|umsonst|ohne aufpreis|gebührenfrei\w*",
        ),
        "keep": (
            r"(?:bleib\w* (?:\w+ )?)?erhalten|bleib\w* gespeichert|behalten",
            r"gelöscht|gehen verloren|verloren|entfernt",
        ),
        "need": (
            r"nötig\w*|notwendig\w*|erforderlich\w*|müssen|muss|brauchen|benötig\w*|pflicht",
            r"ohne|freiwillig|optional|überflüssig",
        ),
        "allow": (r"erlaubt\w*|gestattet\w*|zulässig\w*|dürfen|darf", r"verboten\w*|untersagt\w*"),
        "can": (r"möglich\w*|können|kann|lässt sich|lassen sich", r"unmöglich\w*|ausgeschlossen"),
        "auto": (
            r"automatisch\w*|von selbst|selbsttätig",
            r"manuell\w*|von hand|selbst einschalten",
        ),
        "valid": (r"gültig\w*", r"ungültig\w*|abgelaufen\w*"),
        "always": (r"immer|jederzeit|stets", r"nie|niemals"),
        "before": (r"vorher|bevor|vor dem|vor der", r"nachher|nachdem|nach dem|nach der"),
        "included": (r"inklusive|enthalten|inbegriffen", r"exklusive|zuzüglich"),
    },
    "en": {
        "cost": (
            r"costs?|charged|chargeable|for a fee|fees? appl\w+",
            r"free|free of charge|at no cost",
        ),
        "keep": (r"kept|keeps?|remains?|preserved|retained", r"deleted|erased|lost|removed|wiped"),
        "need": (
            r"required|needs?|necessary|must|mandatory|have to",
            r"without|optional|voluntary",
        ),
        "allow": (r"allowed|permitted|may", r"forbidden|prohibited|banned"),
        "can": (r"possible|can|able", r"impossible|cannot|can't|unable"),
        "auto": (r"automatically|by itself|automatic", r"manually|by hand|manual"),
        "valid": (r"valid", r"invalid"),
        "expire": (r"expires?|expired|runs? out", r"unlimited validity|no expiry"),
        "always": (r"always|at any time", r"never"),
        "before": (r"before|beforehand", r"after|afterwards"),
        "included": (r"included|includes?|inclusive", r"excluded|excludes?|excluding"),
    },
}
_COMPILED = {
    locale: {
        name: (re.compile(rf"\b(?:{yes})\b"), re.compile(rf"\b(?:{no})\b"))
        for name, (yes, no) in pairs.items()
    }
    for locale, pairs in _OPPOSITES.items()
}
_REACH_BEFORE = {"de": 6, "en": 2}
_REACH_AFTER = {"de": 6, "en": 1}
"""Words between a negation and what it denies."""


@dataclass(frozen=True)
class Claims:
    """What is affirmed (1) or denied (-1), by the name of a pair of opposites."""

    poles: dict[str, int] = field(default_factory=dict)
    is_denied: bool = False
    """It has a negation at all."""
    is_conditional: bool = False
    """Part of it is asked or supposed: what is left says less than its words do."""
    words: frozenset[str] = frozenset()
    """The words that say so; they are not what the statement is about."""
    spelt: tuple[str, ...] = ()
    """The same as they stand there, to be marked."""

    def __hash__(self) -> int:
        return hash((tuple(sorted(self.poles.items())), self.is_denied, self.spelt))


def claims(text: str, locale: str) -> Claims:
    """Return what a text claims.

    >>> claims("Der Versand ist nicht kostenlos.", "de").poles
    {'cost': 1}
    """
    poles: dict[str, int] = {}
    found: list[str] = []
    is_denied = is_conditional = False
    is_question = text.rstrip().endswith("?")
    for clause in _CLAUSE.split(_ONLY.sub(" ", _IN_PASSING.sub(" ", _lowered(text)))):
        if is_question or _IF.search(clause):
            is_conditional = True
            continue  # it is asked or supposed, and not said
        denied = _denials(clause, locale)
        is_denied = is_denied or len(denied) % 2 == 1
        found += [match.group() for match in denied]
        for name, (yes, no) in _COMPILED.get(locale, {}).items():
            said, unsaid = yes.search(clause), no.search(clause)
            match = said or unsaid
            if match is None or (said and unsaid):
                continue
            flips = sum(_reaches(one, match, clause, locale) for one in denied)
            poles[name] = (1 if said else -1) * (-1) ** flips
            found.append(match.group())
    return Claims(
        poles,
        is_denied=is_denied,
        is_conditional=is_conditional,
        words=frozenset(_words_of(found)),
        spelt=tuple(dict.fromkeys(found)),
    )


def _denials(clause: str, locale: str) -> list[re.Match[str]]:
    negations = _NOT.get(locale, frozenset())
    return [
        match
        for match in _WORD.finditer(clause)
        if match.group() in negations or (locale == "en" and match.group().endswith("n't"))
    ]


def _reaches(denial: re.Match[str], said: re.Match[str], clause: str, locale: str) -> bool:
    """Say whether a negation is about these words: English keeps the two together."""
    if said.start() <= denial.start() < said.end():
        return False  # it is one of the words themselves: never, cannot
    between = clause[min(denial.end(), said.end()) : max(denial.start(), said.start())]
    apart = len(_WORD.findall(between))
    is_before = denial.start() < said.start()
    return apart <= (_REACH_BEFORE[locale] if is_before else _REACH_AFTER[locale])


def opposed(one: Claims, other: Claims) -> list[str]:
    """Return the names of what one affirms and the other denies."""
    return [name for name, sign in one.poles.items() if other.poles.get(name) == -sign]


def _words_of(spelt: list[str]) -> set[str]:
    return {fold(word) for phrase in spelt for word in _WORD.findall(phrase)}


def _lowered(text: str) -> str:
    return text.casefold().replace("’", "'")
