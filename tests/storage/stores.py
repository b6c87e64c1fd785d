"""Stores for tests: migrated once, then copied."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from storage import Store
from storage.maintenance import migrate
from storage.maintenance.verify import DATABASE, HISTORY, verify
from tests.clock import START, FakeClock

_TEMPLATES: dict[Path, Path] = {}


def sqlite_url(folder: Path) -> str:
    """An empty database with the desk's tables in that folder."""
    base = folder.parent
    if base not in _TEMPLATES:
        template = base / "template.db"
        migrate.upgrade(f"sqlite:///{template}")
        _TEMPLATES[base] = template
    path = folder / "masa.db"
    shutil.copy(_TEMPLATES[base], path)
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
