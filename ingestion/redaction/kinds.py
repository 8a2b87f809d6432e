"""The kinds of data that are taken out, and what is known of a case's people beforehand."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class PersonalData(StrEnum):
    """What stood there. The value is what an English reader sees in its place."""

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


IN_GERMAN = {
    PersonalData.EMAIL: "E-Mail-Adresse",
    PersonalData.PHONE: "Telefonnummer",
    PersonalData.IBAN: "IBAN",
    PersonalData.CARD: "Kartennummer",
    PersonalData.ADDRESS: "Adresse",
    PersonalData.BIRTH_DATE: "Geburtsdatum",
    PersonalData.CUSTOMER_NUMBER: "Kundennummer",
    PersonalData.ORDER_NUMBER: "Bestellnummer",
    PersonalData.NAME: "Name",
}
Mark = Callable[[PersonalData], str]
"""Counts one finding and returns what to write instead."""
