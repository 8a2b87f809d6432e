"""What two texts have in common that words and vectors say too little about: codes, products.

Both are found by how they are written, never by a list: an operator's products are their own.
"""

import re

_CODE = re.compile(
    r"\b(?:0x[0-9A-Fa-f]{4,8}|[A-Z]{1,6}[-_ ]?\d{2,6}[A-Z]?(?!\s?\d{4})|[A-Z]{2,6}_[A-Z_]{3,30})\b"
)
_NUMBERED = re.compile(
    r"\b(?:Fehler(?:code|nummer|meldung)?|Error(?:\scode)?|Code|Status)\s?[:#]?\s?(\d{2,6})\b",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"\b[A-ZÄÖÜ][a-zäöüß]{2,15}(?:\s[A-ZÄÖÜ][A-Za-zäöüß]{1,15})?\s(?:\d{1,4}|[SMLX]{1,3})\b"
)
_NO_PRODUCT = re.compile(
    r"^(?:Nummer|Seite|Punkt|Schritt|Hausnummer|Nr|Fehler|Error|Code|Step|Page|Number|Uhr|Am|Um|Seit"
    r"|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|January"
    r"|February|March|May|June|July|October|December)\b"
)
MOST = 3


def codes(text: str) -> set[str]:
    """Return what looks like the code of an error.

    >>> sorted(codes("Es kommt Fehler 651, dann DSL-104."))
    ['651', 'DSL104']
    """
    found = {re.sub(r"[-_ ]", "", code) for code in _CODE.findall(text)}
    return found | set(_NUMBERED.findall(text))


def products(text: str) -> set[str]:
    """Return what looks like the name of a product with its number or size.

    >>> sorted(products("Meine Kogge Box 3 mit Welle M steht im Flur 2. Seit Mai 24 geht nichts."))
    ['Flur 2', 'Kogge Box 3', 'Welle M']
    """
    named = (found.group() for found in _PRODUCT.finditer(text))
    return {" ".join(name.split()) for name in named if not _NO_PRODUCT.match(name)}


def shared_codes(one: str, other: str) -> tuple[str, ...]:
    return tuple(sorted(codes(one) & codes(other))[:MOST])


def shared_products(one: str, other: str) -> tuple[str, ...]:
    return tuple(sorted(products(one) & products(other))[:MOST])
