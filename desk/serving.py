"""One web process: the application, its door, and the thread that keeps its index in step."""

import os
from asyncio import Semaphore
from multiprocessing import parent_process
from threading import Event, Thread

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, ReceiveMessage, Scope, Send

from desk.app import LARGEST_BODY, create_app
from kb.config import Config
from kb.db import migrate, open_engine
from retrieval.assembly import Retrieval, build_models, build_retrieval
from retrieval.index.keeper import keep

_PLACES = 10
"""Of the 15 database connections of a process; the rest are for second ones and the keeper."""


def app() -> ASGIApp:
    """Build the application of this process from the environment; the server calls it."""
    _end_with_the_server()
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
    made.on_startup.append(keeper.start)
    made.on_shutdown.append(stop.set)
    return Door(made)


def _end_with_the_server() -> None:
    """Follow the server when it is killed: a web process left over would go on at its port."""
    server = parent_process()
    if server is None:
        return

    def follow() -> None:
        server.join()
        os._exit(1)

    Thread(target=follow, name="server", daemon=True).start()


class Door:
    """Lets in as many requests at once as there are database connections for; others queue.

    Without it a crowd stops everything: each thread waits for a connection, and whoever could give
    one back waits for a thread.
    """

    def __init__(self, inner: ASGIApp, places: int = _PLACES) -> None:
        self._inner = inner
        self._places = Semaphore(places)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["path"] == "/livez":
            await self._inner(scope, receive, send)
            return
        received = await _received(receive)  # who sends slowly takes no place meanwhile
        async with self._places:
            await self._inner(scope, received, send)


async def _received(receive: Receive) -> Receive:
    """Wait for the body, or for more of it than is allowed, and return what gives it out again."""
    messages: list[ReceiveMessage] = []
    size, is_whole = 0, False
    while not is_whole and size <= LARGEST_BODY:
        message = await receive()
        messages.append(message)
        is_whole = message["type"] != "http.request" or not message["more_body"]
        size += len(message["body"]) if message["type"] == "http.request" else 0
    waiting = iter(messages)

    async def again() -> ReceiveMessage:
        return next(waiting, None) or await receive()

    return again
