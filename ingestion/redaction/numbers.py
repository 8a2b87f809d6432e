"""Bank accounts, cards, customer and order numbers, telephones."""

import re
from functools import partial

from phonenumbers import Leniency, PhoneNumberMatcher
from schwifty import IBAN
from stdnum import luhn

from ingestion.redaction.kinds import Mark, PersonalData

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0.-]?[A-Z0-9]{1,4}){2,9}\b", re.IGNORECASE)
_GERMAN_IBAN = re.compile(r"\bDE[ ]?\d{2}(?:[ \u00a0.-]{0,2}\d){16,18}(?!\d)", re.IGNORECASE)
_CARD = re.compile(r"(?<![\w.,+])(?<!article:)(?:\d[ -]?){12,18}\d(?![\w])")
_FIRST_CARD_DIGITS = frozenset("23456")

_VALUE = (
    r"(?P<value>(?:(?-i:[A-Z]){1,4}[-/ ]?|[a-z]{1,3}-?)?"
    r"\d(?:[ ./-]?\d|-?(?-i:[A-Z](?![a-z]))){2,20}"
    r"|(?-i:[A-Z]{1,4}-?(?=[A-Z0-9-]{0,12}\d)[A-Z0-9-]{4,20}))"
)
_IS = r"\s{0,3}(?:ist|lautet|wäre|war|is|was)?\s{0,3}[:=#]?\s{0,3}(?:die|the)?\s{0,3}#?"
_CUSTOMER_LABEL = (
    r"Kunden-?\s?(?:nummer|nr\.?|konto)|Kd\.?-?\s?Nr\.?|KdNr\.?|Vertrags-?\s?(?:nummer|nr\.?)"
    r"|Vertragskonto|Mitglieds-?(?:nummer|nr\.?)|(?:customer|client|account|contract|member(?:ship)?)"
    r"\s?-?(?:number|no\.?|nr\.?|id|#)"
)
_ORDER_LABEL = (
    r"(?:Bestell|Auftrags|Vorgangs|Rechnungs|Sendungs|Paket|Ticket|Fall|Reservierungs|Buchungs)"
    r"-?\s?(?:nummer|nr\.?|id)|(?:order|invoice|tracking|parcel|shipment|purchase|ticket|case|reference|confirmation"
    r"|booking)\s?-?(?:number|no\.?|nr\.?|id|#)"
)
_LABELLED = {
    PersonalData.CUSTOMER_NUMBER: re.compile(
        rf"(?P<label>\b(?:{_CUSTOMER_LABEL}){_IS}){_VALUE}\b", re.IGNORECASE
    ),
    PersonalData.ORDER_NUMBER: re.compile(
        rf"(?P<label>\b(?:{_ORDER_LABEL}){_IS}){_VALUE}\b", re.IGNORECASE
    ),
}
_BARE = {
    PersonalData.CUSTOMER_NUMBER: re.compile(r"\bKN[- ]?\d{2}(?:[ .-]?\d){6}\b", re.IGNORECASE),
    PersonalData.ORDER_NUMBER: re.compile(r"\b[Aa]-\d{3}[ .]?\d{4}\b"),
}

