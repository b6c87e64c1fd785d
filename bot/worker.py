"""The worker: stores what comes in, handles it once and in order, and tells the channels what changed.

Implements handlers.reception.Reception. Transactions run on the store's writer; here is only the waiting.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import deque
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import structlog

from bot import payload
from bot.metrics import Metrics
from handlers.desk import Desk
from handlers.domain.errors import Stale
from handlers.events import Event, MessageReceived
from handlers.handle import handle
from handlers.messages import Outgoing
from handlers.ports import Arrival, Attachment, Clock, Transactions, UnitOfWork
from handlers.reception import Files
from knowledge import Decision, Intent, Reading

T = TypeVar("T")
Translate = Callable[[str, str, datetime], Event | None]
"""A platform's raw payload, its key, when it came → the event it means; None: nothing to do (another bot's message)."""

log = structlog.get_logger(__name__)

AT_MOST = 3
"""Attempts; then the event goes to quarantine, where it blocks nobody."""
AT_ONCE = 64
POLL = 0.05
"""Seconds between looks at what other processes committed: one PRAGMA, some microseconds."""
SWEEP = 2.0
"""Seconds between looks for events that nobody told us of."""
UNDERSTAND_WITHIN = 2.0


class Store(Transactions, Protocol):
    def foreign_commits(self) -> bool: ...


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
        self._metrics.count_streams(lambda: len(self._watches))
        self._translators = dict(translators or {})
        self._queues: dict[str, deque[Arrival]] = {}
        self._in_hand: set[str] = set()
        self._waiters: dict[str, asyncio.Future[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._watches: set[_Watch] = set()
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="read")
        self._matcher = _matcher()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._stopping = False
        self._led = False
        self._found = False
        """The last sweep found something: what waits behind it in the same conversations is due next."""
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
            payload=payload.dump(event),
            received_at=event.at,
        )
        return (await self._accept([arrival], tuple(attachments)))[0]

    async def accept_raw(self, arrivals: Sequence[Arrival], attachments: Collection[Attachment] = ()) -> Sequence[bool]:
        """A platform's updates as they came: on disk for good when this returns."""
        return await self._accept(arrivals, tuple(attachments))

    async def _accept(self, arrivals: Sequence[Arrival], attachments: tuple[Attachment, ...]) -> Sequence[bool]:
        leads = self._leads() and not self._stopping
        now = self._clock.now()

        def store(uow: UnitOfWork) -> Sequence[bool]:
            for attachment in attachments:
                uow.attachments.add(attachment)
            return uow.inbox.accept(arrivals, now=now, owner=self._owner if leads else None)

        new = await asyncio.wrap_future(self._store.submit(store))
        for arrival, is_new in zip(arrivals, new, strict=True):
            if is_new:
                self._metrics.accepted(arrival.channel)
            if is_new and leads:
                self._take(replace(arrival, attempts=1))
        return new

    async def handled(self, key: str) -> None:
        """At once where it is in hand; else by looking until it waits no longer (another process, or a retry)."""
        if key in self._in_hand:
            await self._waiter(key)
        while not await self.read(lambda uow: uow.inbox.settled(key)):
            self._wake_worker()
            await asyncio.sleep(POLL)

    async def read(self, query: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._store.read, query)

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.wrap_future(self._store.submit(work))

    @asynccontextmanager
    async def watch(self, conversations: Collection[str]) -> AsyncIterator[_Watch]:
        watch = _Watch(frozenset(conversations))
        self._watches.add(watch)
        try:
            yield watch
        finally:
            self._watches.discard(watch)

    # --- life ---------------------------------------------------------------------------------------
    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._store.on_commit(self._committed)
        if self._leads():
            await self._sweep()
        self._spawn(self._keep_up())

    async def stop(self, within: float = 10.0) -> None:
        """Nothing new is begun; what is in hand is finished, or left in the inbox for the next start."""
        self._stopping = True
        for watch in self._watches:
            watch.wake(frozenset())
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._in_hand:
                    await asyncio.wait([self._waiter(key) for key in self._in_hand])
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._led:
            await asyncio.wrap_future(self._store.submit(lambda uow: uow.inbox.free(self._owner)))
        self._readers.shutdown(wait=False)
        self._matcher.shutdown(wait=False, cancel_futures=True)

    def _spawn(self, coroutine: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("task_failed", error=type(error).__name__, exc_info=error)

    async def _keep_up(self) -> None:
        """Takes what others stored, and wakes the watchers for what others did."""
        swept = 0.0
        clock = asyncio.get_running_loop().time
        while not self._stopping:
            foreign = self._store.foreign_commits()
            if foreign:
                self._wake(None)
            if not self._leads():
                self._led = False  # what another process holds when it dies is free again once this one leads
            elif foreign or not self._led or self._found or clock() - swept > SWEEP:
                swept = clock()
                await self._sweep()
            await asyncio.sleep(POLL)

    def _wake_worker(self) -> None:
        if self._leads() and not self._led:
            self._spawn(self._sweep())

    async def _sweep(self) -> None:
        """Leases what is due. The first time, what a dead process held is free: on SQLite nobody else can be alive."""
        first, self._led = not self._led, True
        now = self._clock.now()

        def lease(uow: UnitOfWork) -> Sequence[Arrival]:
            if first and self._alone:
                uow.inbox.free()
                uow.outbox.free()
            return uow.inbox.lease(self._owner, now, AT_ONCE)

        arrivals = await asyncio.wrap_future(self._store.submit(lease))
        self._found = bool(arrivals)
        for arrival in arrivals:
            self._take(arrival)

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
                async with self._room:
                    done = await self._handle(queue[0])
                if not done:
                    break
                self._let_go(queue.popleft())
        finally:
            del self._queues[conversation]
            for left in queue:  # given back to the inbox: the sweep takes them again when they are due, in order
                self._let_go(left)

    def _let_go(self, arrival: Arrival) -> None:
        self._in_hand.discard(arrival.key)
        if (waiter := self._waiters.pop(arrival.key, None)) and not waiter.done():
            waiter.set_result(None)

    async def _handle(self, arrival: Arrival) -> bool:
        """False: it failed and waits for another try."""
        try:
            event = self._translate(arrival)
        except Exception as error:  # noqa: BLE001 # whatever a translator stumbles over, the event goes to quarantine
            await self._failed(arrival, error, retry=False)
            return True
        for _ in range(AT_MOST):
            began = time.perf_counter()
            try:
                await self._in_one_transaction(arrival, event)
                self._metrics.handled(arrival.channel, time.perf_counter() - began)
            except Stale:
                continue  # another transaction was first: the same message again, on what is true now
            except Exception as error:  # whatever a handler raises, the event must not be lost
                log.error("handler_failed", key=arrival.key, error=type(error).__name__, exc_info=error)
                return await self._failed(arrival, error, retry=arrival.attempts < AT_MOST)
            return True
        return await self._failed(arrival, Stale("event", arrival.key), retry=arrival.attempts < AT_MOST)

    def _translate(self, arrival: Arrival) -> Event | None:
        translate = self._translators.get(arrival.channel)
        if translate is None:
            return payload.load(arrival.payload, arrival.key, arrival.received_at)
        return translate(arrival.payload, arrival.key, arrival.received_at)

    async def _in_one_transaction(self, arrival: Arrival, event: Event | None) -> None:
        readings = await self._readings(event)
        now = self._clock.now()

        def understand(text: str) -> Reading:
            found = readings.get(text)
            return found if found is not None else self._desk.knowledge.read(text)

        def work(uow: UnitOfWork) -> None:
            uow.inbox.handled([arrival.key], now)
            if event is not None:
                handle(self._desk, uow, event, understand)

        await asyncio.wrap_future(self._store.submit(work))

    async def _readings(self, event: Event | None) -> dict[str, Reading]:
        """Understanding comes before the transaction, under a time limit: too slow is as good as not understood."""
        if not isinstance(event, MessageReceived) or not event.text.strip() or event.text.startswith("/"):
            return {}
        text = event.text.strip()
        began = time.perf_counter()
        matcher = self._matcher
        reading = asyncio.get_running_loop().run_in_executor(matcher, self._desk.knowledge.read, text)
        try:
            return {text: await asyncio.wait_for(reading, UNDERSTAND_WITHIN)}
        except TimeoutError:
            log.warning("matching_too_slow", key=event.key, length=len(text))
            if matcher is self._matcher:  # what hangs hangs alone: the next text is read in a thread of its own
                matcher.shutdown(wait=False)
                self._matcher = _matcher()
            return {text: Reading(text, Decision.ask, Intent.report, None, ())}
        finally:
            self._metrics.matched(time.perf_counter() - began)

    async def _failed(self, arrival: Arrival, error: Exception, *, retry: bool) -> bool:
        """Recorded with the kind of error only: its text may hold what somebody wrote."""
        now = self._clock.now()
        retry_at = now + timedelta(seconds=2**arrival.attempts) if retry else None
        why = type(error).__name__
        self._metrics.failed(arrival.channel, quarantined=not retry)

        behind = [] if retry_at is None else list(self._queues[arrival.conversation])[1:]

        def record(uow: UnitOfWork) -> None:
            uow.inbox.failed(arrival.key, why, retry_at, now)
            for later in behind:
                uow.inbox.failed(later.key, "", now, now)
            if retry_at is None and uow.conversations.get(arrival.conversation) is not None:
                apology = self._desk.texts.render("errors/broken")
                uow.messages.put(Outgoing(conversation=arrival.conversation, text=apology, kind="errors/broken"))

        await asyncio.wrap_future(self._store.submit(record))
        if retry_at is None:
            log.error("event_quarantined", key=arrival.key, error=why)
        return retry_at is None

    def _waiter(self, key: str) -> asyncio.Future[None]:
        return self._waiters.setdefault(key, asyncio.get_running_loop().create_future())

    # --- watching -----------------------------------------------------------------------------------
    def _committed(self, conversations: frozenset[str]) -> None:
        """From the writer's thread."""
        if conversations and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, conversations)

    def _wake(self, conversations: frozenset[str] | None) -> None:
        for watch in self._watches:
            watch.wake(conversations)


def _matcher() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="match")


@dataclass(eq=False)
class _Watch:
    conversations: frozenset[str]

    def __post_init__(self) -> None:
        self._changed: set[str] = set()
        self._bell = asyncio.Event()

    def wake(self, conversations: frozenset[str] | None) -> None:
        """None: another process committed, nobody knows what."""
        changed = self.conversations if conversations is None else self.conversations & conversations
        if changed or conversations == frozenset():
            self._changed |= changed
            self._bell.set()

    async def changed(self, timeout: float | None = None) -> frozenset[str]:  # the port's
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                await self._bell.wait()
        self._bell.clear()
        changed, self._changed = frozenset(self._changed), set()
        return changed
