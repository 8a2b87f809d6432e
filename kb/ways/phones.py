"""Numbers we call back: real ones, and none that costs whoever dials it a fortune."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

LONGEST = 40
_DEAR = frozenset(
    {PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.PAGER}
)


def callable_number(typed: str, *, country: str) -> str | None:
    """Return the number as it is dialled from anywhere; None when it is none we would call.

    >>> callable_number("0171 3920014", country="DE")
    '+49 171 3920014'
    """
    if len(typed) > LONGEST:
        return None
    try:
        found = phonenumbers.parse(typed, country)
    except NumberParseException:
        return None
    is_fine = phonenumbers.is_valid_number(found) and not found.extension
    if not is_fine or phonenumbers.number_type(found) in _DEAR:
        return None
    return phonenumbers.format_number(found, PhoneNumberFormat.INTERNATIONAL)