_MONTH = (
    r"(?:jan(?:uar|uary)?|feb(?:ruar|ruary)?|m(?:ä|ae)rz|mar(?:ch)?|apr(?:il)?|ma[iy]|jun[ei]?|jul[iy]?"
    r"|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\.?"
)
_DAY = (
    r"(?:\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th)?[ ]{{0,2}}(?:of[ ])?{_MONTH}[ ,]{{0,2}}\d{{2,4}}"
    rf"|{_MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?,?[ ]\d{{4}})"
)
_BIRTH = re.compile(
    r"(?P<label>\b(?:geb(?:oren)?\.?(?:[ ]am)?|geburtsdatum|geburtstag|born(?:[ ]on)?"
    r"|date[ ]of[ ]birth|dob)"
    r"\s{0,3}[:=]?\s{0,3}(?:ist|is)?\s{0,3}(?:(?:der|the|am|on)[ ])?)" + _DAY,
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.,:/#*+-])(?:"
    r"(?:\+|00)\d{1,3}[ ./-]{0,2}\(?0?\)?[ ./-]{0,2}\d(?:[ ./()-]{0,3}\d){5,12}"
    r"|\(?0[1-9]\d{1,4}\)?[ ./-]{1,3}\d(?:[ ./-]{0,3}\d){3,10}"
    r"|01[5-7]\d(?:[ ./-]?\d){6,9}"
    r"|0[2-9]\d{7,11}"
    r"|\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{2}[ .-]?\d{2}"
    r")(?![\w/-]|[.,:]\d)"
)
_SERVICE = re.compile(
    r"\(?(?:(?:\+49|0049)[ ]?\(?0?\)?[ ]?|0)(?:800|180|900|700|13[78])"
    r"|(?:\+?1[ .-]?)?\(?8(?:00|88|77|66|55|44|33)\)?[ .-]"
)
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\d)")
_NOT_A_PHONE_AFTER = re.compile(
    r"(?:Fehler(?:code|nummer|meldung)?|Code|Error|Version|Firmware|Build|Serien-?(?:nummer|nr\.?)|PIN"
    r"|PUK|IP|Port|VLAN|Modell?|Artikel-?(?:nummer|nr\.?)|serial)(?:\s?(?:no\.?|number))?\s?[:#]?\s?$",
    re.IGNORECASE,
)
_ADDRESS_OF_DEVICE = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_MONEY_OR_UNIT = re.compile(
    r"\s?(?:€|EUR|Euro|\$|USD|Mbit|Gbit|kbit|MB|GB|TB|MHz|GHz|ms|kWh|Stunden|hours|%)",
    re.IGNORECASE,
)


def accounts(text: str, mark: Mark) -> str:
    """Replace IBANs (a German one even mistyped) and card numbers."""
    text = _GERMAN_IBAN.sub(lambda _: mark(PersonalData.IBAN), text)
    text = _IBAN.sub(lambda found: _iban(found.group(0), mark), text)
    return _CARD.sub(lambda found: _card(found.group(0), mark), text)


def labelled(text: str, mark: Mark) -> str:
    """Replace customer and order numbers: our own by their form, others by what stands before."""
    for kind, pattern in _BARE.items():
        text = pattern.sub(partial(_marked, kind, mark), text)
    for kind, pattern in _LABELLED.items():
        text = pattern.sub(partial(_marked, kind, mark), text)
    return text


def _marked(kind: PersonalData, mark: Mark, found: re.Match[str]) -> str:
    return str(found.groupdict().get("label") or "") + mark(kind)


def birth_dates(text: str, mark: Mark) -> str:
    """Replace a date that is said to be somebody's birthday."""
    return _BIRTH.sub(lambda found: found["label"] + mark(PersonalData.BIRTH_DATE), text)


def phones(text: str, mark: Mark) -> str:
    """Replace telephone numbers of persons; a service number is everybody's."""
    text = _PHONE.sub(lambda found: _phone(found, mark), text)
    for region in ("DE", "US"):
        for match in reversed(list(PhoneNumberMatcher(text, region, leniency=Leniency.VALID))):
            if _is_personal(text, match.start, match.end):
                text = text[: match.start] + mark(PersonalData.PHONE) + text[match.end :]
    return text


def _phone(found: re.Match[str], mark: Mark) -> str:
    number = found.group(0)
    if not _is_personal(found.string, found.start(), found.end()):
        return number
    opened = number.startswith("(") and ")" not in number  # the bracket around all of it
    return "(" * opened + mark(PersonalData.PHONE)


def _is_personal(text: str, start: int, end: int) -> bool:
    number = text[start:end]
    return not (
        _SERVICE.match(number)
        or _DATE.fullmatch(number)
        or _ADDRESS_OF_DEVICE.fullmatch(number)
        or _NOT_A_PHONE_AFTER.search(text[max(0, start - 30) : start])
        or _MONEY_OR_UNIT.match(text[end : end + 10])
    )


def _iban(candidate: str, mark: Mark) -> str:
    """A word after the number may have been taken for its last group: try without it."""
    groups = re.split(r"([ \u00a0.-])", candidate)
    for end in range(len(groups), 0, -2):
        compact = "".join(groups[:end:2])
        if IBAN(compact, allow_invalid=True).is_valid:
            return mark(PersonalData.IBAN) + "".join(groups[end:])
    return candidate


def _card(candidate: str, mark: Mark) -> str:
    digits = re.sub(r"\D", "", candidate)
    is_card = digits[0] in _FIRST_CARD_DIGITS and luhn.is_valid(digits)
    return mark(PersonalData.CARD) if is_card else candidate
