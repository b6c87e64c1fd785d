"""Stores for tests: migrated once, then copied."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from storage import Store
from storage.maintenance import migrate
from storage.maintenance.verify import DATABASE, HISTORY, verify
from tests.clock import START, FakeClock


@cache
def _tables() -> bytes:
    """A database without a row: playing every migration takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "masa.db"
        migrate.upgrade(f"sqlite:///{file}")
        return file.read_bytes()


def sqlite_url(folder: Path) -> str:
    """An empty database with the desk's tables in that folder."""
    path = folder / "masa.db"
    path.touch(mode=0o600)
    path.write_bytes(_tables())
    return f"sqlite:///{path}"


def open_sqlite(folder: Path, clock: FakeClock | None = None, **options: Any) -> Store:
    return Store.open(sqlite_url(folder), clock=clock or FakeClock(), **options)


def broken(store: Store) -> list[str]:
    """What is wrong with the database or the histories in it, whoever wrote them."""
    return [str(breach) for breach in verify(store, now=START, invariants=(DATABASE, HISTORY))]


def damage(path: Path, table: str) -> None:
    """Its first page is overwritten, as a disk or a wrong copy does; the others stay sound."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
