"""What every command needs: the database of this home, and a progress bar. Imports late."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from kb.config import Config


def opened() -> "tuple[Config, Engine]":
    """Read the settings and open the database, making it if it is not there yet."""
    from kb.config import Config  # noqa: PLC0415  # `lotse --help` does without
    from kb.db import migrate, open_engine  # noqa: PLC0415  # as above

    config = Config()
    engine = open_engine(config.sql_url)
    migrate(engine)
    return config, engine


Progress = Callable[[str, int, int], None]
"""Told what is done, how much of it, and how much there is."""


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a function (what, done, total) that draws a progress bar on the terminal."""
    from rich.console import Console  # noqa: PLC0415  # as above
    from rich.progress import Progress as Bars  # noqa: PLC0415  # as above

    with Bars(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield tell
