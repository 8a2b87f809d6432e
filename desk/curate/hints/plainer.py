"""Words that are heavier than they need to be, each with a plain one that says the same.

Only pairs that fit in every sentence as they stand; where a plain word would need another ending,
none is offered and the word is only pointed at.
"""

import re

_DE = {
    "bzw.": "oder", "beziehungsweise": "oder", "ggf.": "wenn nötig",
    "gegebenenfalls": "wenn nötig", "sowie": "und", "lediglich": "nur", "jedoch": "aber",
    "mittels": "mit", "hierfür": "dafür", "diesbezüglich": "dazu", "seitens": "von",
    "umgehend": "sofort", "zwecks": "für", "bezüglich": "zu", "hinsichtlich": "zu",
    "aufgrund": "wegen", "nachfolgend": "hier", "vorab": "vorher", "etwaige": "mögliche",
    "i. d. r.": "meist", "i.d.r.": "meist", "u. u.": "manchmal", "u.u.": "manchmal",
    "falls erforderlich": "wenn nötig", "zum jetzigen zeitpunkt": "jetzt",
    "in der regel": "meist", "im anschluss": "danach", "anschließend": "danach",
    "zusätzlich": "auch", "ebenfalls": "auch", "bereits": "schon", "sodass": "damit",
    "verifizieren": "prüfen", "authentifizieren": "anmelden", "konfigurieren": "einstellen",
    "deinstallieren": "entfernen", "initiieren": "starten", "modifizieren": "ändern",
    "selektieren": "wählen", "terminieren": "beenden", "betätigen": "drücken",
    "inkludiert": "enthalten", "kontaktieren": "anrufen oder anschreiben",
    "endgerät": "Gerät", "endgeräte": "Geräte", "rückerstattung": "Geld zurück",
    "bereitstellung": "", "durchführung": "", "durchführen": "", "vornehmen": "",
    "kundenendgerät": "Gerät", "konnektivität": "Verbindung", "funktionalität": "Funktion",
    "problematik": "Problem", "inbetriebnahme": "Einrichtung", "störungsbeseitigung": "Reparatur",
    "credentials": "Zugangsdaten", "ticket": "Fall", "user": "Person",
}  # fmt: skip
_EN = {
    "utilize": "use", "utilise": "use", "utilizing": "using", "in order to": "to",
    "prior to": "before", "subsequently": "then", "subsequent to": "after",
    "terminate": "end", "commence": "start", "initiate": "start", "endeavour": "try",
    "ascertain": "find out", "additionally": "also", "approximately": "about",
    "in the event that": "if", "at this point in time": "now", "due to the fact that": "because",
    "with regard to": "about", "regarding": "about", "sufficient": "enough",
    "numerous": "many", "purchase": "buy", "obtain": "get", "assist": "help",
    "assistance": "help", "facilitate": "help", "modify": "change", "verify": "check",
    "ensure": "make sure", "require": "need", "requires": "needs", "via": "by",
    "navigate to": "go to", "locate": "find", "attempt": "try", "furthermore": "also",
    "however": "but", "therefore": "so", "whilst": "while", "please note that": "",
    "authenticate": "sign in", "configure": "set up", "depress": "press",
    "functionality": "function", "connectivity": "connection", "credentials": "sign-in details",
    "ticket": "case", "end user": "person", "aforementioned": "",
}  # fmt: skip


def _pattern(words: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    any_of = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<![\w-])(?:{any_of})(?![\w-])", re.IGNORECASE)


PLAINER = {"de": (_pattern(_DE), _DE), "en": (_pattern(_EN), _EN)}
"""By language: what finds the heavy words, and the plain ones by them."""
