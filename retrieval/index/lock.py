"""One process writes an embedded index. A lock on a file says which; it goes with the process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
