"""Who sends slowly is waited for; who stops sending, or sends in drops, is not."""

import asyncio
from typing import Any

import pytest

from desk import patience
from desk.app import LARGEST_BODY
from desk.door import Door
from kb.errors import TooSlow


class Line:
    """A connection on which a piece comes every so many seconds; in the end, nothing more."""

    def __init__(self, *pieces: bytes, pause: float = 0.0, is_whole: bool = True) -> None:
        self._pieces = list(pieces)
        self._pause = pause
        self._is_whole = is_whole

    async def __call__(self) -> Any:
        await asyncio.sleep(self._pause if self._pieces else 3600)
        body = self._pieces.pop(0)
        return {
            "type": "http.request",
            "body": body,
            "more_body": bool(self._pieces) or not self._is_whole,
        }


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    monkeypatch.setattr(patience, "IDLE", 0.2)
    monkeypatch.setattr(patience, "GRACE", 0.4)


def came(line: Line, *, path: str = "/de/feedback", largest: int = LARGEST_BODY) -> Any:
    """Return what a handler behind the door reads: the body, or why there is none."""
    found: list[Any] = []

    async def inner(_scope: Any, receive: Any, _send: Any) -> None:
        body, is_whole = b"", False
        try:
            while not is_whole:
                message = await receive()
                body += message["body"]
                is_whole = not message["more_body"]
        except TooSlow as problem:
            found.append(problem.status)
        else:
            found.append(body)

    async def run() -> None:
        door = Door(inner, 1, largest=lambda _: largest)
        scope: Any = {"type": "http", "path": path, "method": "POST"}
        async with asyncio.timeout(10):
            await door(scope, line, inner)

    asyncio.run(run())
    return found[0]


@pytest.mark.parametrize("largest", [LARGEST_BODY, 2 * LARGEST_BODY])
def test_a_body_that_stops_coming_is_given_up(largest):
    assert came(Line(b"Hal", is_whole=False), largest=largest) == 408


@pytest.mark.parametrize("largest", [LARGEST_BODY, 2 * LARGEST_BODY])
def test_a_body_that_comes_in_drops_is_given_up(largest):
    assert came(Line(*[b"x"] * 100, pause=0.05), largest=largest) == 408


def test_a_body_that_comes_slowly_but_steadily_is_waited_for():
    pieces = [b"x" * 200] * 12
    assert came(Line(*pieces, pause=0.1)) == b"".join(pieces)


def test_after_its_body_a_request_may_take_its_time():
    async def run() -> bool:
        gone = asyncio.Event()

        async def inner(_scope: Any, receive: Any, _send: Any) -> None:
            await receive()
            listening = asyncio.create_task(receive())
            await asyncio.sleep(0.6)  # a stream of events listens for its end all the time
            assert not listening.done()
            listening.cancel()
            gone.set()

        await Door(inner, 1)({"type": "http", "path": "/"}, Line(b""), inner)  # type: ignore[typeddict-item, arg-type]
        return gone.is_set()

    assert asyncio.run(run())


def test_it_is_told_like_every_other_problem(visitor):
    path = "/de/feedback"
    app = Door(visitor.app, 1)
    sent: list[Any] = []
    line = Line(b"revision=1&", is_whole=False)

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/x-www-form-urlencoded"), (b"host", b"testserver")]
    scope: Any = {
        "type": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "method": "POST",
        "scheme": "http",
        "query_string": b"",
        "headers": [*headers, (b"sec-fetch-site", b"same-origin")],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
        "state": {},
        "http_version": "1.1",
    }
    asyncio.run(app(scope, line, send))
    assert sent[0]["status"] == 408
    assert "Die Verbindung war zu langsam" in b"".join(one["body"] for one in sent[1:]).decode()
