"""A Lotse of its own: a home in a folder, the command line, and the server in a process.

Nothing in here is faked: the journeys and the screenshots go through the same door as anybody.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from desk.demonstration import FOLDER, import_demo
from kb.access import Role
from kb.config import LOCALES
from kb.db import migrate, open_engine, transaction
from kb.people import actions, queries

ROOT = Path(__file__).parent.parent
PASSWORD = "correct horse battery staple"  # noqa: S105  # of agents in throw-away homes
NAMES = {"de": "Ada Lotsen", "en": "Alan Pilot"}
PATIENCE = 90.0
"""Seconds until a server is ready; loading a model takes a while on a busy machine."""
LOTSE = (sys.executable, "-c", "from lotse import main; main()")


def call(
    words: Iterable[str | Path], *, folder: Path, environment: Mapping[str, str], typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Call the command line in a folder, with these settings and what is typed."""
    return subprocess.run(  # noqa: S603  # our own command
        [*LOTSE, *map(str, words)],
        cwd=folder,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def chromium() -> str | None:
    """Return where the browser is, if there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def free_port() -> int:
    """Return a port nobody listens at."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Lotse:
    """An installation: everything it knows is in `home`."""

    home: Path
    port: int = field(default_factory=free_port)
    theme: Path | None = None
    """The look of an operator, from a file."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Other settings, as LOTSE_LLM_URL."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings: the demo's name and number, and limits no test runs into."""
        inherited = {
            name: value
            for name, value in os.environ.items()  # noqa: TID251  # of a child process
            if not name.startswith("LOTSE_")
        }
        themed = {"LOTSE_THEME_FILE": str(self.theme.resolve())} if self.theme else {}
        return (
            inherited
            | themed
            | {
                "PYTHONPATH": str(ROOT),
                "LOTSE_HOME": str(self.home),
                "LOTSE_PUBLIC_URL": self.url,
                "LOTSE_BRAND": "Koggenet",
                "LOTSE_SERVICE_PHONE": "0800 5550199",
                "LOTSE_REQUESTS_PER_MINUTE": "100000",
                "LOTSE_POSTS_PER_HOUR": "100000",
            }
            | self.settings
        )

    def engine(self) -> Engine:
        """Open its database."""
        self.home.mkdir(parents=True, exist_ok=True)
        engine = open_engine(f"sqlite:///{self.home / 'lotse.sqlite3'}")
        migrate(engine)
        return engine

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Call the command line."""
        return call(arguments, folder=self.home, environment=self.environment)

    @contextmanager
    def serving(self) -> Iterator["Lotse"]:
        """Serve for a while; search is ready when this begins."""
        with (
            (self.home / "serve.log").open("ab") as log,
            subprocess.Popen(  # noqa: S603  # our own command
                [*LOTSE, "serve", "--port", str(self.port)],
                cwd=self.home,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            ) as process,
        ):
            try:
                self._wait(process)
                yield self
            finally:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()

    def _wait(self, process: "subprocess.Popen[bytes]") -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and process.poll() is None:
            if b'"search":"ready"' in self._get("/readyz"):
                return
            time.sleep(0.2)
        raise RuntimeError((self.home / "serve.log").read_text()[-2000:])

    def _get(self, path: str) -> bytes:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.read() if response.status == HTTPStatus.OK else b""
        except (OSError, HTTPException):
            return b""
        finally:
            connection.close()


def furnish(lotse: Lotse, *, source: Path = FOLDER) -> None:
    """Import the demo, or a part of it, add an agent per language, and index everything."""
    engine = lotse.engine()
    for report in import_demo(engine, lambda *_: None, source):
        if report.failures:
            raise RuntimeError(f"{report.source}: {report.failures}")
    with transaction(engine) as session:
        for locale in LOCALES:
            if queries.by_login(session, locale) is None:
                who: dict[str, Any] = {"name": NAMES[locale], "login": locale, "locale": locale}
                actions.add_person(session, role=Role.AGENT, password=PASSWORD, **who)
    engine.dispose()
    synced = lotse.run("index", "sync")
    if synced.returncode:
        raise RuntimeError(synced.stdout + synced.stderr)


def part_of_demo(folder: Path, *, articles: tuple[str, ...], cases: int) -> Path:
    """Copy these articles, two for staff, and every so many-eth case; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for beside in ("categories.yaml", "glossary.yaml"):
        shutil.copy(FOLDER / beside, folder)
    shutil.copytree(FOLDER / "articles" / "pictures", folder / "articles" / "pictures")
    chosen = [f"articles/{locale}/{key}.md" for locale in LOCALES for key in articles]
    staff = sorted(FOLDER.glob("staff/*/*.md"))[:2]
    for name in [*chosen, *(str(path.relative_to(FOLDER)) for path in staff)]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(FOLDER / name, folder / name)
    lines = (FOLDER / "cases.jsonl").read_text().splitlines()
    kept = lines[:: len(lines) // cases]
    (folder / "cases.jsonl").write_text("\n".join(kept) + "\n")
    return folder
