"""Streams say that something changed, to whom it matters, at once, and never what."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from time import monotonic

import pytest
from sqlmodel import Session

from desk import live as lives
from desk.door import Door
from desk.help.cases import letters
from desk.live import Channel, Live
from kb.access import Role, Viewer
from kb.cases import actions, queries
from kb.cases.models import Case
from kb.db import transaction
from kb.people import actions as people

AGENT = Viewer(Role.AGENT, 1)


@pytest.fixture
def case(engine) -> Case:
    with transaction(engine) as session:
        customer = people.customer(session, name="K", email="k@example.com", locale="de")
        return actions.open_case(session, customer=customer, subject="s", body="b", locale="de")


def channel(case: Case, *, seen: str = "new.1", visitor: str = "v") -> Channel:
    def look(session: Session) -> str | None:
        found = queries.by_private_link(session, case.public_id)
        return letters.mark(session, found) if found is not None else None

    return Channel(look, visitor, seen, case.id)


async def event(stream: AsyncIterator[str], within: float = 2.0) -> str | None:
    """Return the next event, or None when there is none for so long."""
    try:
        async with asyncio.timeout(within):
            async for said in stream:
                if said.startswith("event:"):
                    return said
    except TimeoutError:
        return None
    return None


def follow(engine, what):
    """Run with a process's streams, and end them."""

    async def run():
        live = Live(engine)
        live.start()
        try:
            return await what(live)
        finally:
            live.end()

    return asyncio.run(run())


def say(engine, case, body="Hallo", *, internal=False):
    with transaction(engine) as session:
        found = session.get_one(Case, case.id)
        actions.say(session, found, author=AGENT, body=body, internal=internal)


WRITE_ELSEWHERE = """
import sys
import kb.articles.models  # what a case is about is one of its categories
from kb.access import Role, Viewer
from kb.cases import actions
from kb.cases.models import Case
from kb.db import open_engine, transaction
with transaction(open_engine(sys.argv[1])) as session:
    case = session.get_one(Case, int(sys.argv[2]))
    actions.say(session, case, author=Viewer(Role.AGENT, 1), body="from elsewhere")
    print("said", flush=True)
"""


def test_what_another_process_writes_is_told_within_two_seconds(engine, case):
    async def run(live: Live) -> tuple[str | None, float]:
        stream = live.events(channel(case))
        waiting = asyncio.create_task(event(stream, within=60))
        arguments = [sys.executable, "-c", WRITE_ELSEWHERE, str(engine.url), str(case.id)]
        await asyncio.to_thread(subprocess.run, arguments, check=True, capture_output=True)
        committed = monotonic()
        return await waiting, monotonic() - committed

    told, seconds = follow(engine, run)
    assert told == "event: changed\ndata: waiting.2\n\n"
    assert seconds < 2


def test_a_note_of_the_staff_is_not_told(engine, case):
    async def run(live: Live) -> tuple[str | None, str | None]:
        stream = live.events(channel(case))
        waiting = asyncio.create_task(event(stream, within=30))
        await asyncio.sleep(0.2)
        await asyncio.to_thread(say, engine, case, "CANARYNOTE", internal=True)
        await asyncio.sleep(1.5)
        was_quiet = not waiting.done()
        await asyncio.to_thread(say, engine, case, "Hallo")
        return str(was_quiet), await waiting

    assert follow(engine, run) == ("True", "event: changed\ndata: waiting.2\n\n")


def test_a_page_that_is_late_is_told_at_once(engine, case):
    say(engine, case)
    told = follow(engine, lambda live: event(live.events(channel(case))))
    assert told == "event: changed\ndata: waiting.2\n\n"


def test_who_loses_the_right_hears_no_more(engine, case):
    may = [True]

    async def run(live: Live) -> str | None:
        ours = channel(case)
        limited = Channel(lambda s: ours.look(s) if may[0] else None, "v", "new.1", case.id)
        waiting = asyncio.create_task(event(live.events(limited), within=30))
        await asyncio.sleep(0.2)
        may[0] = False
        await asyncio.to_thread(say, engine, case, "CANARY")
        return await waiting

    assert follow(engine, run) == "event: gone\ndata:\n\n"


def test_a_quiet_stream_shows_that_it_is_there(engine, case, monkeypatch):
    monkeypatch.setattr(lives, "HEARTBEAT", 0.1)

    async def run(live: Live) -> list[str]:
        found: list[str] = []
        async for said in live.events(channel(case)):
            found.append(said)
            if len(found) == 4:
                break
        return found

    assert follow(engine, run) == ["retry: 2000\n\n", ":\n\n", ":\n\n", ":\n\n"]


def test_what_many_follow_is_looked_at_less_often(engine, case, monkeypatch):
    monkeypatch.setattr(lives, "HEARTBEAT", 0.01)

    async def run(live: Live) -> float:
        stream = live.events(replace(channel(case), pause=0.1))
        start = monotonic()
        for _ in range(4):  # the line that says when to come again, and three looks
            await anext(stream)
        return monotonic() - start

    assert follow(engine, run) >= 0.2


def test_one_visitor_has_so_many_streams_and_the_end_ends_them_all(engine, case):
    async def run(live: Live) -> tuple[int, int, float]:
        streams = [live.events(channel(case)) for _ in range(lives.MOST_PER_VISITOR)]
        for stream in streams:
            await anext(stream)
        full = live.respond(channel(case)).status_code
        other = live.respond(channel(case, visitor="somebody else")).status_code
        ends = asyncio.gather(*(event(stream, within=30) for stream in streams))
        await asyncio.sleep(0.2)
        start = monotonic()
        live.end()
        await ends
        return full, other, monotonic() - start

    full, other, seconds = follow(engine, run)
    assert full == 204
    assert other != 204
    assert seconds < 1


def test_a_stream_gives_its_place_at_the_door_back():
    async def run() -> bool:
        begun, over = asyncio.Event(), asyncio.Event()

        async def inner(scope, _receive, send):
            if scope["path"] == "/stream":
                kind = [(b"content-type", b"text/event-stream; charset=utf-8")]
                await send({"type": "http.response.start", "status": 200, "headers": kind})
                begun.set()
                await over.wait()

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(_message):
            pass

        door = Door(inner, 1)
        stream = asyncio.create_task(door({"type": "http", "path": "/stream"}, receive, send))
        await begun.wait()
        async with asyncio.timeout(5):
            await door({"type": "http", "path": "/page"}, receive, send)
            await door({"type": "http", "path": "/page"}, receive, send)
        over.set()
        await stream
        return True

    assert asyncio.run(run())


def test_a_stream_of_a_case_that_is_not_theirs_is_not_there(visitor, case):
    assert visitor.get("/de/cases/nope/events").status_code == 404
    assert visitor.get(f"/de/cases/{case.public_id[:-1]}/events").status_code == 404
    signed_out = visitor.get(f"/desk/cases/{case.id}/events", follow_redirects=False)
    assert signed_out.status_code == 303
    assert visitor.get("/desk/cases/events", follow_redirects=False).status_code == 303
