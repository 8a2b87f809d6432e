"""A throw-away PostgreSQL cluster: in a temporary folder, on a unix socket, never as root.

It is fast because it may lose everything: no fsync, small, removed at the end.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FAST = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "40",
    "shared_buffers": "32MB",
    "log_min_messages": "fatal",
}


@dataclass(frozen=True)
class Cluster:
    """A running cluster."""

    socket_folder: Path
    process_id: int

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket_folder}"


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a cluster, and stop and remove it at the end whatever happens."""
    binaries = _binaries()
    if binaries is None:
        raise RuntimeError(why_not())
    with tempfile.TemporaryDirectory(prefix="lotse-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if _is_root():
            shutil.chown(folder, "postgres")
        data = folder / "data"
        _quietly([*_as_somebody(), str(binaries / "initdb"), *_initdb_options(), "-D", str(data)])
        settings = [part for key, value in _FAST.items() for part in ("-c", f"{key}={value}")]
        command = [str(binaries / "postgres"), "-D", str(data), "-k", str(folder), *settings]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(  # noqa: S603
                [*_as_somebody(), *command],
                cwd=folder,
                stdout=log,
                stderr=log,
            )
        try:
            _wait_until_ready(server, binaries, folder)
            yield Cluster(folder, server.pid)
        finally:
            _stop(server)


def why_not() -> str:
    """Return why no cluster can be started here; empty when one can."""
    if _binaries() is None:
        return "PostgreSQL binaries (initdb, postgres) are not installed"
    if _is_root() and (_user_id("postgres") is None or _as_somebody() == []):
        return "PostgreSQL refuses to run as root, and there is no user `postgres` to run it as"
    return ""


@cache
def _binaries() -> Path | None:
    candidates = [*_from_pg_config(), *sorted(Path("/usr/lib/postgresql").glob("*/bin"))[::-1]]
    if found := shutil.which("initdb"):
        candidates.append(Path(found).parent)
    needed = ("initdb", "postgres", "pg_isready")
    return next((at for at in candidates if all((at / name).exists() for name in needed)), None)


def _from_pg_config() -> list[Path]:
    program = shutil.which("pg_config")
    if program is None:
        return []
    done = subprocess.run([program, "--bindir"], capture_output=True, text=True, check=False)  # noqa: S603
    return [Path(done.stdout.strip())] if done.returncode == 0 else []


def _initdb_options() -> Sequence[str]:
    return ("--auth=trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync")


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _user_id(name: str) -> int | None:
    import pwd  # noqa: PLC0415  # not there on Windows, where nobody is root

    try:
        return pwd.getpwnam(name).pw_uid
    except KeyError:
        return None


def _as_somebody() -> list[str]:
    """Return the words in front of a command that make it run as a user who is not root."""
    if not _is_root():
        return []
    if program := shutil.which("setpriv"):
        return [program, "--reuid=postgres", "--regid=postgres", "--init-groups"]
    if program := shutil.which("runuser"):
        return [program, "-u", "postgres", "--"]
    return []


def _quietly(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")  # noqa: S603
    if done.returncode != 0:
        raise RuntimeError(f"{command[-3:]} failed: {done.stderr[-2000:]}")


def _wait_until_ready(server: subprocess.Popen[bytes], binaries: Path, folder: Path) -> None:
    check = [str(binaries / "pg_isready"), "-q", "-h", str(folder)]
    for _ in range(300):
        if server.poll() is not None:
            break
        if subprocess.run(check, check=False).returncode == 0:  # noqa: S603
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()[-2000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        server.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth keeping
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
