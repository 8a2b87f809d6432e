"""The door of a web process lets in no more than the database has connections for."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from desk.app import LARGEST_BODY
from desk.door import Door

PLACES = 3
Inner = Callable[[Any, Any, Any], Awaitable[None]]


class Crowd:
    """An application that notes how many are in it at once."""

    def __init__(self) -> None:
        self.inside = 0
        self.most = 0
        self.done = 0

    async def __call__(self, _scope: Any, receive: Any, _send: Any) -> None:
        await receive()
        self.inside += 1
        self.most = max(self.most, self.inside)
        await asyncio.sleep(0.01)
        self.inside -= 1
        self.done += 1


class Sender:
    """Sends a body in pieces; every piece but the first waits until it is let go."""

    def __init__(self, *pieces: bytes, held: bool = False) -> None:
        self._pieces = list(pieces) or [b""]
        self._held = held
        self.go = asyncio.Event()
        self.asked = 0

    async def __call__(self) -> Any:
        self.asked += 1
        if not self._pieces:
            return {"type": "http.disconnect"}
        if self._held and self.asked > 1:
            await self.go.wait()
        body = self._pieces.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(self._pieces)}


async def nowhere(_message: Any) -> None:
    """Nobody listens."""


def scope(path: str = "/de/", kind: str = "http") -> Any:
    return {"type": kind, "path": path}


def test_a_crowd_is_let_in_a_few_at_a_time_and_all_are_served():
    async def run() -> Crowd:
        crowd = Crowd()
        door = Door(crowd, PLACES)
        await asyncio.gather(*(door(scope(), Sender(), nowhere) for _ in range(20)))
        return crowd

    crowd = asyncio.run(run())
    assert (crowd.most, crowd.done) == (PLACES, 20)


def test_a_quick_page_does_not_wait_for_a_crowd_of_sidebars():
    async def run() -> list[str]:
        told: list[str] = []
        held = asyncio.Event()

        async def inner(scope: Any, _receive: Any, _send: Any) -> None:
            if "assist" in scope["path"]:
                await held.wait()
            told.append(scope["path"])

        door = Door(inner, 4)
        paths = ["/desk/cases/7/assist", "/assist/8"] * 3
        sidebars = [asyncio.create_task(door(scope(one), Sender(), nowhere)) for one in paths]
        await asyncio.sleep(0)
        await asyncio.wait_for(door(scope("/desk/cases"), Sender(), nowhere), 5)
        held.set()
        await asyncio.gather(*sidebars)
        return told

    told = asyncio.run(run())
    assert (told[0], len(told)) == ("/desk/cases", 7)


def test_a_failure_gives_its_place_back():
    async def fail(*_: Any) -> None:
        raise ZeroDivisionError

    async def run() -> list[Any]:
        door = Door(fail, 1)
        asked = (door(scope(), Sender(), nowhere) for _ in range(3))
        return await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), 5)

    assert [type(one) for one in asyncio.run(run())] == [ZeroDivisionError] * 3


def test_who_sends_slowly_keeps_nobody_waiting():
    async def run() -> tuple[int, int]:
        crowd = Crowd()
        door = Door(crowd, 1)
        slow = Sender(b"Hal", b"lo", held=True)
        slowly = asyncio.create_task(door(scope(), slow, nowhere))
        await asyncio.wait_for(door(scope(), Sender(), nowhere), 5)
        before = crowd.done
        slow.go.set()
        await slowly
        return before, crowd.done

    assert asyncio.run(run()) == (1, 2)


@pytest.mark.parametrize(("path", "kind"), [("/livez", "http"), ("", "lifespan")])
def test_whether_the_process_lives_is_told_however_full_it_is(path: str, kind: str):
    async def run() -> list[str]:
        told: list[str] = []
        held = asyncio.Event()

        async def inner(scope: Any, _receive: Any, _send: Any) -> None:
            if scope["path"] == "/de/":
                await held.wait()
            told.append(scope["path"])

        door = Door(inner, 1)
        waiting = asyncio.create_task(door(scope(), Sender(), nowhere))
        await asyncio.sleep(0)
        await asyncio.wait_for(door(scope(path, kind), Sender(), nowhere), 5)
        held.set()
        await waiting
        return told

    assert asyncio.run(run()) == [path, "/de/"]


def received(sender: Sender) -> list[Any]:
    """Return what the application behind the door receives until the sender is gone."""
    found: list[Any] = []

    async def inner(_scope: Any, receive: Any, _send: Any) -> None:
        while not found or found[-1]["type"] != "http.disconnect":
            found.append(await receive())

    asyncio.run(Door(inner, 1)(scope(), sender, nowhere))
    return found


def test_the_body_comes_through_the_door_as_it_was_sent():
    *pieces, end = received(Sender(b"Hal", b"lo", b""))
    assert [(one["body"], one["more_body"]) for one in pieces] == [
        (b"Hal", True),
        (b"lo", True),
        (b"", False),
    ]
    assert end["type"] == "http.disconnect"


def test_of_a_body_too_large_only_the_beginning_is_waited_for():
    async def run() -> int:
        at_the_door = 0

        async def inner(_scope: Any, _receive: Any, _send: Any) -> None:
            nonlocal at_the_door
            at_the_door = sender.asked

        sender = Sender(*[b"x" * (LARGEST_BODY // 2)] * 10)
        await Door(inner, 1)(scope(), sender, nowhere)
        return at_the_door

    assert asyncio.run(run()) == 3
