"""A real mail server on loopback, as moody as it is told to be."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.running import free_port

OK = "250 OK"


@dataclass
class PostOffice:
    """What came in, and how the server answers."""

    port: int
    to_recipient: str = OK
    to_letter: str = OK
    hangs_up: bool = False
    """After it has taken a letter, and before it says so."""
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def message_ids(self) -> list[str]:
        return [str(message["message-id"]) for message in self.taken]

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's own name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.to_recipient == OK:
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # as above
        if self.to_letter == OK:
            self.raw.append(envelope.content)
            self.recipients += envelope.rcpt_tos
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
        if self.hangs_up:
            server.transport.abort()
        return self.to_letter


@contextmanager
def post_office(port: int = 0) -> Iterator[PostOffice]:
    office = PostOffice(port or free_port())
    with serving(office):
        yield office


@contextmanager
def serving(office: PostOffice) -> Iterator[None]:
    """Open the office; it can be opened again later, at the same place."""
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
