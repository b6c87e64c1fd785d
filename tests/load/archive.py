"""Databases with years behind them, on both engines: made once a version of the seed, copied for each use."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from psycopg import sql
from rich.progress import Progress
from sqlalchemy import Connection, MetaData, create_engine, func, select, text
from sqlalchemy.pool import NullPool

from storage.maintenance import migrate
from storage.tables import metadata
from tests.load import seed
from tests.load.figures import ROOT
from tests.load.settled import settle
from tests.postgres import PostgresServer

KEPT = ROOT / "artefacts" / "seeds"


def sqlite_archive(tickets: int, folder: Path) -> str:
    """The URL of a copy of its own in that folder."""
    copy = folder / f"{tickets}.db"
    shutil.copyfile(_made(tickets), copy)
    return f"sqlite:///{copy}"


def _made(tickets: int) -> Path:
    """Made where it is not there yet, and brought to the tables of this version; as it lies after years, not at a first
    start."""
    version = hashlib.sha256(Path(seed.__file__).read_bytes()).hexdigest()[:12]
    path = KEPT / f"{tickets}-{version}.db"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        for other in KEPT.glob(f"{tickets}-*"):
            other.unlink()
        unfinished = path.with_suffix(".unfinished")
        seed.seed(unfinished, tickets)
        unfinished.rename(path)
    settle(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def postgres_archive(tickets: int, server: PostgresServer) -> str:
    """A database of its own on that server, with the same rows as on SQLite."""
    name = f"archive_{tickets}"
    engine = create_engine(server.url(), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = server.url(name)
    migrate.upgrade(url)
    engine = create_engine(url, poolclass=NullPool, connect_args={"options": "-c timezone=UTC"})
    with closing(sqlite3.connect(_made(tickets))) as source, engine.begin() as target, _without_indexes(target):
        target.execute(text("SET LOCAL session_replication_role = replica"))  # foreign keys held on SQLite
        _copy(source, target)
    with create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return url


@contextmanager
def _without_indexes(target: Connection) -> Iterator[None]:
    """Built at the end they are built in a third of the time."""
    found = MetaData()
    found.reflect(target)
    indexes = [index for table in metadata.sorted_tables for index in found.tables[table.name].indexes]
    for index in indexes:
        index.drop(target)
    yield
    for index in indexes:
        index.create(target)


def _copy(source: sqlite3.Connection, target: Connection) -> None:
    raw: Any = target.connection.dbapi_connection
    with Progress(transient=True) as progress, raw.cursor() as cursor:
        bar = progress.add_task("to PostgreSQL", total=None)
        for table in metadata.sorted_tables:
            rows = source.execute(f"SELECT * FROM {table.name}")
            columns = [column[0] for column in rows.description]
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, columns))
            )
            with cursor.copy(statement) as copying:
                for number, row in enumerate(rows):
                    copying.write_row(row)
                    if number % 10_000 == 0:
                        progress.update(bar, description=f"to PostgreSQL: {table.name}, {number:,}")
            if table.autoincrement_column is not None:
                own = table.autoincrement_column
                last = target.execute(select(func.max(own))).scalar()
                if last is not None:
                    target.execute(select(func.setval(func.pg_get_serial_sequence(table.name, own.name), last)))
