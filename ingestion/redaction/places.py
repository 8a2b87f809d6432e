"""Where somebody lives: German and English address lines."""

import re

from ingestion.redaction.kinds import Mark, PersonalData

_CAPITAL = "[A-ZÄÖÜ]"
_WORD = r"[A-ZÄÖÜ][\wäöüßÄÖÜ.'-]{1,30}"
_HOUSE = r"(?P<house>\d{1,4}(?:[ ]?[a-zA-Z](?![\wäöü]))?(?:\s?[-/]\s?\d{1,4}[a-z]?)?)"
_WAYS = (
    r"(?:straße|strasse|str\.|weg|platz|allee|gasse|gang|ring|damm|ufer|chaussee|stieg|steig|kai"
    r"|twiete|redder|kamp|koppel|deich|brink|pfad|promenade|graben)"
)
_WAY_WORDS = "(?:Straße|Strasse|Str\\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|Markt)"
_AT = "(?:Am|An der|An den|Im|In der|In den|Auf der|Auf dem|Zum|Zur|Beim|Unter den|Hinter der)"
_NO_UNIT = (
    r"\b(?![.,]\d|\s?(?:Uhr|Euro|EUR|€|%|[GMk]B|[GMk]bit|Tag|Stunde|Minute|[Mm]al|Jahr|Prozent))"
)
_STREETS = tuple(
    re.compile(rf"{pattern}[ ]{{1,2}}{_HOUSE}{_NO_UNIT}")
    for pattern in (
        rf"\b(?P<way>{_CAPITAL}[\wäöüßÄÖÜ-]{{1,40}}{_WAYS})",
        r"\b(?P<way>[a-zäöüß-]{3,40}(?:straße|strasse|str\.|allee|gasse))",
        rf"\b(?:{_WORD}[ -]){{1,3}}(?P<way>{_WAY_WORDS})",
        rf"\b{_AT}[ ](?:{_WORD}[ ]){{0,2}}(?P<way>{_WORD})",
    )
)
_NO_STREET = re.compile(
    r"(?:Steck|Speicher|Arbeits|Stell|Sitz|Park|Lager|Ein|Aus|Vor|Zu|Rück|Durch|Lehr|Jahr|Rund|Über|Ab"
    r"|Unter|Um|Heim|Liefer|Arbeits)(?:platz|gang|weg|ring|koppel)$"
    r"|(?:Box|Boje|Flut|Welle|Kanal|Port|Tarif|Stufe|Schritt|Version|Windows|Android|iOS|iPhone|Seite"
    r"|Punkt|Zimmer|Etage|Stock|Kapitel|Abschnitt|Modell|Fritz|Level|Slot|Gerät|Router|Modus|Nummer"
    r"|Jahr|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Feld|Wert|Code|Teil|Artikel)$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TOWN = re.compile(
    rf"\b(?:(?:D|A|CH)-)?(?P<code>\d{{5}})[ ]{{1,2}}(?P<town>{_CAPITAL}[a-zäöüß]{{2,30}}"
    rf"(?:[- ](?:am|an der|im|bei|ob der)[ ]{_WORD}|-{_WORD})?)"
)
_CODE_ONLY = re.compile(
    r"(\b(?:PLZ|Postleitzahl|zip(?: code)?|postcode)\b\s?(?:ist|is)?\s?:?\s?)\d{5}\b",
    re.IGNORECASE,
)
_NO_TOWN = re.compile(
    r"(?:Euro?|Kunden|Mal|Mbit|Stunden|Nutzer|Punkte|Kilometer|Meter|Einheiten|Dateien|Artikel"
    r"|Minuten|Sekunden|Tage|Zeichen|Megabyte|Gigabyte|Watt|Volt|Schritte|Leute|Personen|Haushalte"
    r"|Router|Fehler|Und|Oder|Der|Die|Das|Ist|Kommt|Bei|Wird|Was)$"
)
_NO_CODE_BEFORE = re.compile(
    r"(?:Fehler(?:code)?|Code|Error|Nr\.?|Nummer|Version|Port|Build|Kennung|ID|number|no\.)\s?:?\s?$",
    re.IGNORECASE,
)
_ENGLISH_STREET = re.compile(
    r"\b(?:(?:Flat|Apt\.?|Apartment|Unit)[ ]\w{1,5},?[ ])?(?P<house>\d{1,5}[a-zA-Z]?)[ ]"
    r"(?:(?:N|S|E|W|North|South|East|West)\.?[ ])?(?:[A-Z][\w'.-]{1,25}[ ]){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Court|Boulevard|Blvd|Way|Place|Square"
    r"|Terrace|Crescent|Gardens|Parkway|Grove|Mews)\b\.?"
    r"(?:,[ ](?:[A-Z][\w'-]{1,25}[ ]?){1,3}(?=,|\.|$|\n))?"
)
_UK_POSTCODE = re.compile(
    r"\b[A-PR-UWYZ][A-HK-Y]?\d[A-HJKPSTUW\d]?[ ]\d(?!GB\b)[ABD-HJLNP-UW-Z]{2}\b"
)
_US_PLACE = re.compile(r"(?:,[ ]?[A-Z][\w. '-]{1,30})?,[ ][A-Z]{2}[ ]\d{5}(?:-\d{4})?\b")


def addresses(text: str, mark: Mark) -> str:
    """Replace streets with house numbers, and postcodes with their towns."""
    for pattern in _STREETS:
        text = pattern.sub(lambda found: _street(found, mark), text)
    text = _TOWN.sub(lambda found: _town(found, mark), text)
    text = _CODE_ONLY.sub(lambda found: found.group(1) + mark(PersonalData.ADDRESS), text)
    text = _ENGLISH_STREET.sub(lambda _: mark(PersonalData.ADDRESS), text)
    text = _US_PLACE.sub(lambda _: ", " + mark(PersonalData.ADDRESS), text)
    return _UK_POSTCODE.sub(lambda _: mark(PersonalData.ADDRESS), text)


def _street(found: re.Match[str], mark: Mark) -> str:
    if _NO_STREET.search(found["way"]) or _YEAR.fullmatch(found["house"]):
        return found.group(0)
    return mark(PersonalData.ADDRESS)


def _town(found: re.Match[str], mark: Mark) -> str:
    before = found.string[max(0, found.start() - 20) : found.start()]
    if _NO_TOWN.match(found["town"]) or _NO_CODE_BEFORE.search(before):
        return found.group(0)
    return mark(PersonalData.ADDRESS)
