"""A SQLite database as the file that it is: copied beside a running desk, looked through, freed of its log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from storage.engine.sqlite import Sqlite, damage_of
from storage.errors import store_errors
from storage.tables import metadata


@store_errors()
def copy(url: str, target: Path) -> None:
    """Checked and on disk before it takes its name. Also of a database of another version, which no store opens."""
    Sqlite(make_url(url), busy_timeout=30.0, pragmas={}).backup(target)


@store_errors()
def damage(database: Path) -> list[str]:
    """What is wrong with it; empty when all is well."""
    with closing(sqlite3.connect(database)) as connection:
        return damage_of(connection)


@store_errors()
def missing(database: Path) -> list[str]:
    """Tables and columns of this version that it does not have."""
    with closing(sqlite3.connect(database)) as connection:
        found: dict[str, set[str]] = {}
        for table in metadata.tables:
            found[table] = {row[1] for row in connection.execute("SELECT * FROM pragma_table_info(?)", (table,))}
    columns = [(table.name, column.name) for table in metadata.sorted_tables for column in table.columns]
    return [f"{table}.{column}" for table, column in columns if column not in found[table]]


@store_errors()
def fold_log(database: Path) -> None:
    """Everything in the one file. Nobody else may have it open."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
