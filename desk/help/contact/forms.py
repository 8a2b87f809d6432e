"""What the contact forms send, and what can be wrong with it."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

from desk.deps import Fields
from desk.help.trail import Footprints, footprints
from kb.cases.actions import LONGEST_MESSAGE
from kb.mail import policy
from kb.ways.models import Way
from kb.ways.phones import callable_number

_SHORTEST_KEY = 16
_SLOT = "%Y%m%dT%H%MZ"


@dataclass(frozen=True)
class ContactForm:
    """A message, or a wish to talk, on its way to become a case."""

    way: Way = Way.MESSAGE
    needs_phone: bool = False
    needs_slot: bool = False
    name: str = ""
    email: str = ""
    subject: str = ""
    message: str = ""
    phone: str = ""
    number: str | None = None
    """The phone as it is dialled, when it is one we would call."""
    slot: datetime | None = None
    website: str = ""
    """A trap: people do not see it, machines fill it in."""
    key: str = ""
    prints: Footprints = field(default_factory=Footprints)

    @property
    def words(self) -> str:
        """What suggestions are looked up with."""
        return f"{self.subject} {self.message}"[:600]

    @property
    def needs_email(self) -> bool:
        """An answer and an appointment need an address; who is called needs none."""
        return self.way in {Way.MESSAGE, Way.APPOINTMENT}

    def errors(self) -> dict[str, str]:
        """Return a message key for every field that cannot be used."""
        shortest = 1 if self.way is Way.MESSAGE else 0
        checks = {
            "slot": ("contact.error.slot", not self.needs_slot or self.slot is not None),
            "phone": ("contact.error.phone", not self.needs_phone or self.number is not None),
            "name": ("contact.error.name", bool(self.name)),
            "email": ("contact.error.email", is_email(self.email) or self._may_lack_email),
            "message": (
                "contact.error.message",
                shortest <= len(self.message) <= LONGEST_MESSAGE,
            ),
            "website": ("contact.error.website", not self.website),
        }
        return {name: key for name, (key, is_good) in checks.items() if not is_good}

    @property
    def _may_lack_email(self) -> bool:
        return not self.email and not self.needs_email


def is_email(value: str) -> bool:
    """Say whether this looks like an address; only a mail to it would prove it."""
    return policy.is_address(policy.address_key(value))


def new_key() -> str:
    """Return a key under which a form counts once, however often it is sent."""
    return secrets.token_urlsafe(16)


def slot_value(starts_at: datetime) -> str:
    """Return how a form names a time."""
    return starts_at.astimezone(UTC).strftime(_SLOT)


def slot_of(value: str) -> datetime | None:
    """Return the time a form names; whether it is one of ours is another question."""
    try:
        return datetime.strptime(value, _SLOT).replace(tzinfo=UTC)
    except ValueError:
        return None


def contact_form(fields: Fields) -> ContactForm:
    """Read the form of a message."""
    key = fields.line("key", limit=64)
    return ContactForm(
        name=fields.line("name", limit=120),
        email=fields.line("email"),
        subject=fields.line("subject", limit=160),
        message=fields.text("message"),
        website=fields.line("website"),
        key=key if len(key) >= _SHORTEST_KEY else new_key(),
        prints=prints_of(fields),
    )


def talk_form(fields: Fields, way: Way, *, needs_phone: bool, country: str) -> ContactForm:
    """Read the form of a call-back, a video call or an appointment."""
    given = contact_form(fields)
    phone = fields.line("phone", limit=60)
    return ContactForm(
        **vars(given)
        | {
            "way": way,
            "needs_phone": needs_phone,
            "needs_slot": way is not Way.VIDEO,
            "phone": phone,
            "number": callable_number(phone, country=country) if needs_phone else "",
            "slot": slot_of(fields.line("slot", limit=20)),
        }
    )


def prints_of(fields: Fields) -> Footprints:
    """Return what was asked, read and ticked, as the form brought it along."""
    limit = 2_000
    return footprints(
        fields.line("question", limit=limit),
        fields.line("article", limit=limit),
        fields.line("ticked", limit=limit),
        fields.line("feedback", limit=limit),
    )
