"""What the contact form sends, and what can be wrong with it."""

import re
import secrets
from dataclasses import dataclass, field

from desk.deps import Fields
from desk.help.trail import Footprints, footprints
from kb.cases.actions import LONGEST_MESSAGE

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
_LONGEST_EMAIL = 254
_SHORTEST_KEY = 16


@dataclass(frozen=True)
class ContactForm:
    """A message on its way to become a case."""

    name: str = ""
    email: str = ""
    subject: str = ""
    message: str = ""
    website: str = ""
    """A trap: people do not see it, machines fill it in."""
    key: str = ""
    prints: Footprints = field(default_factory=Footprints)

    @property
    def words(self) -> str:
        """What suggestions are looked up with."""
        return f"{self.subject} {self.message}"[:600]

    def errors(self) -> dict[str, str]:
        """Return a message key for every field that cannot be used."""
        checks = {
            "name": ("contact.error.name", bool(self.name)),
            "email": ("contact.error.email", is_email(self.email)),
            "message": (
                "contact.error.message",
                0 < len(self.message) <= LONGEST_MESSAGE,
            ),
            "website": ("contact.error.website", not self.website),
        }
        return {name: key for name, (key, is_good) in checks.items() if not is_good}


def is_email(value: str) -> bool:
    """Say whether this looks like an address; only a mail to it would prove it."""
    return len(value) <= _LONGEST_EMAIL and _EMAIL.fullmatch(value) is not None


def new_key() -> str:
    """Return a key under which a form counts once, however often it is sent."""
    return secrets.token_urlsafe(16)


def contact_form(fields: Fields) -> ContactForm:
    """Read the form."""
    key = fields.line("key", limit=64)
    return ContactForm(
        name=fields.line("name", limit=120),
        email=fields.line("email"),
        subject=fields.line("subject", limit=160),
        message=fields.text("message"),
        website=fields.line("website"),
        key=key if len(key) >= _SHORTEST_KEY else new_key(),
        prints=footprints(fields.line("question"), fields.line("article")),
    )
