"""Who may write an index now. Both rights go with the process that holds them.

A lock on a file says which process of this machine keeps its index, and a lock in PostgreSQL which
machine has the turn to sync: two at once would embed everything twice.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, func, select, text

_TURN = 0x6C6F747366
"""The advisory lock whose holder brings the index into step."""
_NOTICED = (
    "SET tcp_keepalives_idle = 30",
    "SET tcp_keepalives_interval = 10",
    "SET tcp_keepalives_count = 3",
)
"""A machine that lost its power is noticed in a minute, and not in hours."""


class Busy(Exception):
    """Another process keeps the index of this home."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the right to write the index in this folder.

    Raises:
        Busy: another process holds it; that process will do what is to be done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / ".writer", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield
    finally:
        os.close(handle)


@contextmanager
def turn(engine: Engine, *, wait: bool = False) -> Iterator[None]:
    """Hold the turn to bring the index into step, where several machines keep one.

    It goes with the connection, so also with the process. SQLite is on one machine alone, where
    `writing` says who it is.

    Raises:
        Busy: another machine has the turn, and we do not wait for it.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()  # really closed at the end, and its settings with it
        for setting in _NOTICED:
            connection.execute(text(setting))
        if wait:
            connection.execute(select(func.pg_advisory_lock(_TURN)))
        elif not connection.scalar(select(func.pg_try_advisory_lock(_TURN))):
            raise Busy
        yield
