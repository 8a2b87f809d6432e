"""What a sentence of a manual says: do this, this you will see, if not then that.

German and English, by the turns such texts are made of. What no turn tells is an instruction.
"""

import re
from enum import StrEnum


class Saying(StrEnum):
    """What a sentence is for."""

    INSTRUCTION = "instruction"
    INSTRUCTION_TO_DO = "instruction to do"
    """It asks for something, in so many words; outside lists only this is one."""
    EXPECTATION = "expectation"
    IF_FAILS = "if it fails"
    OTHER_WAY = "another way, if it fails"
    NOTE = "note"


_DO_DE = re.compile(
    r"(?:^|[\s,;:–*])(?!(?:sehen|bekommen|erhalten|hören|finden|können|sind|haben|werden|müssen|"
    r"sollten|brauchen|möchten|dürfen|wollen|merken|erkennen)\b)[A-ZÄÖÜa-zäöü]{2,}e?(?:n|rn|ln) "
    r"Sie\b"
)
_DO_EN = re.compile(
    r"(?:^|, |; |: |\bthen |\band )\**(?:open|press|tap|click|choose|select|go|check|enter|type|"
    r"plug|unplug|switch|turn|restart|wait|hold|let|sign|log|scan|point|confirm|remove|delete|"
    r"connect|pull|push|put|take|call|ask|write|send|set|look|try|test|move|place|change|use|note|"
    r"read|print|pack|keep|give|pick|pay|report|download|upload|install|update|save|insert|drag|"
    r"follow|make|add|tick|compare|repeat|dial|say|attach|hang|lift|stick|drop|register|fill|find|"
    r"allow|start|stop|leave|bring|order|book|return|speak|listen|charge|measure|close|disconnect|"
    r"tell|search|clear|activate|swap)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^\**(?:falls|wenn|sollten?|if|should|in case|bleibt|kommt|kommen|geht|gehen|fehlt|klappt|"
    r"erscheint|leuchtet|blinkt|sehen sie|finden sie|kennen sie|haben sie|ist|sind)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:nicht|kein|keine|keinen|keiner|nichts|not|no|nothing|never)\b|n't\b|^\**(?:fehlt|bleibt)",
    re.IGNORECASE,
)
_FAILING = re.compile(
    r"^\**(?:hilft das nicht|geht das nicht|klappt das nicht|if (?:that|this|it) (?:does not|"
    r"doesn't|fails))",
    re.IGNORECASE,
)
_SEE = re.compile(
    r"\b(?:sie (?:sehen|hören|bekommen|erhalten)|(?:sehen|hören|bekommen|erhalten) sie|"
    r"erschein(?:t|en)|leuchte(?:t|n)|blink(?:t|en)|angezeigt|geh(?:t|en) (?:\w+ ){0,2}(?:an|aus)|"
    r"öffne(?:t|n) sich|klapp(?:t|en) auf|rastet|ertönt|verschwind(?:et|en)|"
    r"wird (?:grün|lesbar|rot|sichtbar)|startet|steh(?:t|en)|"
    r"zeig(?:t|en)|lädt|piept|klickt|findet|"
    r"frag(?:t|en)|bestätig(?:t|en)|wiederhol(?:t|en)|speichert|springt|schließt|abgespielt|"
    r"begrüßt|läuft|steckt|markiert|(?:e-)?mail kommt|"
    r"you (?:see|hear|get|receive|will see|will get)|appears?|"
    r"is shown|are shown|opens?|lights? up|"
    r"lights? (?:\w+ ){0,2}(?:on|off)|goes? (?:\w+ )?(?:on|off|out)|comes? on|"
    r"blinks?|flash(?:es)?|"
    r"clicks?|shows?|displays?|displayed|turns? green|becomes?|disappears?|restarts?|starts|"
    r"is (?:on|off|green|listed|marked|steady)|are (?:on|off|green|listed|marked|steady)|loads|"
    r"arrives?|rings|finds|asks?|"
    r"confirms|repeats|saves|downloads|pops|closes|welcomes|runs|plugs straight|played|"
    r"go(?:es)? (?:out|black|dark|off)|"
    r"(?:is|are) (?:sent|open|in the \w+))\b",
    re.IGNORECASE,
)
_SITUATION = re.compile(
    r"^(?:ich|mein\w*|die|der|das|es|kein\w*|wenn|falls|i|my|the|it|no|if|when)\b|[?:]",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"^(?:wenn|falls) (?:es|das|etwas|nichts)\b.*\b(?:hilft|klappt|geht|stimmt|funktioniert)|"
    r"^(?:if|when) (?:it|that|this|something|nothing)\b.*\b(?:help|work|wrong|fail)|"
    r"^(?:noch )?(?:probleme|hilfe)\b|^(?:troubleshooting|problems|still )\b",
    re.IGNORECASE,
)


def saying(sentence: str) -> Saying:
    """Return what a sentence says.

    >>> saying("Sie sehen die Übersicht."), saying("Öffnen Sie die App.")
    (<Saying.EXPECTATION: 'expectation'>, <Saying.INSTRUCTION_TO_DO: 'instruction to do'>)
    """
    asks = bool(_DO_DE.search(sentence) or _DO_EN.search(sentence))
    if _FAILING.search(sentence) or (_CONDITION.search(sentence) and _NEGATED.search(sentence)):
        return Saying.OTHER_WAY if asks else Saying.IF_FAILS
    if asks:
        return Saying.INSTRUCTION_TO_DO
    return Saying.EXPECTATION if _SEE.search(sentence) else Saying.INSTRUCTION


def is_situation(heading: str) -> bool:
    """Say whether a part is for whoever is in one situation, and for nobody else.

    >>> is_situation("Die Lampe Internet blinkt rot"), is_situation("QR-Code aufrufen")
    (True, False)
    """
    return bool(_SITUATION.search(heading))


def is_trouble(heading: str) -> bool:
    """Say whether a part is for those whom the rest did not help.

    >>> is_trouble("Wenn es nicht hilft")
    True
    """
    return bool(_TROUBLE.search(heading))
