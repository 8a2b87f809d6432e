"""How long a body is waited for: who stops sending, or sends in drops, is not waited for.

Everybody has the first seconds. After them a body has to have come at a pace that any telephone
keeps, so that nobody holds a connection for hours with a byte now and then.
"""

from asyncio import timeout
from time import monotonic

from litestar.types import Receive, ReceiveMessage

from kb.errors import TooSlow

IDLE = 20.0
"""Seconds until something more must come."""
GRACE = 30.0
"""Seconds that everything may take, however little it is."""
PACE = 1_000
"""Bytes a second, at least, on average after that."""


class Patience:
    """Receives for somebody, and gives up on whoever is too slow."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._begun = monotonic()
        self._size = 0

    async def __call__(self) -> ReceiveMessage:
        """Return what comes next.

        Raises:
            TooSlow: nothing came, or too little.
        """
        left = self._begun + GRACE + self._size / PACE - monotonic()
        try:
            async with timeout(min(IDLE, left)):
                message = await self._receive()
        except TimeoutError as error:
            raise TooSlow from error
        self._size += len(message["body"]) if message["type"] == "http.request" else 0
        return message


def told(problem: TooSlow) -> Receive:
    """Return what tells a handler that reads on; it becomes a page like every other problem."""

    async def raise_it() -> ReceiveMessage:
        raise problem

    return raise_it
