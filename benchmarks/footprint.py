"""What a library takes: memory while it is served, and disk. In a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from kb.access import ANYONE
from kb.config import Config
from kb.db import open_engine
from retrieval.assembly import build_retrieval


@dataclass(frozen=True)
class Footprint:
    """Bytes."""

    empty: int
    """Memory before anything is opened, all libraries imported by then being in it."""
    serving: int
    """Memory after the warm-up and every question."""
    disk: int


def measure(home: Path, questions: Path) -> Footprint:
    """Serve a library that `benchmarks.search` made, and look.

    Twice, and the second counts: the first after a change holds what Chroma has yet to write.
    """
    _served(home, questions)
    empty, serving = json.loads(_served(home, questions))
    disk = sum(file.stat().st_size for file in home.rglob("*") if file.is_file())
    return Footprint(empty, serving, disk)


def _served(home: Path, questions: Path) -> str:
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-m", "benchmarks.footprint", str(home), str(questions)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def _serve(home: Path, questions: Path) -> None:
    empty = _resident()
    config = Config(home=home, database_url="", chroma_url="", redis_url="")
    engine = open_engine(config.sql_url)
    retrieval = build_retrieval(config, engine)
    with Session(engine) as session:
        retrieval.warm(session)
        for line in questions.read_text().splitlines():
            asked = json.loads(line)
            retrieval.search(session, asked["text"], ANYONE, asked["lang"])
    print(json.dumps([empty, _resident()]))  # noqa: T201


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), Path(sys.argv[2]))
