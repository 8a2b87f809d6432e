"""Where letters go: to the mail server of the settings, or without one into a folder as files.

A server's answer becomes one of our own few problems here; its words, which may hold addresses,
go no further.
"""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from kb.config import Config
from kb.mail.models import MailProblem

TIMEOUT = 20.0
"""Seconds a server may take for one answer; all of them together fit into a lease."""
_GOING_AWAY = 421
_FOR_GOOD = 500
"""A server's refusals from here on mean: do not try again."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Undelivered(Exception):
    """The letter did not go out, and why."""

    def __init__(self, problem: MailProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class Post(Protocol):
    """Takes letters, one after another."""

    def deliver(self, message: EmailMessage, *, name: str) -> None:
        """Hand a letter over; raises Undelivered."""

    def close(self) -> None:
        """End what was opened for a round of letters."""


class Encryption(StrEnum):
    """How the way to the server is kept private."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True)
class Server:
    """A mail server, from `smtp://user:password@host:587?starttls` or `smtps://...`."""

    host: str
    port: int
    encryption: Encryption
    user: str = ""
    password: str = field(default="", repr=False)


def server_of(url: str) -> Server:
    """Read the address of a mail server.

    Raises:
        ValueError: it cannot be one, or it would send a password in the clear.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("LOTSE_SMTP_URL starts with smtp:// or smtps:// and names a host")
    encryption = Encryption.TLS if parts.scheme == "smtps" else Encryption.NONE
    if encryption is Encryption.NONE and parts.query == "starttls":
        encryption = Encryption.STARTTLS
    if parts.username and encryption is Encryption.NONE and parts.hostname not in _LOOPBACK:
        raise ValueError("LOTSE_SMTP_URL has a password: add ?starttls, or use smtps://")
    usual = {Encryption.TLS: 465, Encryption.STARTTLS: 587, Encryption.NONE: 25}
    return Server(
        host=parts.hostname,
        port=parts.port or usual[encryption],
        encryption=encryption,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def post_of(config: Config) -> Post:
    """Return where the settings say that letters go."""
    url = config.smtp_url.get_secret_value()
    return SmtpPost(server_of(url)) if url else FolderPost(config.home.resolve() / "mail")


class FolderPost:
    """For development: a letter is a file that a mail program opens. Twice the same is one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, message: EmailMessage, *, name: str) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            written = self._folder / f"{name}.part"
            written.touch(mode=0o600)
            written.write_bytes(message.as_bytes())
            written.replace(self._folder / f"{name}.eml")
        except OSError as error:
            raise Undelivered(MailProblem.SERVER_DOWN) from error

    def close(self) -> None:
        """Nothing is open."""


class SmtpPost:
    """A real mail server. One connection carries the letters of a round."""

    def __init__(self, server: Server, *, timeout: float = TIMEOUT) -> None:
        self._server = server
        self._timeout = timeout
        self._connection: smtplib.SMTP | None = None

    def deliver(self, message: EmailMessage, *, name: str) -> None:
        del name
        try:
            if self._connection is None:
                self._connection = self._opened()
            self._connection.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Undelivered(problem_of(error)) from error

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.quit()
        except (smtplib.SMTPException, OSError):
            connection.close()

    def _opened(self) -> smtplib.SMTP:
        server, safely = self._server, ssl.create_default_context()
        if server.encryption is Encryption.TLS:
            opened: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout, context=safely
            )
        else:
            opened = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        try:
            if server.encryption is Encryption.STARTTLS:
                opened.starttls(context=safely)
            if server.user:
                opened.login(server.user, server.password)
        except BaseException:
            opened.close()
            raise
        return opened


def problem_of(error: Exception) -> MailProblem:
    """Return which of our problems this is."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code = next(iter(error.recipients.values()))[0]
            return _refusal(code, MailProblem.RECIPIENT_REFUSED)
        case smtplib.SMTPAuthenticationError():
            return MailProblem.SIGN_IN_REFUSED
        case smtplib.SMTPSenderRefused():
            return MailProblem.SENDER_REFUSED
        case smtplib.SMTPDataError():
            return _refusal(error.smtp_code, MailProblem.LETTER_REFUSED)
        case smtplib.SMTPNotSupportedError() | ssl.SSLError():
            return MailProblem.NO_ENCRYPTION
        case _:
            return MailProblem.SERVER_DOWN


def _refusal(code: int, for_good: MailProblem) -> MailProblem:
    if code == _GOING_AWAY:
        return MailProblem.SERVER_DOWN
    return for_good if code >= _FOR_GOOD else MailProblem.TRY_LATER
