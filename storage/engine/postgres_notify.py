"""News over LISTEN and NOTIFY, on a connection and in a thread of their own.

A commit is announced after it, not inside it: NOTIFY in a transaction makes commits wait for each other, flush and all.
A process that dies in between leaves what it did not announce to the others' next look.
"""

from __future__ import annotations

import os
import secrets
import selectors
import threading
from collections.abc import Callable, Mapping
from typing import Any

import psycopg
import structlog

from storage.engine.change_feed import NO_CHANGES, UNKNOWN_CHANGES, ChangeSet, decoded, encoded

log = structlog.get_logger(__name__)
CHANNEL = "masa"
FIRST_PAUSE = 0.1
MAX_PAUSE_SECONDS = 1.0
"""Seconds between attempts to connect again. Each tells that anything may have happened: so long others are polled."""
STOP_SECONDS = 2.0
"""Seconds that a clean stop waits for what is not announced yet."""


class PostgresNews:
    """Starts with the first who announces or listens."""

    def __init__(self, connecting: Mapping[str, Any], hear: Callable[[ChangeSet], None]) -> None:
        """`hear` is called from this thread with what others announce."""
        self._connecting, self._hear = connecting, hear
        self._own = secrets.token_hex(4)
        self._lock = threading.Lock()
        self._unsaid = NO_CHANGES
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()
        self.hears = False
        """Whether the connection stands."""
        self._lost = False
        self._ears, self._bell = os.pipe()
        os.set_blocking(self._bell, False)

    def listen(self) -> None:
        with self._lock:
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._run, name="store-news", daemon=True)
                self._thread.start()

    def announce(self, news: ChangeSet) -> None:
        with self._lock:
            first = not self._unsaid
            self._unsaid |= news
        self.listen()
        if first:
            self._ring()

    def close(self) -> None:
        """What is not announced yet still is, where the database answers."""
        self._closing.set()
        self._ring()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)
            if self._thread.is_alive():
                return  # it still waits for the database, and ends with the process
        os.close(self._bell)
        os.close(self._ears)

    def _ring(self) -> None:
        try:
            os.write(self._bell, b"!")
        except BlockingIOError:
            return  # it rings already

    # --- in the thread ---
    def _run(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                with psycopg.connect(autocommit=True, **self._connecting) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._heard_again()
                    pause = FIRST_PAUSE
                    self._exchange(connection)
            except psycopg.Error as error:
                self._not_heard(error)
            if self._closing.wait(pause):
                return
            pause = min(pause * 2, MAX_PAUSE_SECONDS)

    def _heard_again(self) -> None:
        if self._lost:
            log.info("database_heard_again")
        self._lost, self.hears = False, True
        self._hear(UNKNOWN_CHANGES)  # whatever was announced before this connection listened

    def _not_heard(self, error: psycopg.Error) -> None:
        if not self._lost:
            log.warning("database_not_heard", error=type(error).__name__)
        self._lost, self.hears = True, False
        self._hear(UNKNOWN_CHANGES)

    def _exchange(self, connection: psycopg.Connection[Any]) -> None:
        """Returns when the store closes. Raises psycopg.Error where the connection is lost."""
        with selectors.DefaultSelector() as selector:
            selector.register(connection.fileno(), selectors.EVENT_READ)
            selector.register(self._ears, selectors.EVENT_READ)
            while True:
                self._say(connection)
                if self._closing.is_set():
                    return
                heard = NO_CHANGES
                for notification in connection.notifies(timeout=0):
                    heard |= decoded(notification.payload, self._own)
                if heard:
                    self._hear(heard)
                if any(key.fileobj == self._ears for key, _ in selector.select()):
                    os.read(self._ears, 4096)

    def _say(self, connection: psycopg.Connection[Any]) -> None:
        with self._lock:
            unsaid = self._unsaid
            self._unsaid = NO_CHANGES
        if not unsaid:
            return
        try:
            connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, encoded(unsaid, self._own)])
        except psycopg.Error:
            with self._lock:
                self._unsaid |= unsaid
            raise
