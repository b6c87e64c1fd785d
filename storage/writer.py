"""The writer: what is queued together is committed together.

There are no savepoints: SQLite may undo a whole transaction in the middle of one, and what follows would commit alone.
So when anything in a group fails, all of it is rolled back and each work is done again in a transaction of its own. A
future is resolved only after the commit of the very transaction in which its work ran.
"""

from __future__ import annotations

import queue
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from handlers.ports import HandlerTimedOut
from storage.engine.backend import Backend
from storage.engine.change_feed import ChangeSet
from storage.engine.transaction import Transaction
from storage.engine.watchdog import Watchdog
from storage.errors import StoreUnavailable, as_store_error
from storage.unit_of_work import SqlUnitOfWork

T = TypeVar("T")
TransactionFn = Callable[[SqlUnitOfWork], Any]
log = structlog.get_logger(__name__)

GROUP_SECONDS = 0.03
"""How long works join a group: who is in it hears of the commit after the last of them."""
FIRST_IN_A_ROW = 8
"""So many of those that go first are taken before one of the others: these are not held up for ever."""
CONFLICTS_BORNE = 20
"""How often a work is done again because another transaction came first."""
MAX_APART_SECONDS = 0.02
"""Seconds between undoing and doing again, at random."""
LETTING_GO_SECONDS = 0.1
"""Between two looks whether those who read an older state have done, after something was erased."""


@dataclass(slots=True, eq=False)
class _Job:
    work: TransactionFn
    future: Future[Any]
    timed_out: HandlerTimedOut | None = None


class _Queue:
    """Of works; some go first. Several threads may take from it."""

    def __init__(self) -> None:
        self._tokens: queue.SimpleQueue[bool] = queue.SimpleQueue()
        """One for each work, and False for each thread that is to end."""
        self._first: deque[_Job] = deque()
        self._others: deque[_Job] = deque()
        self._in_a_row = 0
        """Of those that go first, since one of the others was taken."""

    def put(self, job: _Job, *, first: bool) -> None:
        (self._first if first else self._others).append(job)
        self._tokens.put(True)

    def end(self) -> None:
        """One thread, after what is queued."""
        self._tokens.put(False)

    def get(self, timeout: float | None = None) -> _Job | None:
        """None: it is time to end. Raises queue.Empty after so many seconds."""
        return self._pop() if self._tokens.get(timeout=timeout) else None

    def another(self) -> _Job | None:
        """One that joins a group, where one waits."""
        try:
            job_waits = self._tokens.get_nowait()
        except queue.Empty:
            return None
        if not job_waits:
            self.end()  # after this group
            return None
        return self._pop()

    def _pop(self) -> _Job:
        """There is one for whoever has a token; where another thread was quicker, in the other queue."""
        while True:
            fair = self._in_a_row >= FIRST_IN_A_ROW
            for works in (self._others, self._first) if fair else (self._first, self._others):
                with suppress(IndexError):
                    job = works.popleft()
                    self._in_a_row = self._in_a_row + 1 if works is self._first else 0
                    return job

    def __len__(self) -> int:
        return len(self._first) + len(self._others)


