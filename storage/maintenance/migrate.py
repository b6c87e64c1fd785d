"""Bringing a database to the tables of this version. A kill in the middle leaves the old ones or the new ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, create_engine, event, inspect, make_url, text
from sqlalchemy.pool import NullPool

from storage import migrations
from storage.engine.sqlite import prepare_connection
from storage.errors import SchemaMismatch, store_errors

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK = 7_263_411
"""Of PostgreSQL's advisory locks, the one for migrations of the desk."""


@store_errors()
def upgrade(url: str) -> None:
    """To the newest revision; nothing happens where it is there already.

    Raises SchemaMismatch where a newer version made the tables.
    """
    with _exclusive(make_url(url)) as connection:
        found = _revision(connection)
        if found is not None and found > migrations.HEAD:
            raise SchemaMismatch(found, migrations.HEAD)
        if found == migrations.HEAD:
            return  # without reading every revision, and what reads them
        from alembic import command

        command.upgrade(config(connection), "head")


@store_errors()
def revision(url: str) -> str | None:
    """Of the tables that are there; None where there are none."""
    engine = create_engine(_with_driver(make_url(url)), poolclass=NullPool)
    with engine.connect() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def config(connection: Connection) -> Config:
    from alembic.config import Config

    found = Config()
    found.set_main_option("script_location", str(Path(migrations.__file__).parent))
    found.attributes["connection"] = connection
    return found


@contextmanager
def _exclusive(url: URL) -> Iterator[Connection]:
    """One transaction that nobody else migrates in."""
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).touch(mode=0o600)
    engine = create_engine(_with_driver(url), poolclass=NullPool)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def prepare(connection: sqlite3.Connection, _record: object) -> None:
            connection.isolation_level = None  # the driver would commit before a CREATE TABLE
            prepare_connection(connection)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection


def _with_driver(url: URL) -> URL:
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url
