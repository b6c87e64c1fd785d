"""The store: the one way in for the worker, the relay, the channels and the commands."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from handlers.ports import Clock
from storage.engine.backend import Backend
from storage.engine.change_feed import NO_CHANGES, UNKNOWN_CHANGES, ChangeSet
from storage.engine.prepared import kept_statements
from storage.engine.sqlite import Sqlite
from storage.engine.transaction import Transaction
from storage.errors import ReadOnly, SchemaMismatch, StoreError, Unsupported, store_errors
from storage.migrations import HEAD
from storage.unit_of_work import SqlUnitOfWork
from storage.writer import Writer

T = TypeVar("T")
_REVISION = text("SELECT version_num FROM alembic_version")


class Store:
    """Implements `handlers.ports.Transactions`: what leaves it, also by a future, is a StoreError."""

    @classmethod
    @store_errors()
    def open(
        cls,
        url: str,
        *,
        clock: Clock,
        busy_timeout: float = 5.0,
        lock_patience: float = 60.0,
        time_limit: float = 30.0,
        token: Callable[[], str] | None = None,
        pragmas: Mapping[str, int] | None = None,
    ) -> Store:
        """`busy_timeout`: seconds that the database itself waits for a lock; `lock_patience`: how long the writer goes
        on asking; `time_limit`: seconds that one work may take. Raises SchemaMismatch before `migrate.upgrade(url)`.
        """
        parsed = make_url(url)
        backend: Backend
        match parsed.get_backend_name():
            case "sqlite":
                backend = Sqlite(parsed, busy_timeout=busy_timeout, pragmas=pragmas or {})
            case "postgresql":
                from storage.engine.postgres import Postgres  # its driver is 8 MB that SQLite does without

                backend = Postgres(parsed, busy_timeout=busy_timeout, time_limit=time_limit)
            case other:
                raise Unsupported(f"{other}: use sqlite:///… or postgresql+psycopg://…")
        return cls(
            backend,
            clock=clock,
            token=token or (lambda: secrets.token_urlsafe(16)),
            time_limit=time_limit,
            lock_patience=lock_patience,
        )

    def __init__(
        self, backend: Backend, *, clock: Clock, token: Callable[[], str], time_limit: float, lock_patience: float
    ) -> None:
        self._backend = backend
        self._clock = clock
        self._token = token
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._bells: list[Callable[[], None]] = []
        self._unread = NO_CHANGES
        self._reading_news = threading.Lock()
        self._timed: list[Callable[[float], None]] = []
        self._readers = backend.reading()
        self._prepared = kept_statements(self._readers.dialect) if backend.dialect == "sqlite" else None
        self._require_schema()
        self._writer = Writer(
            backend, self._transaction, self._committed, time_limit=time_limit, lock_patience=lock_patience
        )
        self._others = backend.others(self._hear)

    # --- handlers.ports.Transactions ---
    def submit(self, work: Callable[[SqlUnitOfWork], T], *, first: bool = False) -> Future[T]:
        return self._submit(work, first=first)

    def write(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        if self._writer.in_writer:
            raise StoreError("a work may not wait for another one: both need the writer")
        return self._submit(work).result()

    @store_errors()
    def read(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        with self._readers.connect() as connection:
            self._backend.begin_reading(connection)
            try:
                unit_of_work = SqlUnitOfWork(self._transaction(connection))
                result = work(unit_of_work)
                unit_of_work.flush()
            except DBAPIError as error:
                if _is_refusal_to_write(error):
                    raise ReadOnly("a reader may not write") from error
                raise
            finally:
                self._backend.rollback(connection)
            return result

    def on_commit(self, listener: Callable[[frozenset[str]], None]) -> None:
        self._listeners.append(listener)

    # --- for those who put the house together ---
    @store_errors()
    def news(self) -> ChangeSet:
        """Since the last call: what other processes committed, and which events this one left to whoever is free."""
        with self._reading_news:
            news, self._unread = self._unread, NO_CHANGES
        if self._others is None and self._writer.foreign_commits():
            return UNKNOWN_CHANGES
        return news

    def on_change(self, wake_up: Callable[[], None]) -> bool:
        """Call `wake_up` (from a thread of the store) when there is news. False: not for what others commit, since this
        database tells nobody; who wants to know has to ask often."""
        self._bells.append(wake_up)
        if self._others is None:
            return False
        self._others.listen()
        return True

    @property
    def hears_peers(self) -> bool:
        """Whether other processes' news arrive (where the database tells nobody, asking it often is as good)."""
        return self._others is None or self._others.hears

    @property
    def writes_waiting(self) -> int:
        """Works that no writer has taken up yet."""
        return self._writer.waiting

    def on_write(self, listener: Callable[[float], None]) -> None:
        """Hears of each write how many seconds lay between asking for it and its commit, or its failure. Called in a
        writer's thread."""
        self._timed.append(listener)

    @store_errors()
    def backup(self, path: Path) -> None:
        """An online copy, checked. Raises Unsupported on PostgreSQL, and says what makes one there."""
        self._backend.backup(path)

    @store_errors()
    def damage(self) -> list[str]:
        """What is wrong with the files of the database; empty when all is well."""
        return self._backend.damage()

    def close(self) -> None:
        """Finishes what was submitted, then lets go of the database."""
        self._writer.close()
        if self._others is not None:
            self._others.close()
        self._readers.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _submit(self, work: Callable[[SqlUnitOfWork], T], *, first: bool = False) -> Future[T]:
        began = time.perf_counter()

        def time_it(_done: Future[T]) -> None:
            seconds = time.perf_counter() - began
            for listener in self._timed:
                listener(seconds)

        future = self._writer.submit(work, first=first)
        future.add_done_callback(time_it)
        return future

    def _transaction(self, connection: Connection) -> Transaction:
        return Transaction(connection, self._backend.dialect, self._clock.now, self._token, self._prepared)

    def _committed(self, news: ChangeSet) -> None:
        if self._others is not None:
            self._others.announce(news)
        self._tell(news)
        if news.waiting:
            self._note(ChangeSet(waiting=news.waiting))

    def _hear(self, news: ChangeSet) -> None:
        """From the other processes."""
        self._tell(news)
        self._note(news)

    def _tell(self, news: ChangeSet) -> None:
        if news.touched:
            for listener in self._listeners:
                listener(news.touched)

    def _note(self, news: ChangeSet) -> None:
        with self._reading_news:
            self._unread |= news
        for wake_up in self._bells:
            wake_up()

    def _require_schema(self) -> None:
        with self._readers.connect() as connection:
            exists = inspect(connection).has_table("alembic_version")
            found = connection.execute(_REVISION).scalar() if exists else None
        if found != HEAD:
            self._readers.dispose()
            raise SchemaMismatch(found, HEAD)


def _is_refusal_to_write(error: DBAPIError) -> bool:
    return "readonly" in (said := str(error.orig)) or "read-only" in said
