"""Cut German and English text into sentences, exactly as they stand."""

import re

_ABBREVIATIONS = frozenset(
    """z.b d.h u.a bzw ca nr str tel evtl ggf inkl exkl max min mind usw etc vgl bspw e.g i.e mr
    mrs ms dr prof st no vs approx incl abs art s o.ä u.u z.zt mio mrd std jan feb mär apr jun jul
    aug sep okt nov dez""".split()
)
_END = re.compile(r"[.!?…][\"”“’')\]]*(?=\s+[\"„“(\[*]*[A-ZÄÖÜ0-9])|\n+")


def sentences(text: str) -> list[str]:
    """Return the sentences in order; abbreviations, numbers and dates do not end one.

    >>> sentences("Warten Sie z. B. 5 Min. Dann geht es. Fertig!")
    ['Warten Sie z. B. 5 Min. Dann geht es.', 'Fertig!']
    """
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        before = text[start : match.start()].rsplit(None, 1)
        word = before[-1].lower().lstrip('(„"') if before else ""
        is_dot = match.group().startswith(".")
        if is_dot and (word in _ABBREVIATIONS or len(word) == 1 or word.isdigit()):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]
