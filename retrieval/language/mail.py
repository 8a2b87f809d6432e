"""What a customer wrote, without what stands around it in a mail.

Greeting, signature and quoted earlier mails say nothing about the matter, but a search would take
their words for it. Lines may be lost on the way here, so a mail on one line is understood, too.
"""

import re

_SHORTEST = 12
"""Words that must stand before a closing, so that it is one."""
_QUOTED = re.compile(r"^[ \t]*(?:>|\|).*$", re.MULTILINE)
_EARLIER = re.compile(
    r"""-{2,}\s*(?:ursprüngliche|original|weitergeleitete|forwarded)\s+(?:nachricht|message)\s*-{2,}
    |_{10,}
    |\bAm\s(?=[^.!?\n]{0,15}\d)[^\n]{5,80}?\bschrieb\b[^:\n]{0,60}:
    |\bOn\s(?=[^!?\n]{0,20}\d)[^\n]{5,80}?\bwrote\s*:
    |\b(?:Von|From):\s[^\n]{3,80}?\s(?:Gesendet|Datum|Sent|Date|An|To):\s""",
    re.IGNORECASE | re.VERBOSE,
)
_CLOSING = re.compile(
    r"""(?:^|(?<=[\s.,!?]))(?:
    (?:mit\s)?(?:\w+\s)?(?:freundlichen?|besten?|vielen|lieben?|herzlichen?|schönen?)\sgrü(?:ß|ss)en?
    |(?:viele|liebe|schöne|beste|herzliche)\sgrü(?:ß|ss)e|mfg|hochachtungsvoll|gru(?:ß|ss)(?=[\s,])
    |(?:kind|best|warm)\sregards|yours\s(?:sincerely|faithfully|truly)|sincerely|cheers(?=[\s,])
    |gesendet\svon\smeinem|von\smeinem\s\w+\sgesendet|sent\sfrom\smy
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_GREETING = re.compile(
    r"""\s*(?:
    (?:sehr\s)?geehrte[rs]?\s[^,!.\n]{2,80}[,!]
    |(?:guten\s(?:tag|morgen|abend)|hallo|moin|servus|liebe[rs]?\s)[^,!.\n?]{0,40}[,!]
    |(?:dear|hello|hi|hey|good\s(?:morning|afternoon|evening))\b[^,!.\n?]{0,40}[,!]
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)


def matter(text: str) -> str:
    r"""Return the text without greeting, signature and quoted mails; all of it if none is left.

    >>> matter("Hallo Team,\nmein WLAN ist langsam.\n> Ihre Anfrage vom Montag")
    'mein WLAN ist langsam.'
    """
    rest = _QUOTED.sub("", text)
    rest = _before(rest, _EARLIER, at_least=1)
    rest = _before(rest, _CLOSING, at_least=_SHORTEST)
    rest = _GREETING.sub("", rest, count=1) if _GREETING.match(rest) else rest
    return rest.strip() or text


def _before(text: str, mark: re.Pattern[str], *, at_least: int) -> str:
    """Return what stands before the first mark that has enough words before it."""
    for found in mark.finditer(text):
        if len(text[: found.start()].split()) >= at_least:
            return text[: found.start()]
    return text
