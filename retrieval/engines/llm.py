"""A language model behind any OpenAI-compatible address, through llama-index; optional.

It is slow, it fails, and it may never stop: every call has a deadline for its first word and one
for its last, a limit of letters, and few calls run at once. A reader thread may hang on a dead
connection; the connection is closed under it, and nobody waits for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from queue import Empty, Queue
from random import uniform
from threading import BoundedSemaphore, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from retrieval.engines.breaker import Breaker

if TYPE_CHECKING:
    import httpx

_MOST_LETTERS = 8_000
_MOST_TOKENS = 900
_LETTERS_A_TOKEN = 4
_WAITS = (0.2, 0.6)
"""Seconds before a second try, at random between these."""


class Trouble(StrEnum):
    """Why a model said nothing that can be used."""

    UNREACHABLE = "unreachable"
    LATE = "late"
    ENDLESS = "endless"
    REFUSED = "refused"
    BUSY = "busy"
    PAUSED = "paused"


class NothingSaid(Exception):
    """The model gave no whole answer in time."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True)
class Said:
    """What a model said, and what it took."""

    text: str
    seconds: float
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True)
class Patience:
    """How long somebody waits, in seconds."""

    first: float
    whole: float


@dataclass(frozen=True)
class _Ended:
    error: Exception | None = None


class LanguageModel:
    """One model at one address; safe to use from several threads."""

    def __init__(self, url: str, name: str, key: str, *, at_once: int, patience: Patience) -> None:
        """Prepare; nothing is opened.

        Args:
            url: where the OpenAI-compatible interface begins, as http://host:11434/v1.
            name: of the model, as the server knows it.
            key: for the server; some want none.
            at_once: how many calls may run at the same time.
            patience: how long a call may take.
        """
        self.name = name
        self._url, self._key = url, key
        self._patience = patience
        self._free = BoundedSemaphore(at_once)
        self._breaker = Breaker()

    def say(self, system: str, user: str) -> Said:
        """Return what the model says.

        Raises:
            NothingSaid: it did not answer, or not in time, or did not stop.
        """
        _prepare()  # seconds, the first time
        started = monotonic()
        with self._turn():
            for is_last in (False, True):
                try:
                    text = self._streamed(system, user, started)
                except NothingSaid as nothing:
                    is_late = monotonic() - started > self._patience.first / 2
                    if is_last or is_late or nothing.trouble is not Trouble.REFUSED:
                        self._breaker.failed()
                        raise
                    sleep(uniform(*_WAITS))  # noqa: S311  # no secret
                else:
                    self._breaker.worked()
                    return _said(text, system + user, monotonic() - started)
        raise NothingSaid(Trouble.UNREACHABLE)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._free.acquire(blocking=False):
            raise NothingSaid(Trouble.BUSY)
        try:
            if not self._breaker.may_try():
                raise NothingSaid(Trouble.PAUSED)
            yield
        finally:
            self._free.release()

    def _streamed(self, system: str, user: str, started: float) -> str:
        """Read the answer as it comes, until it ends or a deadline is over."""
        import httpx  # noqa: PLC0415  # only where a model is set

        pieces: Queue[str | _Ended] = Queue()
        client = httpx.Client(timeout=self._patience.whole)
        Thread(
            target=self._read, args=(client, system, user, pieces), name="model", daemon=True
        ).start()
        text = ""
        try:
            while True:
                limit = self._patience.whole if text else self._patience.first
                try:
                    piece = pieces.get(timeout=max(started + limit - monotonic(), 0.001))
                except Empty:
                    raise NothingSaid(Trouble.LATE) from None
                if isinstance(piece, _Ended):
                    if piece.error is not None:
                        raise NothingSaid(_trouble(piece.error)) from piece.error
                    return text
                text += piece
                if len(text) > _MOST_LETTERS:
                    raise NothingSaid(Trouble.ENDLESS)
        finally:
            client.close()

    def _read(
        self, client: "httpx.Client", system: str, user: str, pieces: "Queue[str | _Ended]"
    ) -> None:
        from llama_index.core.llms import ChatMessage  # noqa: PLC0415  # heavy
        from llama_index.llms.openai_like import OpenAILike  # noqa: PLC0415  # as above

        try:
            kind: Any = OpenAILike  # its arguments are those of a base class
            model = kind(
                model=self.name,
                api_base=self._url,
                api_key=self._key or "none",
                is_chat_model=True,
                temperature=0.0,
                max_tokens=_MOST_TOKENS,
                max_retries=0,
                timeout=self._patience.whole,
                http_client=client,
            )
            told = [
                ChatMessage(role="system", content=system),
                ChatMessage(role="user", content=user),
            ]
            for one in model.stream_chat(told):
                if one.delta:
                    pieces.put(one.delta)
            pieces.put(_Ended())
        except Exception as error:  # noqa: BLE001  # a thread's: whatever it is, somebody waits for it
            pieces.put(_Ended(error))


def _prepare() -> None:
    """Import what speaks with servers, before somebody's patience is counted."""
    import httpx  # noqa: F401, PLC0415  # heavy, and only where a model is set
    import llama_index.llms.openai_like  # noqa: F401, PLC0415  # as above


def _said(text: str, asked: str, seconds: float) -> Said:
    """Not every server counts tokens, so they are estimated by letters, always alike."""
    return Said(text, seconds, len(asked) // _LETTERS_A_TOKEN, len(text) // _LETTERS_A_TOKEN)


def _trouble(error: Exception) -> Trouble:
    return Trouble.REFUSED if hasattr(error, "status_code") else Trouble.UNREACHABLE
