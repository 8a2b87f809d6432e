"""A crowd at the desk: agents with their streams open, customers who write, and what pages take.

Everything goes over HTTP to one `lotse serve`, as browsers do it: each agent signs in, keeps the
stream of the list and of a case open, and in turn opens the list, a case and its sidebar.
"""

import asyncio
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

import httpx
from sqlalchemy import Engine
from sqlmodel import select

from desk.demonstration import import_demo
from kb.access import Role
from kb.cases import actions as cases
from kb.cases.models import Case
from kb.config import Config
from kb.db import migrate, open_engine, stored_id, transaction
from kb.people import actions as people
from retrieval.assembly import build_engines
from retrieval.index.sync import sync

PAGES = ("list", "case", "sidebar")
_PASSWORD = secrets.token_urlsafe(12)
_CASES = 200
_READY = 300.0
_SETTLING = 5.0
_QUIET, _LONGEST_START = 0.1, 180.0
"""Cores in use from which a server has done what it does after a start; seconds that may take."""
_SHARE = 0.95
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Order:
    """How many do what, for how long."""

    agents: int = 50
    updates: float = 5.0
    """Messages of customers a second, over all cases."""
    seconds: float = 60.0
    pause: float = 5.0
    """Seconds an agent reads before they open the next page."""


@dataclass(frozen=True)
class Page:
    """Milliseconds until a page had come, as an agent waited for it."""

    asked: int
    median: float
    p95: float


@dataclass(frozen=True)
class Crowd:
    """What was seen."""

    order: Order
    pages: dict[str, Page]
    streams: int
    events: int
    written: int
    faults: int
    """Answers that were no page, and connections that broke."""
    cores_used: float
    """Processors the server was at work on, on average."""
    load: float


@dataclass
class _Seen:
    taken: dict[str, list[float]] = field(default_factory=lambda: {one: [] for one in PAGES})
    streams: int = 0
    events: int = 0
    written: int = 0
    faults: int = 0
    processor: float = 0.0


@dataclass(frozen=True)
class _Place:
    address: str
    session: int
    """Of the server's processes."""
    cases: tuple[tuple[int, str], ...]
    """Id and private link."""

    def of(self, number: int) -> str:
        """Return the part of an address that names a case."""
        return f"/{self.cases[number % len(self.cases)][0]}"


def measure(order: Order, tell: Tell) -> Crowd:
    """Prepare the demo with many open cases, serve it, and let the crowd in."""
    with TemporaryDirectory(prefix="lotse-crowd-") as folder:
        config = Config(home=Path(folder), database_url="", chroma_url="", redis_url="")
        engine = open_engine(config.sql_url)
        migrate(engine)
        import_demo(engine, lambda *_: None)
        opened = _fill(engine, order.agents)
        sync(engine, build_engines(config))
        engine.dispose()
        tell("prepare", 1, 1)
        with _server(Path(folder)) as (address, session):
            _settle(session)
            seen = asyncio.run(_crowd(order, _Place(address, session, opened), tell))
    return Crowd(
        order=order,
        pages={name: _page(taken) for name, taken in seen.taken.items()},
        streams=seen.streams,
        events=seen.events,
        written=seen.written,
        faults=seen.faults,
        cores_used=round(seen.processor / order.seconds, 2),
        load=round(os.getloadavg()[0], 1),
    )


def _fill(engine: Engine, agents: int) -> tuple[tuple[int, str], ...]:
    with transaction(engine) as session:
        for number in range(agents):
            people.add_person(
                session,
                name=f"Agent {number}",
                login=f"agent{number}",
                role=Role.AGENT,
                password=_PASSWORD,
            )
        for number in range(_CASES):
            customer = people.customer(
                session, name=f"Kundin {number}", email=f"k{number}@example.org", locale="de"
            )
            cases.open_case(
                session,
                customer=customer,
                subject=f"Der Router blinkt rot ({number})",
                body="Seit heute früh geht das Internet nicht, die zweite Lampe blinkt rot.",
                locale="de",
            )
        session.flush()
        rows = session.exec(select(Case).order_by(Case.id.desc()).limit(_CASES)).all()  # type: ignore[union-attr]
        return tuple((stored_id(case.id), case.public_id) for case in rows)


async def _crowd(order: Order, place: _Place, tell: Tell) -> _Seen:
    seen, ended = _Seen(), asyncio.Event()
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
        agents = [await stack.enter_async_context(_client(place)) for _ in range(order.agents)]
        for number, agent in enumerate(agents):
            await _signed_in(agent, number)
            tell("sign in", number + 1, order.agents)
        streams = [
            group.create_task(_follow(agent, f"/desk/cases{place.of(number)}/events", seen))
            for number, agent in enumerate(agents)
        ]
        streams += [
            group.create_task(_follow(agent, "/desk/cases/events", seen)) for agent in agents
        ]
        await asyncio.sleep(_SETTLING)
        working = [
            group.create_task(_work(agent, number, order, place, (seen, ended)))
            for number, agent in enumerate(agents)
        ]
        customer = await stack.enter_async_context(_client(place))
        working.append(group.create_task(_write(customer, order, place, (seen, ended))))
        before = _worked(place.session)
        for second in range(int(order.seconds)):
            await asyncio.sleep(1)
            tell("measure", second + 1, int(order.seconds))
        seen.processor = _worked(place.session) - before
        ended.set()
        await asyncio.wait(working)
        for stream in streams:
            stream.cancel()
    return seen


