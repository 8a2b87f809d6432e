"""The door of a process: lets in as many requests at once as it can serve; others queue."""

import re
from asyncio import Semaphore
from collections.abc import Callable
from contextlib import nullcontext
from tempfile import SpooledTemporaryFile

from litestar.enums import ScopeType
from litestar.types import (
    ASGIApp,
    HTTPResponseStartEvent,
    Message,
    Receive,
    ReceiveMessage,
    Scope,
    Send,
)

from desk.app import LARGEST_BODY
from desk.patience import Patience, told
from kb.errors import TooSlow

_PLACES = 10
"""Of the 15 database connections of a process; the rest are for streams and the keeper."""
_SIDEBARS = 3
"""Sidebars that are made at once: each searches six times; no other page waits for them."""
_SIDEBAR = re.compile(r"/assist/\d+|/desk/cases/\d+/assist")
_UPLOADS = 2
"""Requests with files that are worked on at once."""
_PATIENCE = 4
"""Times the largest body, until which one too large is waited for."""
_PIECE = 64 * 1024
Body = SpooledTemporaryFile[bytes]


class Door:
    """Lets in as many requests at once as there are database connections for; others queue.

    Without it a crowd stops everything: each thread waits for a connection, and whoever could give
    one back waits for a thread. A stream of events gives its place back when it begins.
    """

    def __init__(
        self,
        inner: ASGIApp,
        places: int = _PLACES,
        *,
        largest: Callable[[str], int] = lambda _: LARGEST_BODY,
    ) -> None:
        self._inner = inner
        self._places = Semaphore(places)
        self._sidebars = Semaphore(_SIDEBARS)
        self._uploads = Semaphore(_UPLOADS)
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["path"] == "/livez":
            await self._inner(scope, receive, send)
            return
        largest = self._largest(scope["path"]) if scope.get("method") == "POST" else LARGEST_BODY
        if largest <= LARGEST_BODY:
            received = await _received(receive)  # who sends slowly takes no place meanwhile
            async with self._sidebars if _SIDEBAR.fullmatch(scope["path"]) else nullcontext():
                await self._let_in(scope, received, send)
            return
        with SpooledTemporaryFile(max_size=LARGEST_BODY) as body:
            try:
                size = await _kept(Patience(receive), body, largest)
            except TooSlow as problem:
                await self._let_in(scope, told(problem), send)
                return
            if size <= LARGEST_BODY:
                await self._let_in(scope, _read(body, receive), send)
                return
            async with self._uploads:  # its files will be in memory
                await self._let_in(scope, _read(body, receive), send)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        place = _Place(self._places)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_stream(message):
                place.give_back()
            await send(message)

        await self._places.acquire()
        try:
            await self._inner(scope, receive, send_on)
        finally:
            place.give_back()


class _Place:
    """A place at the door, given back once."""

    def __init__(self, places: Semaphore) -> None:
        self._places: Semaphore | None = places

    def give_back(self) -> None:
        if self._places is not None:
            self._places.release()
            self._places = None


def _is_stream(message: HTTPResponseStartEvent) -> bool:
    return any(value.startswith(b"text/event-stream") for _, value in message["headers"])


async def _received(receive: Receive) -> Receive:
    """Wait for the body, or for more of it than is allowed, and return what gives it out again."""
    messages: list[ReceiveMessage] = []
    size, is_whole, patient = 0, False, Patience(receive)
    while not is_whole and size <= LARGEST_BODY:
        try:
            message = await patient()
        except TooSlow as problem:
            return told(problem)
        messages.append(message)
        is_whole = message["type"] != "http.request" or not message["more_body"]
        size += len(message["body"]) if message["type"] == "http.request" else 0
    waiting = iter(messages)

    async def again() -> ReceiveMessage:
        return next(waiting, None) or await receive()

    return again


async def _kept(receive: Receive, body: Body, largest: int) -> int:
    """Write the body down as it comes, and return its size.

    Of one too large the rest is waited for, to a certain point: a browser shows no answer before
    it has sent everything. Who goes away leaves a body that does not end.
    """
    size, is_whole = 0, False
    while not is_whole and size <= _PATIENCE * largest:
        message = await receive()
        if message["type"] != "http.request":
            break
        if size <= largest:
            body.write(message["body"])
        size += len(message["body"])
        is_whole = not message["more_body"]
    return size


def _read(body: Body, receive: Receive) -> Receive:
    """Return what gives out what was written down, and then whatever comes."""
    length = body.tell()
    body.seek(0)
    is_given = False

    async def again() -> ReceiveMessage:
        nonlocal is_given
        if is_given:
            return await receive()
        piece = body.read(_PIECE)
        is_given = body.tell() >= length
        return {"type": "http.request", "body": piece, "more_body": not is_given}

    return again
