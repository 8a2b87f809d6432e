"""One web process: the application behind its door, and the threads beside it."""

import atexit
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import parent_process
from threading import Event, Thread

from litestar.concurrency import set_asyncio_executor
from litestar.types import ASGIApp

from desk import uploads
from desk.app import create_app
from desk.beside import Beside
from desk.door import Door
from kb.config import Config
from kb.db import migrate, open_engine
from retrieval.assembly import Retrieval, build_models, build_retrieval

_THREADS = 32
"""More than there are places at the door, whatever the number of processors."""


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
    held = Event()

    def build() -> Retrieval:
        if not config.chroma_url:
            held.wait()  # an embedded index is opened only when no other process writes it
        return build_retrieval(config, engine, engines)

    made = create_app(config, engine=engine, build=build)
    site = made.state["site"]
    beside = Beside(config, engine, engines, site, held=held)
    made.on_startup += [one.start for one in beside.threads()]
    made.on_startup.append(partial(_when_told_to_stop, site.live.end))
    made.on_shutdown.append(beside.stop.set)
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
