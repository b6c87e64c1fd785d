"""The worker: stores what comes in, handles it once and in order, and tells the channels what changed.

Implements handlers.channel_port.Reception. Transactions run on the store's writer; here is only the waiting. Where
several processes share one database, each has little in hand and leaves the rest to whoever is free; what it has in
hand is leased to it, and the commit of its effects fails where another took it over meanwhile.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import deque
from collections.abc import Callable, Collection, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import structlog

from bot.monitoring.metrics import Metrics
from bot.runtime import event_codec
from bot.runtime.matcher_pool import Understanding
from bot.runtime.subscriptions import Watches
from handlers.channel_port import Files, Unavailable, Watch
from handlers.chat.dispatch import handle
from handlers.context import Desk
from handlers.domain.errors import Stale
from handlers.events import Event
from handlers.messages import Outgoing
from handlers.ports import (
    Arrival,
    Attachment,
    Clock,
    HandlerTimedOut,
    OutcomeUnknown,
    Receipt,
    StoreError,
    StoreUnavailable,
    Transactions,
    UnitOfWork,
)
from knowledge import Reading
from storage.engine.change_feed import News

T = TypeVar("T")
Translate = Callable[[str, str, datetime], Event | None]
"""A platform's raw payload, its key, when it came → the event it means; None: nothing to do (another bot's message)."""

log = structlog.get_logger(__name__)

AT_MOST = 3
"""Attempts; then the event goes to quarantine, where it blocks nobody."""
DEADLY = 20
"""Attempts that no process survived to record; then it is the event that kills them."""
AT_ONCE = 64
"""Events in hand at once, of a process that works alone."""
SHARED_AT_ONCE = 8
"""Of one among others: what comes beyond is left to whoever is free."""
POLL = 0.05
"""Seconds between looks at what other processes committed, where nobody tells: one PRAGMA, some microseconds."""
SWEEP = 2.0
"""Seconds between looks for events that nobody told us of."""
TOLD_SWEEP = 5.0
"""The same where others tell: only what they died before telling is found so."""
LOOK_UP = 30.0
"""Seconds after which who watches looks anyway, where others tell."""
RENEW = 20.0
"""Seconds between renewals of the leases of what is in hand: a third of a lease."""
TRY_AGAIN = 0.5
"""Seconds between attempts while the store takes nothing."""


class Store(Transactions, Protocol):
    def news(self) -> News: ...
    def on_news(self, bell: Callable[[], None]) -> bool: ...


class Worker:
    """One a process. `leads` tells whether this process may work; one that may not only stores and reads."""

    def __init__(
        self,
        *,
        store: Store,
        desk: Desk,
        files: Files,
        clock: Clock,
        owner: str,
        leads: Callable[[], bool],
        translators: Mapping[str, Translate] | None = None,
        alone: bool = True,
        metrics: Metrics | None = None,
    ) -> None:
        self._store, self._desk, self._files, self._clock, self._owner = store, desk, files, clock, owner
        self._leads, self._alone = leads, alone
        self._metrics = metrics or Metrics()
        self._translators = dict(translators or {})
        self._watches = Watches()
        self._metrics.count_streams(lambda: len(self._watches))
        self._understanding = Understanding(self._metrics.matched)
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="read")
        self._room = asyncio.Semaphore(AT_ONCE)
        self._queues: dict[str, deque[Arrival]] = {}
        self._in_hand: set[str] = set()
        self._behind: set[str] = set()
        """Conversations in hand in which more may wait, stored for whoever is free."""
        self._unsure: set[str] = set()
        """Events whose handling may have been committed: the connection broke on the way."""
        self._waiters: dict[str, asyncio.Future[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._led = False
        self._told = False
        """Others tell what they commit."""
        self._again = False
        """Something may be due."""
        self._bell = asyncio.Event()
        self._store_works = asyncio.Event()
        self._store_works.set()
        self._loop: asyncio.AbstractEventLoop | None = None

    # --- Reception ----------------------------------------------------------------------------------
    @property
    def files(self) -> Files:
        return self._files

    def now(self) -> datetime:
        return self._clock.now()

    def new_key(self, channel: str) -> str:
        return f"{channel}:{uuid.uuid4().hex}"

    async def accept(self, event: Event, attachments: Collection[Attachment] = ()) -> bool:
        arrival = Arrival(
            key=event.key,
            channel=event.channel,
            conversation=event.conversation,
            payload=event_codec.dump(event),
            received_at=event.at,
        )
        return (await self._accept([arrival], tuple(attachments)))[0]

    async def accept_raw(self, arrivals: Sequence[Arrival], attachments: Collection[Attachment] = ()) -> Sequence[bool]:
        """A platform's updates as they came: on disk for good when this returns."""
        return await self._accept(arrivals, tuple(attachments))

    async def _accept(self, arrivals: Sequence[Arrival], attachments: tuple[Attachment, ...]) -> Sequence[bool]:
        owner = self._owner if self._takes(arrivals) else None
        now = self._clock.now()

        def store(uow: UnitOfWork) -> Sequence[Receipt]:
            for attachment in attachments:
                uow.attachments.add(attachment)
            return uow.inbox.accept(arrivals, now=now, owner=owner)

        with _unavailable():
            try:
                receipts = await self._commit(store)
            except StoreError as error:
                self._in_trouble(error)
                raise
        for arrival, receipt in zip(arrivals, receipts, strict=True):
            if receipt:
                self._metrics.accepted(arrival.channel)
            if receipt is Receipt.LEASED:
                self._take(replace(arrival, attempts=1))
        return [bool(receipt) for receipt in receipts]

    def _takes(self, arrivals: Sequence[Arrival]) -> bool:
        """Whether this process takes them into its own hand, as far as no elder one waits."""
        if self._stopping or not self._store_works.is_set() or not self._leads():
            return False
        return (
            self._alone
            or len(self._in_hand) + len(arrivals) <= self._at_once
            or all(arrival.conversation in self._queues for arrival in arrivals)
        )

    async def handled(self, key: str) -> None:
        """At once where it is in hand; else by looking until it waits no longer (another process, or a retry)."""
        if key in self._in_hand:
            await self._waiter(key)
        while not await self.read(lambda uow: uow.inbox.settled(key)):
            self._ring()
            await asyncio.sleep(POLL)

    async def read(self, query: Callable[[UnitOfWork], T]) -> T:
        with _unavailable():
            return await asyncio.get_running_loop().run_in_executor(self._readers, self._store.read, query)

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        with _unavailable():
            return await self._commit(work)

    async def _commit(self, work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.wrap_future(self._store.submit(work))

    def watch(self, conversations: Collection[str]) -> AbstractAsyncContextManager[Watch]:
        return self._watches.watch(conversations)

    # --- life ---------------------------------------------------------------------------------------
    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._store.on_commit(lambda conversations: self._soon(self._watches.wake, conversations))
        self._told = self._store.on_news(lambda: self._soon(self._ring))
        self._watches.look_every = LOOK_UP if self._told else None
        if self._leads():
            await self._sweep()
        self._spawn(self._keep_up())
        self._spawn(self._keep_leases())

    async def stop(self, within: float = 10.0) -> None:
        """Nothing new is begun; what is in hand is finished, or left in the inbox for the next start."""
        self._stopping = True
        self._watches.wake(frozenset())
        self._store_works.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._in_hand:
                    await asyncio.wait([self._waiter(key) for key in self._in_hand])
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._led:
            try:
                await self._commit(lambda uow: uow.inbox.free(self._owner))
            except StoreError as error:  # the leases run out
                log.error("inbox_not_released", error=type(error).__name__, why=str(error))
        self._readers.shutdown(wait=False)
        self._understanding.close()

    def _spawn(self, coroutine: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("task_failed", error=type(error).__name__, exc_info=error)

    def _soon(self, call: Callable[..., None], *arguments: object) -> None:
        """From a thread of the store."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop was closed meanwhile
                self._loop.call_soon_threadsafe(call, *arguments)

    def _ring(self) -> None:
        self._bell.set()

    # --- finding work -------------------------------------------------------------------------------
    async def _keep_up(self) -> None:
        """Takes what others stored, and wakes the watchers for what others did."""
        clock = asyncio.get_running_loop().time
        swept = clock()
        while not self._stopping:
            await self._rest()
            try:
                news = self._store.news()
                if news.touched is None:
                    self._watches.wake(None)
                self._note_waiting(news.waiting)
                if not self._leads():
                    self._led = False  # what another process holds when it dies is free again once this one leads
                elif self._is_sweep_due(clock() - swept):
                    swept = clock()
                    await self._sweep()
            except StoreError as error:
                self._in_trouble(error)

    async def _rest(self) -> None:
        if not self._store_works.is_set():
            await asyncio.sleep(TRY_AGAIN)
        with suppress(TimeoutError):
            async with asyncio.timeout(TOLD_SWEEP if self._told else POLL):
                if self._store_works.is_set():
                    await self._bell.wait()
        self._bell.clear()

    def _note_waiting(self, conversations: frozenset[str] | None) -> None:
        if conversations is None or conversations:
            self._again = True
            in_hand = self._queues.keys()
            self._behind |= set(in_hand) if conversations is None else in_hand & conversations

    def _is_sweep_due(self, seconds: float) -> bool:
        if not self._led or not self._store_works.is_set() or seconds >= (TOLD_SWEEP if self._told else SWEEP):
            return True
        return self._again and len(self._in_hand) <= self._at_once // 2

    @property
    def _at_once(self) -> int:
        return AT_ONCE if self._alone else SHARED_AT_ONCE

    async def _sweep(self) -> None:
        """Leases what is due. The first time, what a dead process held is free: on SQLite nobody else can be alive.
        After trouble, what is leased to this process without its knowing is free too."""
        first, recovers, kept = not self._led, not self._store_works.is_set(), frozenset(self._in_hand)
        room = max(0, self._at_once - len(kept))
        now = self._clock.now()

        def lease(uow: UnitOfWork) -> Sequence[Arrival]:
            if first and self._alone:
                uow.inbox.free()
                uow.outbox.free()
            if recovers:
                uow.inbox.free(self._owner, keep=kept)
            return uow.inbox.lease(self._owner, now, room) if room else ()

        self._again = False
        arrivals = await self._commit(lease)
        self._led = True
        if recovers:
            log.info("inbox_reachable_again")
            self._store_works.set()
        for arrival in arrivals:
            self._take(arrival)
            self._behind.add(arrival.conversation)

    async def _keep_leases(self) -> None:
        while not self._stopping:
            await asyncio.sleep(RENEW)
            if self._in_hand:
                try:
                    await self._renew(frozenset(self._in_hand), self._clock.now())
                except StoreError as error:
                    self._in_trouble(error)

    async def _renew(self, keys: Collection[str], now: datetime) -> None:
        await self._commit(lambda uow: uow.inbox.renew(self._owner, keys, now))

    def _in_trouble(self, error: BaseException) -> None:
        """Until a sweep succeeds again, nothing is taken in hand, and what is in hand waits."""
        if self._store_works.is_set() and not self._stopping:
            log.error("inbox_unreachable", error=type(error).__name__, why=str(error))
            self._store_works.clear()
            self._ring()

    # --- handling -----------------------------------------------------------------------------------
    def _take(self, arrival: Arrival) -> None:
        """Behind what is already in hand of the same conversation."""
        if arrival.key in self._in_hand:
            return
        self._in_hand.add(arrival.key)
        queue = self._queues.setdefault(arrival.conversation, deque())
        queue.append(arrival)
        if len(queue) == 1:
            self._spawn(self._work_off(arrival.conversation))

    async def _work_off(self, conversation: str) -> None:
        """One conversation's events, one after the other; one that waits for another try makes the later ones wait."""
        queue = self._queues[conversation]
        try:
            while queue and not self._stopping:
                try:
                    async with self._room:
                        done = await self._handle(queue[0])
                except StoreError as error:  # not even its failure could be recorded: the same again, later
                    if isinstance(error, OutcomeUnknown):
                        self._unsure.add(queue[0].key)
                    self._in_trouble(error)
                    await self._store_works.wait()
                    continue
                if not done:
                    break
                self._let_go(queue.popleft())
        finally:
            del self._queues[conversation]
            for left in queue:  # given back to the inbox: the sweep takes them again when they are due, in order
                self._let_go(left)
            if conversation in self._behind:
                self._behind.discard(conversation)
                self._again = True
            if self._again:
                self._ring()

    def _let_go(self, arrival: Arrival) -> None:
        self._in_hand.discard(arrival.key)
        self._unsure.discard(arrival.key)
        if (waiter := self._waiters.pop(arrival.key, None)) and not waiter.done():
            waiter.set_result(None)

    async def _handle(self, arrival: Arrival) -> bool:
        """False: it failed and waits for another try. Raises StoreError where not even that could be recorded."""
        if arrival.attempts > DEADLY:
            return await self._failed(arrival, HandlerTimedOut("no process survived it"), retry=False)
        try:
            event = self._translate(arrival)
        except Exception as error:  # noqa: BLE001 # whatever a translator stumbles over, the event goes to quarantine
            return await self._failed(arrival, error, retry=False)
        for _ in range(AT_MOST):
            began = time.perf_counter()
            try:
                await self._in_one_transaction(arrival, event)
            except OutcomeUnknown:
                raise
            except Stale as stale:  # another transaction was first: the same message again, on what is true now
                if stale.what == "event":
                    return self._lost(arrival)
            except Exception as error:  # whatever a handler raises, the event must not be lost
                done = await self._failed(arrival, error, retry=arrival.attempts < AT_MOST)
                log.error("handler_failed", key=arrival.key, error=type(error).__name__, exc_info=error)
                return done
            else:
                self._metrics.handled(arrival.channel, time.perf_counter() - began)
                return True
        return await self._failed(arrival, Stale("conflict", arrival.key), retry=arrival.attempts < AT_MOST)

    def _translate(self, arrival: Arrival) -> Event | None:
        translate = self._translators.get(arrival.channel)
        if translate is None:
            return event_codec.load(arrival.payload, arrival.key, arrival.received_at)
        return translate(arrival.payload, arrival.key, arrival.received_at)

    async def _in_one_transaction(self, arrival: Arrival, event: Event | None) -> None:
        readings = await self._understanding.readings(event, self._desk.knowledge.read)
        now = self._clock.now()

        def understand(text: str) -> Reading:
            found = readings.get(text)
            return found if found is not None else self._desk.knowledge.read(text)

        def work(uow: UnitOfWork) -> None:
            uow.inbox.handled([arrival.key], now, self._owner)
            if event is not None:
                handle(self._desk, uow, event, understand)

        await self._commit(work)

    def _lost(self, arrival: Arrival) -> bool:
        """Another process took it over while this one stood still, or it was handled already."""
        if arrival.key not in self._unsure:
            self._metrics.lease_lost("event")
            log.warning("event_lost_to_another", key=arrival.key)
        self._again = True
        return True

    async def _failed(self, arrival: Arrival, error: Exception, *, retry: bool) -> bool:
        """Recorded with the kind of error only: its text may hold what somebody wrote. False: it is tried again."""
        now = self._clock.now()
        seconds = 2**arrival.attempts
        retry_at = now + timedelta(seconds=seconds) if retry else None
        why = type(error).__name__

        def record(uow: UnitOfWork) -> bool:
            if not uow.inbox.failed(arrival.key, why, retry_at, now, self._owner):
                return False
            if retry_at is None and uow.conversations.get(arrival.conversation) is not None:
                apology = self._desk.texts.render("errors/broken")
                uow.messages.put(Outgoing(conversation=arrival.conversation, text=apology, kind="errors/broken"))
            return True

        if not await self._commit(record):
            return self._lost(arrival)
        self._metrics.failed(arrival.channel, quarantined=not retry)
        if retry_at is None:
            log.error("event_quarantined", key=arrival.key, error=why)
            return True
        asyncio.get_running_loop().call_later(seconds, self._note_waiting, None)
        asyncio.get_running_loop().call_later(seconds, self._ring)
        return False

    def _waiter(self, key: str) -> asyncio.Future[None]:
        return self._waiters.setdefault(key, asyncio.get_running_loop().create_future())


@contextmanager
def _unavailable() -> Iterator[None]:
    """What is no fault of ours among the store's errors, in the words of the Reception."""
    try:
        yield
    except (StoreUnavailable, OutcomeUnknown, HandlerTimedOut) as error:
        raise Unavailable(f"the store does not answer: {error}") from error
