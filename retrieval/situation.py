"""What a case is about, in the customer's own sentences: wanted, tried, still open.

Nothing is put into words here: every sentence stands in a message. Sentences that tell what was
tried are found by rules, in German and English; where the rules are not sure, they say nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.index.sentences import sentences
from retrieval.language import mail
from retrieval.language.analysis import terms

MOST_TRIED = 6
_MOST_WANTED = 2
_LONGEST = 240
_ASKS = re.compile(r"\?(?=\W|$)")
_TELLING = 0.9
"""What a sentence must be worth to be shown beside another."""
_SHARED = 2
"""Words a sentence must share with a title to be about the same."""
_SHORTEST = 3
"""Words from which on a sentence says something by itself."""

_DONE_DE = r"""versucht|(?:aus)?probiert|(?:neu)?gestartet|resettet|zurückgesetzt|gezogen|getrennt
|(?:aus|ein|um|ab|an)gesteckt|gewechselt|(?:aus)?getauscht|gelöscht|(?:de|neu)?installiert
|aktualisiert|(?:über)?prüft|geprüft|kontrolliert|nach(?:gesehen|geschaut|geguckt)|geguckt
|gemacht|(?:nach)?gedrückt|eingegeben|angerufen|(?:aus|ein|an|ab)geschaltet|(?:aus|an)gemacht
|(?:ab|an)gemeldet|befolgt|umgestellt|(?:um|ein)gestellt|getestet|gekoppelt|gescannt|gerüttelt
|(?:raus|heraus)genommen|eingelegt"""
_DONE_EN = r"""tried|restarted|re-?booted|unplugged|replugged|reset|re-?installed|replaced|swapped
|checked|cleared|toggled|re-?connected|re-?paired|followed|(?:switched|turned|switch't)\b.{0,30}\b(?:off|on|aff|an)
|taken\s+\w+\s+out|took\b.{0,30}\bout|updated|logged\s+(?:out|in)"""
_THING = r"(?:neu|re)?start\w*|reset\w*|flugmodus|flight\s?mode|airplane\s?mode|reboot\w*"
_TIMES = r"(?:x\s?\d{1,2}|\d{1,2}\s?(?:x|mal\b|times\b)|(?:zwei|drei|vier|fünf)ma[l ])"

_TRIED = re.compile(
    rf"""
    \b(?:ich|wir|isch)\b[^.!?]{{0,80}}?\b(?:hab\w*|hatte\w*)\b[^!?]*?\b(?:{_DONE_DE})\b
    |\b(?:hab\w{{0,2}}|hobe?)['’]?s?\b[^!?]*?\b(?:{_DONE_DE})\b
    |\b(?:{_DONE_DE})\b[^.!?]{{0,20}}\bhab[es]?\b(?!\s(?:sie|ihr)\b)
    |\b(?:schon|bereits|auch)\b[^!?]*?\b(?:{_DONE_DE})\b
    |\b(?:i|we|ah|i['’]?ve|ah['’]?ve|we['’]?ve)\b[^!?]{{0,60}}?\b(?:{_DONE_EN})\b
    |(?:^\W*|[.;,]\s+)(?:also\s+|already\s+|just\s+)?(?:{_DONE_EN})\b
    |\balready\b[^!?]*?\b(?:{_DONE_EN})\b
    |\b(?:other|another|different)\s\w+\stried\b|\b(?:{_THING})\W*{_TIMES}|{_TIMES}\s?(?:{_THING})
    |\b\w+\s{_TIMES}(?=\W|$)|{_TIMES}\s(?:{_DONE_DE})
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOT_TRIED = re.compile(
    r"""\?\s*["'”“»]?$|\b(?:noch\s+)?(?:nicht|nie|nichts)\s+(?:versucht|probiert|gemacht)\b
    |\b(?:haben|hat)\s+(?:sie|die|er|ihr|ein|der|das|man)\b|\b(?:ihr|sie)\s+hab(?:t|en)\b
    |\b(?:have|did)\s+(?:you|they)\b|\b(?:you|they)\b[^.]{0,20}\b(?:tried|checked|updated)\b
    |\b(?:not|never|haven['’]t|didn['’]t)\s+(?:\w+\s)?(?:tried|try|checked)\b
    |\bto\s+(?:have|be)\b|\bwill\b|\bsoll(?:te)?\b
    |\b(?:eigentlich|bestellt|bezahlt|überwiesen|gekündigt|sorgen)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WANTS = re.compile(
    r"""\b(?:möchte\w*|will|woll(?:en|te)|würde\w*|brauch\w*|bitte|hätte|können\s+sie|kann\s+ich|wie
    |wo|wann|warum|weshalb|was|want|need|would|could|can\s+(?:i|you)|please|how|where|when|why|what)
    \b""",
    re.IGNORECASE | re.VERBOSE,
)
_TROUBLE = re.compile(
    r"""\b(?:nicht|kein\w*|nie|nix|nüscht|fehler\w*|problem\w*|kaputt|tot|weg|langsam|lahm|rot
    |abgelehnt|gesperrt|falsch|geht\s+nicht|not|no|never|cannot|\w+n['’]t|error\w*|broken|slow|dead
    |wrong|refused|locked|fail\w*|lost|missing|red)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_THANKS = re.compile(
    r"^\W*(?:(?:vielen|herzlichen|besten)\s+)?(?:danke?|merci|thanks?|thank\s+you|cheers|super|top)\b",
    re.IGNORECASE,
)
_SMALL = re.compile(r"(?<=\w{3}[.!?])\s+(?=[a-zäöü])")
"""Where a sentence ends for whoever writes all in small letters."""
_LONG = 90
_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True)
class Utterance:
    """One message everybody in the case can read."""

    is_customers: bool
    text: str


@dataclass(frozen=True)
class Situation:
    """What matters of a case; every text is a sentence of its customer."""

    wanted: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    """What was asked after our last answer, or said, where nothing was asked."""
    is_answered: bool = False
    """The last word is ours."""


def situation(subject: str, said: Sequence[Utterance]) -> Situation:
    """Return what a case is about, from its messages in order.

    >>> situation("WLAN", [Utterance(True, "WLAN ist weg. Neu gestartet hab ich schon.")]).wanted
    ('WLAN ist weg.',)
    """
    theirs = [one.text for one in said if one.is_customers]
    tried = tuple(tried_in(theirs))
    answered = [at for at, one in enumerate(said) if not one.is_customers]
    since = said[answered[-1] + 1 :] if answered else said
    return Situation(
        wanted=_wanted(subject, theirs[:1], tried) or _wanted(subject, theirs, tried),
        tried=tried,
        open=_open([one.text for one in since], tried),
        is_answered=bool(answered) and not since,
    )


def tried_in(texts: Iterable[str]) -> list[str]:
    """Return the sentences that tell what was tried, latest last, each once.

    >>> tried_in(["Ich habe den Router schon zweimal neu gestartet. Was nun?"])
    ['Ich habe den Router schon zweimal neu gestartet.']
    """
    found = dict.fromkeys(
        _cut(sentence)
        for text in texts
        for sentence in _sentences(text)
        if _TRIED.search(sentence) and not _NOT_TRIED.search(sentence)
    )
    return list(found)[-MOST_TRIED:]


def named_in(title: str, tried: Sequence[str], locale: str) -> str:
    """Return the sentence that may say that just this was tried, or nothing.

    >>> named_in("Router neu starten", ["Ich habe den Router schon neu gestartet."], "de")
    'Ich habe den Router schon neu gestartet.'
    """
    wanted = set(terms(title, locale))
    for sentence in reversed(tried):
        shared = wanted & set(terms(sentence, locale))
        if len(shared) >= _SHARED and len(shared) >= len(wanted) / 2:
            return sentence
    return ""


def _wanted(subject: str, texts: Sequence[str], tried: Sequence[str]) -> tuple[str, ...]:
    """Return the sentences that say best what it is about, in the order they came."""
    told = [one for text in texts for one in _sentences(text) if _cut(one) not in tried]
    about = {word.casefold() for word in _WORD.findall(subject)}
    worth = [_worth(one, at, about) for at, one in enumerate(told)]
    best = sorted(range(len(told)), key=lambda at: (-worth[at], at))[:_MOST_WANTED]
    least = [max(worth, default=0.0), _TELLING]
    return tuple(_cut(told[at]) for at in sorted(best) if 0 < worth[at] >= min(least))


def _worth(sentence: str, place: int, about: set[str]) -> float:
    words = sentence.split()
    if len(words) < _SHORTEST or _THANKS.match(sentence):
        return 0.0
    shared = len(about & {word.casefold() for word in _WORD.findall(sentence)})
    asks = 1.5 * bool(_ASKS.search(sentence)) + 1.0 * bool(_WANTS.search(sentence))
    return asks + 1.2 * bool(_TROUBLE.search(sentence)) + 0.6 * min(shared, 3) + 0.5 / (place + 1)


def _open(texts: Sequence[str], tried: Sequence[str]) -> tuple[str, ...]:
    told = [one for text in texts for one in _sentences(text)]
    asked = [one for one in told if _ASKS.search(one)]
    if asked:
        return tuple(_cut(one) for one in asked[-_MOST_WANTED:])
    rest = [one for one in told if _cut(one) not in tried and not _THANKS.match(one)]
    telling = [one for one in rest if _TROUBLE.search(one) or _WANTS.search(one)]
    return tuple(_cut(one) for one in (telling or rest)[-1:])


def _sentences(text: str) -> Iterator[str]:
    for sentence in sentences(mail.matter(text)):
        for part in _SMALL.split(sentence) if len(sentence) > _LONG else [sentence]:
            if len(part) > 1:
                yield " ".join(part.split())


def _cut(sentence: str) -> str:
    if len(sentence) <= _LONGEST:
        return sentence
    return sentence[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:–-") + " …"
