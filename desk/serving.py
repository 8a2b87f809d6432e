"""One web process: the application, its door, and the threads beside it: index, mail, plans."""

import atexit
import os
import signal
import sys
from asyncio import Semaphore
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import parent_process
from tempfile import SpooledTemporaryFile
from threading import Event, Thread

from litestar.concurrency import set_asyncio_executor
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

from desk import uploads
from desk.app import LARGEST_BODY, create_app
from desk.curate.gaps.safe import safe
from desk.patience import Patience, told
from desk.reads import write_until
from kb.articles.schedule import carry_out_until
from kb.config import Config
from kb.db import migrate, open_engine
from kb.errors import TooSlow
from kb.mail.sender import checked, send_until
from kb.retention.daily import tidy_until
from retrieval.affect.listening import listen_until
from retrieval.alike import follow_until
from retrieval.assembly import Retrieval, build_models, build_retrieval
from retrieval.findings.following import look_until
from retrieval.gaps.keeping import gather_until
from retrieval.index.keeper import keep

_PLACES = 10
"""Of the 15 database connections of a process; the rest are for streams and the keeper."""
_THREADS = 32
"""More than there are places, whatever the number of processors."""
_UPLOADS = 2
"""Requests with files that are worked on at once."""
_PATIENCE = 4
"""Times the largest body, until which one too large is waited for."""
_PIECE = 64 * 1024
Body = SpooledTemporaryFile[bytes]


def app() -> ASGIApp:
    """Build the application of this process from the environment; the server calls it."""
    _end_with_the_server()
    # a request that has written ends in another thread than it began in: if all of them waited for
    # the database it holds, none would be left to let it go
    set_asyncio_executor(ThreadPoolExecutor(_THREADS, thread_name_prefix="page"))
    config = Config()
    engine = open_engine(config.sql_url)
    migrate(engine)
    engines = build_models(config, engine)
    stop, held = Event(), Event()

    def build() -> Retrieval:
        if not config.chroma_url:
            held.wait()  # an embedded index is opened only when no other process writes it
        return build_retrieval(config, engine, engines)

    made = create_app(config, engine=engine, build=build)
    keeper = Thread(
        target=keep,
        args=(engine, engines, config.index_folder),
        kwargs={"stop": stop, "on_held": held.set},
        name="index",
        daemon=True,
    )
    checked(config)
    sender = Thread(target=send_until, args=(stop, engine, config), name="mail", daemon=True)
    days = config.question_days
    tidier = Thread(target=tidy_until, args=(stop, engine, days), name="tidy", daemon=True)
    planner = Thread(target=carry_out_until, args=(stop, engine), name="plans", daemon=True)
    finder = Thread(
        target=look_until, args=(stop, engine, engines, held), name="findings", daemon=True
    )
    made.on_startup += [keeper.start, sender.start, tidier.start, planner.start, finder.start]
    gatherer = Thread(
        target=gather_until, args=(stop, engine, engines, safe), name="gaps", daemon=True
    )
    made.on_startup.append(gatherer.start)
    learner = Thread(target=follow_until, args=(stop, engine, engines), name="cases", daemon=True)
    made.on_startup.append(learner.start)
    reads = made.state["site"].reads
    counter = Thread(target=write_until, args=(stop, engine, reads), name="reads", daemon=True)
    made.on_startup.append(counter.start)
    if config.affect:
        listener = Thread(
            target=listen_until, args=(stop, engine, engines), name="affect", daemon=True
        )
        made.on_startup.append(listener.start)
    made.on_startup.append(partial(_when_told_to_stop, made.state["site"].live.end))
    made.on_shutdown.append(stop.set)
    return Door(made, largest=partial(uploads.largest_body, config=config))


def _end_with_the_server() -> None:
    """Follow the server when it is killed: a web process left over would go on at its port."""
    server = parent_process()
    if server is None:
        return

    def follow() -> None:
        server.join()
        os._exit(1)

    Thread(target=follow, name="server", daemon=True).start()
    atexit.register(_leave)


def _leave() -> None:
    """End without taking everything apart: with a model loaded that takes seconds.

    By now every answer is given and every stream has ended; what was acknowledged is in SQL.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _when_told_to_stop(end: Callable[[], None]) -> None:
    """Call this at once: the server waits for open streams before it ends anything else.

    Its own way of being told stays as it is, for that hangs on the loop and not on these handlers.
    """
    for sign in (signal.SIGTERM, signal.SIGINT):
        # in a thread: a handler may interrupt whoever holds a lock that is needed here
        signal.signal(sign, lambda *_: Thread(target=end, name="end").start())


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
        self._uploads = Semaphore(_UPLOADS)
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["path"] == "/livez":
            await self._inner(scope, receive, send)
            return
        largest = self._largest(scope["path"]) if scope.get("method") == "POST" else LARGEST_BODY
        if largest <= LARGEST_BODY:
            received = await _received(receive)  # who sends slowly takes no place meanwhile
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
