"""The kinds of data that are taken out, and what is known of a case's people beforehand."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class PersonalData(StrEnum):
    """What stood there. The value is what the reader sees in its place."""

    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    CARD = "card"
    ADDRESS = "address"
    BIRTH_DATE = "date of birth"
    CUSTOMER_NUMBER = "customer number"
    ORDER_NUMBER = "order number"
    NAME = "name"


@dataclass(frozen=True)
class Known:
    """Somebody the case is about."""

    name: str = ""
    email: str = ""
    phone: str = ""
    customer_number: str = ""


Mark = Callable[[PersonalData], str]
"""Counts one finding and returns what to write instead."""