def _client(place: _Place) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=8)
    headers = {"origin": place.address, "accept-language": "de"}
    return httpx.AsyncClient(
        base_url=place.address, timeout=60, limits=limits, headers=headers, trust_env=False
    )


async def _signed_in(agent: httpx.AsyncClient, number: int) -> None:
    data = {"login": f"agent{number}", "password": _PASSWORD}
    await agent.post("/desk/sign-in", data=data)
    (await agent.get("/desk/cases")).raise_for_status()


async def _follow(agent: httpx.AsyncClient, path: str, seen: _Seen) -> None:
    """Keep a stream open as a browser does, and count what comes."""
    try:
        async with agent.stream("GET", path, timeout=None) as stream:
            seen.streams += stream.status_code == httpx.codes.OK
            async for line in stream.aiter_lines():
                seen.events += line == "event: changed"
    except httpx.HTTPError:
        seen.faults += 1


async def _work(
    agent: httpx.AsyncClient,
    number: int,
    order: Order,
    place: _Place,
    ending: tuple[_Seen, asyncio.Event],
) -> None:
    """Open a page, read it, open the next; agents begin one after the other."""
    seen, ended = ending
    await asyncio.sleep(order.pause * number / order.agents)
    for turn in count():
        if ended.is_set():
            return
        case = f"/desk/cases{place.of(number + turn)}"
        paths = ("/desk/cases", case, f"{case}/assist")
        name = PAGES[turn % len(PAGES)]
        headers = {"hx-request": "true"} if name == "sidebar" else {}
        started = perf_counter()
        try:
            answer = await agent.get(paths[turn % len(PAGES)], headers=headers)
            seen.faults += answer.status_code != httpx.codes.OK
        except httpx.HTTPError:
            seen.faults += 1
        seen.taken[name].append((perf_counter() - started) * 1000)
        await asyncio.sleep(order.pause)


async def _write(
    customer: httpx.AsyncClient,
    order: Order,
    place: _Place,
    ending: tuple[_Seen, asyncio.Event],
) -> None:
    """Write messages at an even pace, whether or not the last has been answered."""
    seen, ended = ending
    async with asyncio.TaskGroup() as group:
        for number in count():
            if ended.is_set():
                return
            _, link = place.cases[number % len(place.cases)]
            group.create_task(_say(customer, link, number, seen))
            await asyncio.sleep(1 / order.updates)


async def _say(customer: httpx.AsyncClient, link: str, number: int, seen: _Seen) -> None:
    data = {"key": f"k{number}", "body": f"Es blinkt immer noch, jetzt {number} Mal."}
    files = {"files": ("", b"", "application/octet-stream")}
    try:
        answer = await customer.post(f"/de/cases/{link}/messages", data=data, files=files)
        seen.written += answer.status_code == httpx.codes.SEE_OTHER
        seen.faults += answer.status_code != httpx.codes.SEE_OTHER
    except httpx.HTTPError:
        seen.faults += 1


@contextmanager
def _server(home: Path) -> Iterator[tuple[str, int]]:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "lotse", "serve", "--port", str(port)]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LOTSE_")}  # noqa: TID251
    own = {
        "LOTSE_HOME": str(home),
        "LOTSE_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "LOTSE_REQUESTS_PER_MINUTE": "1000000",
        "LOTSE_POSTS_PER_HOUR": "1000000",
        "HF_HUB_OFFLINE": "1",
    }
    with subprocess.Popen(  # noqa: S603  # our own interpreter
        command, env=kept | own, stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()


def _wait(address: str) -> None:
    end = perf_counter() + _READY
    while perf_counter() < end:
        try:
            if b'"search":"ready"' in httpx.get(f"{address}/readyz", trust_env=False).content:
                return
        except httpx.HTTPError:
            pass
    raise TimeoutError


def _settle(session: int) -> None:
    """Wait until what is made once after a start is made: vectors of all cases, for one."""
    end = perf_counter() + _LONGEST_START
    before = _worked(session)
    while perf_counter() < end:
        sleep(_SETTLING)
        now = _worked(session)
        if now - before < _QUIET * _SETTLING:
            return
        before = now


def _worked(session: int) -> float:
    """Return the seconds of a processor that the processes of a session have used."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[3]) == session:
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def _page(taken: list[float]) -> Page:
    ordered = sorted(taken) or [0.0]
    middle, last = ordered[len(ordered) // 2], ordered[int(len(ordered) * _SHARE)]
    return Page(len(taken), round(middle, 1), round(last, 1))
