"""Live pages: a stream of events that says that something changed, never what.

SQL is the truth. One thread per process follows the outbox and wakes the streams of a case,
whichever process changed it; a reply held back wakes them when its time has come. A woken stream
looks, with the rights of that moment, whether its viewer would see anything else than before, and
only then says so; the page fetches the rest as any other page is fetched.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from time import monotonic

import structlog
from anyio import CapacityLimiter, to_thread
from litestar import Response
from litestar.response import Stream
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from kb import clock, outbox
from kb.cases import sending

log = structlog.get_logger()

PAUSE = 0.5
"""Seconds between looks at the outbox, while anybody listens."""
HEARTBEAT = 20.0
"""Seconds after which a stream looks by itself, and shows that it still is there."""
LONGEST = 900.0
"""Seconds after which a stream ends; the browser comes again."""
MOST = 800
MOST_PER_VISITOR = 5
"""A browser has six connections to a site without HTTP/2, and needs one for its pages."""
_LOOKS_AT_ONCE = 2
"""Of the database connections of a process, those that streams may use."""
_HEADERS = {
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
}


@dataclass(frozen=True)
class Channel:
    """What somebody follows. `look` returns a mark of all they may see now, None: nothing more."""

    look: Callable[[Session], str | None]
    visitor: str
    """By whom streams are counted."""
    seen: str = ""
    """The mark of the page they have."""
    case_id: int | None = None
    """None: every case."""
    pause: float = 0.0
    """Seconds between two looks at least: what many follow is looked at less often."""


@dataclass(eq=False)
class _Listener:
    loop: asyncio.AbstractEventLoop
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.woken.set)


class Live:
    """The streams of one process, and the thread that wakes them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._listeners: dict[_Listener, Channel] = {}
        self._by_visitor: Counter[str] = Counter()
        self._lock = Lock()
        self._wanted, self._ended = Event(), Event()
        self._limiter: CapacityLimiter | None = None
        self._looked_at = clock.now()

    def start(self) -> None:
        """Begin to follow the outbox."""
        Thread(target=self._follow, name="live", daemon=True).start()

    def end(self) -> None:
        """End every stream, so that the process can."""
        self._ended.set()
        self._wanted.set()
        self._wake(lambda _: True)

    def respond(self, channel: Channel) -> Response[bytes] | Stream:
        """Answer with a stream, or with nothing when there are too many: then the page waits."""
        with self._lock:
            is_full = (
                len(self._listeners) >= MOST
                or self._by_visitor[channel.visitor] >= MOST_PER_VISITOR
            )
        if is_full or self._ended.is_set():
            return Response(b"", status_code=204, headers=_HEADERS)
        return Stream(self.events(channel), media_type="text/event-stream", headers=_HEADERS)

    async def events(self, channel: Channel) -> AsyncIterator[str]:
        """Yield a line of life now and then, and an event whenever there is something to fetch."""
        told, end = channel.seen, monotonic() + LONGEST
        with self._listening(channel) as listener:
            yield "retry: 2000\n\n"
            while not self._ended.is_set() and monotonic() < end:
                listener.woken.clear()
                mark = await self._look(channel)
                if mark is None:
                    yield "event: gone\ndata:\n\n"
                    return
                yield ":\n\n" if mark == told else f"event: changed\ndata: {mark}\n\n"
                told = mark
                rest = monotonic() + channel.pause
                await _awake(listener, HEARTBEAT)
                while not self._ended.is_set() and (left := rest - monotonic()) > 0:
                    listener.woken.clear()
                    await _awake(listener, left)

    async def _look(self, channel: Channel) -> str | None:
        if self._limiter is None:
            self._limiter = CapacityLimiter(_LOOKS_AT_ONCE)

        def look() -> str | None:
            with Session(self._engine) as session:
                return channel.look(session)

        try:
            return await to_thread.run_sync(look, limiter=self._limiter)
        except SQLAlchemyError as error:  # the next look may do better
            log.warning("live_look_failed", kind=type(error).__name__)
            return channel.seen

    @contextmanager
    def _listening(self, channel: Channel) -> Iterator[_Listener]:
        listener = _Listener(asyncio.get_running_loop())
        with self._lock:
            self._listeners[listener] = channel
            self._by_visitor[channel.visitor] += 1
            self._wanted.set()
        try:
            yield listener
        finally:
            with self._lock:
                del self._listeners[listener]
                self._by_visitor -= Counter([channel.visitor])

    def _follow(self) -> None:
        """Wake whoever listens to what changed. Nobody is missed: who comes late looks first."""
        seen: int | None = None
        while not self._ended.is_set():
            self._wanted.wait()
            seen = self._followed(seen)
            self._ended.wait(PAUSE)
            with self._lock:
                if not self._listeners and not self._ended.is_set():
                    self._wanted.clear()
                    seen = None

    def _followed(self, seen: int | None) -> int | None:
        try:
            with Session(self._engine) as session:
                newest = outbox.position(session, [outbox.Subject.CASE])
                now = clock.now()
                sent = sending.sent_between(session, self._looked_at, now)
                self._looked_at = now
                if newest == seen and not sent:
                    return seen
                changed = outbox.since(session, newest if seen is None else seen)
        except SQLAlchemyError as error:
            log.warning("live_waits", kind=type(error).__name__)
            return seen
        cases = changed[outbox.Subject.CASE] | sent
        self._wake(lambda case_id: seen is None or case_id is None or case_id in cases)
        return newest

    def _wake(self, is_meant: Callable[[int | None], bool]) -> None:
        with self._lock:
            meant = [one for one, what in self._listeners.items() if is_meant(what.case_id)]
        for listener in meant:
            listener.wake()


async def _awake(listener: _Listener, seconds: float) -> None:
    """Wait until woken, or for so long."""
    try:
        async with asyncio.timeout(seconds):
            await listener.woken.wait()
    except TimeoutError:
        return
