"""The words by which a follow-up is known, in German and English."""

import re
from dataclasses import dataclass

DEVICE = re.compile(
    r"""\b(?:iphone|ipad|ios|android|samsung|galaxy|pixel|huawei|xiaomi|windows|mac(?:book|os)?
    |linux|laptop|notebook|pc|computer|rechner|tablet|handy|smartphone|mobile|phone|fernseher|tv
    |browser|chrome|firefox|safari|edge|outlook|thunderbird|fritz!?box)\b""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Grammar:
    """What has to be known of a language."""

    opener: re.Pattern[str]
    """What leads to a new aspect: and, what about, does that also work."""
    preposition: re.Pattern[str]
    """An aspect that begins with a preposition."""
    place: re.Pattern[str]
    """A preposition with what it goes with, inside a question."""
    bare: re.Pattern[str]
    """Nothing but a question word."""
    pronoun: re.Pattern[str]
    """A word that stands for something said before."""
    thing: re.Pattern[str]
    """What is done with things, so that the thing may stand where the pronoun is."""
    verb: re.Pattern[str]
    """A word that makes a sentence of an aspect."""


_DE_ARTICLE = (
    r"(?:d(?:er|ie|as|en|em)|(?:m|d|s|k)?ein(?:e[mnrs]?)?|unser(?:e[mnrs]?)?|[iI]hr(?:e[mnrs]?)?)"
)
_DE_NOUN = r"(?:[A-ZÄÖÜ0-9]|i(?=[A-Z]))[\w!.-]*(?:[ ](?:[A-ZÄÖÜ0-9]|i(?=[A-Z]))[\w-]*)*"
_DE_BEFORE = r"(?:auf|bei|beim|am|an|im|in|ins|aufs|unter|mit|für|fürs|ohne|von|vom|nach|aus|per)"
_DE_LITTLE = (
    r"(?:auch|noch|denn|nicht|jetzt|schon|so|hier|dann|immer|etwas|extra|wieder|überhaupt"
    r"|eigentlich|bei|beim|auf|mit|für|im|in|am|an|ohne|von|vom|nach|online|kostenlos|sofort|selbst"
    r"|alles|normal|möglich|sein|rückgängig|später|machen|ändern|tun|gehen|funktionieren|dauern"
    r"|kosten|kündigen|löschen|finden|bestellen|sehen|sperren|bezahlen|zurückgeben|zurücksetzen"
    r"|umtauschen|aktivieren|neu|ein|aus|ab|zurück|wert|teuer|sicher|wichtig|schlimm|weg)"
)
_EN_BEFORE = r"(?:on|in|at|with|without|for|from|under|via|by|abroad|using|outside|inside|during)"
_EN_STOP = rf"(?:{_EN_BEFORE}|to|and|or|if|when|is|are|not|so|up|again|back|off|be|been|that)"
_EN_LITTLE = (
    r"(?:also|too|again|not|now|still|here|then|ever|on|in|at|with|without|for|from|to|by|online"
    r"|free|work|works|take|takes|cost|costs|happen|happens|apply|mean|means|safe|possible|normal"
    r"|expensive|important|be|is|are|back|off|up|over|myself|later)"
)

GERMAN = Grammar(
    opener=re.compile(
        r"""(?:(?:und|oder|aber|ok(?:ay)?|danke|gut|also|dann)\b[,.!]?\s*)*
        (?:(?:was\ ist
            |wie\ (?:ist|sieht|schaut|geht|läuft|macht)(?:\ man)?(?:\ (?:es|das))?(?:\ aus)?
            |(?:gilt|geht|funktioniert|klappt)\ (?:das|es)|kann\ man\ das)
        (?:\ (?:denn|eigentlich|auch|dann))*\s+)?
        (?:mit\ (?=(?:dem|der|den|einem|einer|meinem|meiner)\b))?""",
        re.IGNORECASE | re.VERBOSE,
    ),
    preposition=re.compile(rf"(?:auch\s+)?{_DE_BEFORE}\s", re.IGNORECASE),
    place=re.compile(
        rf"\b(?P<preposition>{_DE_BEFORE})\s(?:{_DE_ARTICLE}\s)?(?:[a-zäöüß]+e[nrms]?\s)?{_DE_NOUN}"
    ),
    bare=re.compile(
        r"""(?:warum|wieso|weshalb|wann|wo|wohin|woher|womit|wer|wieviel
        |wie\ (?:lange|viel|oft|teuer|genau|schnell)|ab\ wann|bis\ wann|seit\ wann|und\ dann)
        (?:\ (?:nicht|denn|genau|dann|eigentlich))*""",
        re.IGNORECASE | re.VERBOSE,
    ),
    pronoun=re.compile(
        rf"""\b(?:(?<![gG]ibt\ )es(?!\ gibt)|ihn|ihm|dies|damit|dafür|davon|dabei|dazu|daran
        |darauf|danach|dort|er|(?:[dD]as|[dD]en|[dD]ie|[dD]iese[ns]?)(?=\s*(?:$|,|{_DE_LITTLE}\b))
        |(?<![hH]aben\ )(?<![kK]önnen\ )(?<![bB]ieten\ )
            (?<![sS]ind\ )(?<![wW]erden\ )(?<![vV]erkaufen\ )sie)\b""",
        re.VERBOSE,
    ),
    thing=re.compile(
        r"""kost|teuer|find|kündig|bestell|änder|lösch|bekomm|kauf|zurück(?:geb|setz|schick)|aktivier
        |sperr|wechsel|brauch|zahl|\bseh|lade|tausch|reparier|schick|verläng|wo\ (?:ist|sind|steht)
        |kommt|start""",
        re.IGNORECASE | re.VERBOSE,
    ),
    verb=re.compile(
        r"""\b(?:ich|wir|man|wie|was|wann|warum|wo|welche[nrsm]?|wer|ist|sind|kann|muss|habe?n?|hat
        |geht|gibt|kostet|darf|soll|will|möchte|brauche?|funktioniert|dauert|wird|werden)\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
)
ENGLISH = Grammar(
    opener=re.compile(
        r"""(?:(?:and|or|but|ok(?:ay)?|thanks|so|then|also)\b[,.!]?\s*)*
        (?:(?:what|how)\ about\s+|what\ if\ it(?:['’]s|\ is)\s+
            |(?:does|do|will|would|can)\ (?:it|this|that)\ (?:also\ )?(?:work|apply|go|happen)\s+
             (?:also\ |too\ )?
            |is\ (?:it|this|that)\ (?:also\ )?(?:the\ same|true|possible)\s+)?""",
        re.IGNORECASE | re.VERBOSE,
    ),
    preposition=re.compile(rf"(?:also\s+)?{_EN_BEFORE}\b", re.IGNORECASE),
    place=re.compile(
        rf"\b(?P<preposition>{_EN_BEFORE})\s(?:(?!{_EN_STOP}\b)[\w'’.!-]+(?:\s|$)){{1,4}}",
        re.IGNORECASE,
    ),
    bare=re.compile(
        r"""(?:why|when|where|who|how(?:\ (?:long|much|many|often|exactly|fast|soon|come))?
        |since\ when|and\ then|what\ then)(?:\ (?:not|exactly|then))*""",
        re.IGNORECASE | re.VERBOSE,
    ),
    pronoun=re.compile(
        rf"""\b(?:it(?!\ (?:is\ )?(?:possible|ok|okay|true)\b)|its|they|them
        |there(?!\ (?:is|are|a|an|any)\b)
        |(?:this|that|these|those|one)(?=\s*(?:$|,|{_EN_LITTLE}\b)))\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
    thing=re.compile(
        r"""\b(?:cost|expensive|find|cancel|order|change|delete|get|buy|return|reset|restart|activate
        |block|unblock|need|pay|see|download|exchange|replace|repair|send|extend|arrive|come
        |where\ (?:is|are))""",
        re.IGNORECASE | re.VERBOSE,
    ),
    verb=re.compile(
        r"""\b(?:i|we|you|how|what|when|why|where|which|who|is|are|can|do|does|must|have|has|should
        |will|would|need|want|cost|costs|takes?)\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
)

GERMAN_THING = re.compile(
    rf"(?:(?<=\s)|^)(?P<article>(?:m|k)?eine?n?|d(?:ie|as|en|er)|unseren?|[iI]hren?)\s"
    rf"(?P<rest>(?:[a-zäöüß]+e[nrs]?\s)?{_DE_NOUN})"
)
GERMAN_NAME = re.compile(rf"(?<=\s)(?!Sie\b|Ihnen\b|Ich\b){_DE_NOUN}")
GERMAN_BEFORE = re.compile(rf"\b{_DE_BEFORE}\s$")
ENGLISH_THING = re.compile(
    rf"\b(?:my|the|an?|your|our)\s(?:(?!{_EN_STOP}\b)[\w'’.-]+(?:\s|$)){{1,3}}", re.IGNORECASE
)
AS_SUBJECT = re.compile(r"\b(kost|teuer|wo (?:ist|sind|steht)|kommt)", re.IGNORECASE)
PARTICLE = re.compile(
    r"\s((?:neu\s)?(?:ein|aus|an|ab|auf|um|zu|zurück|neu|nach|vor|mit|weiter|los|hoch|fest|frei)"
    r"|(?:neu\s)?[a-zäöüß]+(?:en|eln|ern))$"
)
"""What a German sentence ends with, so that what is added comes before it."""