class Writer:
    def __init__(
        self,
        backend: Backend,
        transaction: Callable[[Connection], Transaction],
        committed: Callable[[ChangeSet], None],
        *,
        time_limit: float,
        lock_patience: float,
    ) -> None:
        self._backend = backend
        self._transaction = transaction
        self._committed = committed
        self._lock_patience = lock_patience
        self._engine: Engine = backend.writing()
        self._jobs = _Queue()
        self._closed = False
        self._closing = threading.Lock()
        self._busy = threading.Lock()
        """Held while a transaction is open, where the backend has one writer."""
        self._data_version: int | None = None
        self._foreign = False
        self._erased = False
        """Whether something was erased that may still stand in the database's log."""
        self._only: Connection | None = None
        """The writer's connection, where the backend has one writer."""
        first = self._connected(None)  # fails here and now where the database cannot be used
        if backend.writers == 1:
            self._note_data_version(first)
        else:
            first.close()
        self._watchdog = Watchdog(time_limit)
        self._threads = [
            threading.Thread(target=self._run, name=f"store-writer-{number}", daemon=True)
            for number in range(backend.writers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Callable[[SqlUnitOfWork], T], *, first: bool = False) -> Future[T]:
        """`first`: before those that wait, as long as one of these is taken now and then."""
        future: Future[T] = Future()
        with self._closing:
            if self._closed:
                raise StoreUnavailable("the store is closed")
            self._jobs.put(_Job(work, future), first=first)
        return future

    def close(self) -> None:
        """Does what is queued, then stops."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            for _ in self._threads:
                self._jobs.end()
        for thread in self._threads:
            thread.join()
        self._watchdog.close()
        self._engine.dispose()

    @property
    def waiting(self) -> int:
        """Works that were not taken up yet."""
        return len(self._jobs)

    @property
    def in_writer(self) -> bool:
        return threading.current_thread() in self._threads

    def foreign_commits(self) -> bool:
        """Whether another connection committed since the last call. Only where the backend has one writer."""
        if self._busy.acquire(blocking=False):
            try:
                if self._only is not None:
                    self._note_data_version(self._only)
            finally:
                self._busy.release()
        found, self._foreign = self._foreign, False
        return found

    def _note_data_version(self, connection: Connection) -> None:
        version = self._backend.data_version(connection)
        if self._data_version is not None and version != self._data_version:
            self._foreign = True
        self._data_version = version

    # --- in the writer's thread ---
    def _run(self) -> None:
        connection = self._only
        while (job := self._next_job(connection)) is not None:
            if job.future.set_running_or_notify_cancel():
                connection = self._do(connection, [job])
        if connection is not None:
            connection.close()

    def _next_job(self, connection: Connection | None) -> _Job | None:
        """What others were reading when something was erased is let go of once they have done, whoever writes next."""
        while self._erased and connection is not None:
            try:
                return self._jobs.get(timeout=LETTING_GO_SECONDS)
            except queue.Empty:
                with self._busy:
                    self._erased = not self._backend.let_go_of_erased(connection, anew=False)
        return self._jobs.get()

    def _joined(self, jobs: list[_Job], *, grows: bool) -> Iterator[_Job]:
        """Those of the group, and what joins it while it is young."""
        yield from tuple(jobs)
        if not grows:
            return
        ends = time.monotonic() + GROUP_SECONDS
        while len(jobs) < self._backend.group and time.monotonic() < ends:
            job = self._jobs.another()
            if job is None:
                return
            if job.future.set_running_or_notify_cancel():
                jobs.append(job)
                yield job

    def _do(self, connection: Connection | None, jobs: list[_Job], *, grows: bool = True) -> Connection | None:
        """All of them, and what joins, in one transaction; where that fails, each alone. The connection, where it is
        still good."""
        conflicts = 0
        while True:
            try:
                connection = self._connected(connection)
                results, news = self._together(connection, jobs, conflicts, grows=grows)
            except BaseException as error:  # noqa: BLE001 # whatever it is, it belongs to the futures
                connection, grows = self._usable(connection), False
                if len(jobs) > 1:
                    break
                conflicts += 1
                if self._worth_again(error) and conflicts <= CONFLICTS_BORNE:
                    time.sleep(random.uniform(0, MAX_APART_SECONDS))  # noqa: S311 # two in a circle must not begin again at once
                    continue
                jobs[0].future.set_exception(as_store_error(error))
                return connection
            for job, result in zip(jobs, results, strict=True):
                job.future.set_result(result)
            if news:
                self._committed(news)
            return connection
        log.info("group_redone", works=len(jobs))
        for job in jobs:
            if job.timed_out is not None:
                job.future.set_exception(job.timed_out)
            else:
                connection = self._do(connection, [job], grows=False)
        return connection

    def _together(
        self, connection: Connection, jobs: list[_Job], beaten: int, *, grows: bool
    ) -> tuple[list[Any], ChangeSet]:
        with self._busy if self._backend.writers == 1 else threading.Lock():
            self._begin(connection, beaten)
            self._note_data_version(connection)
            transaction = self._transaction(connection)
            unit_of_work = SqlUnitOfWork(transaction)
            try:
                results = [self._one(connection, job, unit_of_work) for job in self._joined(jobs, grows=grows)]
                unit_of_work.flush()
                transaction.require_whole()
                self._backend.commit(connection)
            except BaseException:
                self._backend.rollback(connection)
                raise
            self._erased = self._erased or transaction.erases
            if self._erased:  # the commit stands, whatever comes of this; while others read, it is tried again soon
                self._erased = not self._backend.let_go_of_erased(connection, anew=transaction.erases)
            return results, ChangeSet(frozenset(transaction.touched), frozenset(transaction.waiting))

    def _one(self, connection: Connection, job: _Job, unit_of_work: SqlUnitOfWork) -> Any:
        unit_of_work.begin_work()
        try:
            return self._watchdog.run(lambda: job.work(unit_of_work), lambda: self._backend.interrupt(connection))
        except HandlerTimedOut as error:
            job.timed_out = error
            raise

    def _begin(self, connection: Connection, beaten: int) -> None:
        """Waits while another process writes: nothing is lost, it is only late."""
        give_up = time.monotonic() + self._lock_patience
        while True:
            try:
                self._backend.begin(connection, beaten)
            except DBAPIError as error:
                if not self._backend.is_lock_wait(error) or time.monotonic() > give_up:
                    raise
                log.warning("database_locked")
            else:
                return

    def _connected(self, connection: Connection | None) -> Connection:
        if connection is None:
            connection = self._engine.connect()
            if self._backend.writers == 1:
                self._only, self._data_version = connection, None
        return connection

    def _usable(self, connection: Connection | None) -> Connection | None:
        if connection is not None and (connection.invalidated or connection.closed):
            connection.close()
            return None
        return connection

    def _worth_again(self, error: BaseException) -> bool:
        return isinstance(error, DBAPIError) and (self._backend.is_conflict(error) or error.connection_invalidated)
