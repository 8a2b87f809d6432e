"""A queued letter as a message: what the standards ask for, and nothing a visitor could add.

Only the subject and the address come from outside, and both are one line by construction; a line
break in any header raises.
"""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import urlsplit

from kb import clock
from kb.config import Config
from kb.mail import policy
from kb.mail.models import Mail


@dataclass(frozen=True)
class Sender:
    """Whose letters these are."""

    name: str
    address: str
    host: str
    """Our own name in Message-IDs."""


def sender_of(config: Config) -> Sender:
    """Return the sender that the settings name, or one made of the brand and the public address.

    Raises:
        ValueError: `LOTSE_MAIL_FROM` is no address.
    """
    host = urlsplit(config.public_url).hostname or "localhost"
    name, address = parseaddr(config.mail_from)
    address = address or f"noreply@{host}"
    if config.mail_from and not policy.is_address(policy.address_key(address)):
        raise ValueError("LOTSE_MAIL_FROM is no address")
    return Sender(name or config.brand, address, host)


def message_of(mail: Mail, sender: Sender) -> EmailMessage:
    """Return the message; made again it differs only in its date.

    Raises:
        ValueError: the letter cannot be written as a message.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((sender.name, sender.address))
    message["To"] = in_ascii(mail.recipient)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{mail.token}@{sender.host}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if mail.stop_url:
        message["List-Unsubscribe"] = f"<{mail.stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = mail.locale  # last: setting a content takes such headers away
    return message


def in_ascii(address: str) -> str:
    """Return the address as every server takes it: a domain with umlauts has such a name, too.

    Raises:
        ValueError: there is no such name.
    """
    name, _, domain = address.partition("@")
    return f"{name}@{domain.encode('idna').decode()}"
