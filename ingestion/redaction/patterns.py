"""E-mail addresses, and the values known from the customer's own record."""

import re
from collections.abc import Iterable

from ingestion.redaction.kinds import Known, Mark, PersonalData

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}\b", re.IGNORECASE
)
_SPELLED = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?[(\[{](?:at|ät)[)\]}] ?[\w-]{1,63}"
    r"(?: ?(?:\.|[(\[{](?:dot|punkt)[)\]}]) ?[\w-]{2,63}){1,4}\b",
    re.IGNORECASE,
)
_SHORTEST_NUMBER = 5


def emails(text: str, mark: Mark) -> str:
    """Replace e-mail addresses, also those spelled `anna (at) example.org`."""
    text = _EMAIL.sub(lambda _: mark(PersonalData.EMAIL), text)
    return _SPELLED.sub(lambda _: mark(PersonalData.EMAIL), text)


def known_values(text: str, people: Iterable[Known], mark: Mark) -> str:
    """Replace the record's e-mail address, telephone and customer number however spaced."""
    for person in people:
        if person.email:
            text = re.sub(
                rf"(?<![\w.+-]){re.escape(person.email)}(?!\w)",
                lambda _: mark(PersonalData.EMAIL),
                text,
                flags=re.IGNORECASE,
            )
        text = _number(text, person.phone, PersonalData.PHONE, mark)
        text = _number(text, person.customer_number, PersonalData.CUSTOMER_NUMBER, mark)
    return text


def _number(text: str, value: str, kind: PersonalData, mark: Mark) -> str:
    """Replace a number by its digits; a German one also with 0 for +49."""
    letters = re.match(r"\s*([A-Za-z]{1,5})", value)
    digits = re.sub(r"\D", "", value)
    if len(digits) < _SHORTEST_NUMBER:
        return text
    lead = rf"(?:{letters.group(1)}[ -]?)?" if letters else r"\+?"
    if kind is PersonalData.PHONE:
        national = re.sub(r"^(?:0049|49|0)", "", digits)
        lead, digits = r"(?:\+49|0049|0)?[ ()]{0,3}", national
    spaced = r"[ ()/.-]{0,3}".join(digits)
    pattern = rf"(?<![\w]){lead}{spaced}(?!\d)"
    return re.sub(pattern, lambda _: mark(kind), text, flags=re.IGNORECASE)
