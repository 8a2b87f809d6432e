"""Lotse grown: PostgreSQL, a Chroma server, Redis, web processes and a worker, all real."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL

import httpx

from tests.running import LOTSE, PATIENCE, ROOT, call, free_port

LIMIT = 12
"""Searches a visitor may make in a minute; every request of a test is another visitor's."""
_MODEL_THREADS = {"OMP_NUM_THREADS": "1"}
"""Three models on two cores would wait for each other."""


def chroma() -> str | None:
    """Return where the Chroma server's program is, if there is one."""
    return shutil.which("chroma", path=str(Path(sys.executable).parent))


def redis() -> str | None:
    return shutil.which("redis-server")


def until(is_so: Callable[[], bool], *, what: str, seconds: float = PATIENCE) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:.0f} s in vain until {what}")
        time.sleep(0.1)


@dataclass
class Service:
    """A process that can be stopped, killed and started again."""

    command: list[str]
    folder: Path
    port: int = 0
    environment: dict[str, str] | None = None
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def log(self) -> Path:
        return self.folder / f"{Path(self.command[0]).name}-{self.command[-1]}.log"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  # our own commands
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        if self.port:
            until(self._is_listening, what=f"{self.command[0]} listens")

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """As a machine does that has no memory left."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def children(self) -> list[int]:
        """Return the ids of its own Python processes, the helper that tidies up left out."""
        if self.process is None:
            return []
        own = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(one) for one in own.split() if _is_web_process(one)]

    def has_open(self, name: str) -> bool:
        """Say whether the process has a file of this name open now."""
        if self.process is None:
            return False
        handles = Path(f"/proc/{self.process.pid}/fd").iterdir()
        return any(handle.is_symlink() and handle.readlink().name == name for handle in handles)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self.start()

    def _is_listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@dataclass
class Grown:
    """The whole set-up. Nothing runs before `running` is entered."""

    folder: Path
    database_url: str
    port: int = field(default_factory=free_port)
    _visitors: int = 0

    def __post_init__(self) -> None:
        for name in ("chroma", "redis", "home"):
            (self.folder / name).mkdir()
        ports = [str(free_port()) for _ in range(2)]
        self.chroma = Service(
            [str(chroma()), "run", "--host", "127.0.0.1", "--path", "chroma", "--port", ports[0]],
            self.folder,
            int(ports[0]),
        )
        self.redis = Service(
            [str(redis()), "--save", "", "--bind", "127.0.0.1", "--port", ports[1]],
            self.folder / "redis",
            int(ports[1]),
        )
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("LOTSE_")},  # noqa: TID251
            **_MODEL_THREADS,
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "200",
            "LOTSE_HOME": str(self.folder / "home"),
            "LOTSE_DATABASE_URL": self.database_url,
            "LOTSE_CHROMA_URL": f"http://127.0.0.1:{ports[0]}",
            "LOTSE_REDIS_URL": f"redis://127.0.0.1:{ports[1]}",
            "LOTSE_PUBLIC_URL": self.url,
            "LOTSE_REQUESTS_PER_MINUTE": str(LIMIT),
            "LOTSE_TRUSTED_PROXIES": "127.0.0.1",
        }
        self.web = self._service("serve", "--workers", "2", "--port", str(self.port))
        self.worker = self._service("worker")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self) -> Iterator["Grown"]:
        """Run everything, and stop it in the end whatever happens. The worker keeps the index."""
        services = [self.chroma, self.redis, self.worker, self.web]
        try:
            for service in services[:-1]:
                service.start()
            until(lambda: self.worker.has_open(".writer"), what="the worker keeps the index")
            self.web.start()
            yield self
        finally:
            for service in reversed(services):
                service.stop()

    def run(self, *words: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Call the command line."""
        return call(words, folder=self.folder, environment=self.environment, typed=typed)

    def get(
        self,
        path: str,
        *,
        visitor: str = "",
        cookies: httpx.Cookies | None = None,
        **asked: str,
    ) -> httpx.Response:
        """Ask over a connection of its own, so any of the web processes may answer."""
        with self.browser(visitor=visitor, cookies=cookies) as client:
            return client.get(path, params=asked or None)

    def browser(self, *, visitor: str = "", cookies: httpx.Cookies | None = None) -> httpx.Client:
        """Return somebody new's browser, or that of a visitor with an address."""
        self._visitors += 1
        address = visitor or f"10.0.{self._visitors // 250}.{self._visitors % 250 + 1}"
        return httpx.Client(
            base_url=self.url,
            headers={"x-forwarded-for": address},
            cookies=cookies,
            timeout=60,
            follow_redirects=True,
            trust_env=False,
            verify=False,  # noqa: S501  # no TLS here, and reading certificates takes long
        )

    def has_no_drift(self) -> bool:
        return self.run("index", "audit").returncode == 0

    def _service(self, *words: str) -> Service:
        return Service([*LOTSE, *words], self.folder, environment=self.environment)

    def is_ready(self) -> bool:
        """Say whether every web process can search."""
        try:
            said = [self.get("/readyz").json()["search"] for _ in range(6)]
        except httpx.TransportError:
            return False
        return said == ["ready"] * 6


def kill(process_id: int) -> None:
    os.kill(process_id, SIGKILL)


def is_running(process_id: int) -> bool:
    """Say whether there is such a process; one that ended and was not collected is none."""
    try:
        return Path(f"/proc/{process_id}/cmdline").read_bytes() != b""
    except OSError:
        return False


def _is_web_process(process_id: str) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{process_id}/cmdline").read_bytes()
    except OSError:  # gone meanwhile
        return False
