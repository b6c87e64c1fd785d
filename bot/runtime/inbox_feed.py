"""Finds the events that this process handles, and keeps each conversation's in order.

Where several processes share one database, each has little in hand and leaves the rest to whoever is free; what it has
in hand is leased to it, and the commit of its effects fails where another took it over meanwhile.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from typing import Protocol

import structlog

from bot.concurrency import BackgroundTasks, KeyedQueue, keep_going
from bot.monitoring.metrics import Metrics
from bot.runtime.event_handler import Handled, RetryIn
from bot.runtime.subscriptions import Subscriptions
from bot.runtime.transactions import commit
from handlers.ports import Arrival, Clock, OutcomeUnknown, StoreError, Transactions, UnitOfWork
from storage.engine.change_feed import ChangeSet

MAX_CONCURRENT_EVENTS = 64
"""Events in hand at once, of a process that works alone."""
MAX_CONCURRENT_EVENTS_SHARED = 8
"""Of one among others: what comes beyond is left to whoever is free."""
POLL_SECONDS = 0.05
"""Between looks at what other processes committed, where nobody tells: one PRAGMA, some microseconds."""
SWEEP_SECONDS = 2.0
"""Between looks for events that nobody told us of."""
NOTIFIED_SWEEP_SECONDS = 5.0
"""The same where others tell: only what they died before telling is found so."""
SUBSCRIBER_LOOK_SECONDS = 30.0
"""After which who watches looks anyway, where others tell."""
RENEW_SECONDS = 20.0
"""Between renewals of the leases of what is in hand: a third of a lease."""
TROUBLE_RETRY_SECONDS = 0.5
"""Between attempts while the store takes nothing."""

log = structlog.get_logger(__name__)


class InboxStore(Transactions, Protocol):
    def news(self) -> ChangeSet: ...
    def on_change(self, wake_up: Callable[[], None]) -> bool: ...


class InboxFeed:
    """What this process has in hand. Events come by `take` (stored here and leased at once) or by its own sweeps."""

    def __init__(
        self,
        *,
        store: InboxStore,
        clock: Clock,
        owner: str,
        leads: Callable[[], bool],
        alone: bool,
        handle: Callable[[Arrival], Awaitable[Handled | RetryIn]],
        watches: Subscriptions,
        metrics: Metrics,
    ) -> None:
        """`leads` tells whether this process may work now. `alone`: nobody else works on this database meanwhile."""
        self._store, self._clock, self._owner, self._leads, self._alone = store, clock, owner, leads, alone
        self._handle, self._watches, self._metrics = handle, watches, metrics
        self._tasks = BackgroundTasks(_log_failure)
        self._queues: KeyedQueue[str, Arrival] = KeyedQueue(self._tasks, self._handle_first, self._conversation_idle)
        self._room = asyncio.Semaphore(MAX_CONCURRENT_EVENTS)
        self.in_hand: set[str] = set()
        """Keys of the events that are leased to this process and not done."""
        self._behind: set[str] = set()
        """Conversations in hand in which more may wait, stored for whoever is free."""
        self._unsure: set[str] = set()
        """Events whose handling may have been committed: the connection broke on the way."""
        self._waiters: dict[str, asyncio.Future[None]] = {}
        self._stopping = False
        self._sweeping = asyncio.Lock()
        self._led = False
        self._notified = False
        """Others tell what they commit."""
        self._again = False
        """Something may be due."""
        self._bell = asyncio.Event()
        self._store_works = asyncio.Event()
        self._store_works.set()

    # --- life ---
    async def start(self) -> None:
        loop = asyncio.get_running_loop()

        def soon(call: Callable[..., None], *arguments: object) -> None:
            """From a thread of the store."""
            with suppress(RuntimeError):  # the loop was closed meanwhile
                loop.call_soon_threadsafe(call, *arguments)

        self._store.on_commit(lambda conversations: soon(self._watches.wake, conversations))
        self._notified = self._store.on_change(lambda: soon(self.look))
        self._watches.look_every = SUBSCRIBER_LOOK_SECONDS if self._notified else None
        if self._leads():
            await self._sweep()
        self._tasks.spawn(keep_going(self._keep_up, "inbox"))
        self._tasks.spawn(keep_going(self._keep_leases, "inbox leases"))

    async def stop(self, within: float) -> None:
        """Nothing new is begun; what is in hand is finished, or left in the inbox for the next start."""
        self._stopping = True
        self._watches.wake(frozenset())
        self._store_works.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self.in_hand:
                    await asyncio.wait([self.done(key) for key in self.in_hand])
        with suppress(TimeoutError):  # a lease that is being written would be written after all was given back
            await asyncio.wait_for(self._sweeping.acquire(), within)
        await self._tasks.cancel()
        if self._led:
            try:
                await commit(self._store, lambda uow: uow.inbox.free(self._owner))
            except StoreError as error:  # the leases run out
                log.error("inbox_not_released", error=type(error).__name__, why=str(error))

    # --- for the port ---
    def accepts(self, arrivals: Sequence[Arrival]) -> bool:
        """Whether this process takes them into its own hand, as far as no elder one waits."""
        if self._stopping or not self._store_works.is_set() or not self._leads():
            return False
        return (
            self._alone
            or len(self.in_hand) + len(arrivals) <= self._at_once
            or all(arrival.conversation in self._queues for arrival in arrivals)
        )

    def take(self, arrival: Arrival) -> None:
        """It is leased to this process. Handled behind what is already in hand of the same conversation."""
        if arrival.key not in self.in_hand:
            self.in_hand.add(arrival.key)
            self._queues.put(arrival.conversation, arrival)

    def done(self, key: str) -> asyncio.Future[None]:
        """Of what is in hand: done once it is not any more."""
        return self._waiters.setdefault(key, asyncio.get_running_loop().create_future())

    def look(self) -> None:
        """Something may be due: look now."""
        self._bell.set()

    def in_trouble(self, error: StoreError) -> None:
        """Until a sweep succeeds again, nothing is taken in hand, and what is in hand waits."""
        if self._store_works.is_set() and not self._stopping:
            log.error("inbox_unreachable", error=type(error).__name__, why=str(error))
            self._store_works.clear()
            self.look()

    # --- finding work ---
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
                    async with self._sweeping:
                        if not self._stopping:
                            await self._sweep()
            except StoreError as error:
                self.in_trouble(error)

    async def _rest(self) -> None:
        if not self._store_works.is_set():
            await asyncio.sleep(TROUBLE_RETRY_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(NOTIFIED_SWEEP_SECONDS if self._notified else POLL_SECONDS):
                if self._store_works.is_set():
                    await self._bell.wait()
        self._bell.clear()

    def _note_waiting(self, conversations: frozenset[str] | None) -> None:
        """None: in some, and nobody knows which."""
        if conversations is None or conversations:
            self._again = True
            in_hand = self._queues.keys()
            self._behind |= set(in_hand) if conversations is None else in_hand & conversations

    def _is_sweep_due(self, seconds: float) -> bool:
        if not self._led or not self._store_works.is_set():
            return True
        if seconds >= (NOTIFIED_SWEEP_SECONDS if self._notified else SWEEP_SECONDS):
            return True
        return self._again and len(self.in_hand) <= self._at_once // 2

    @property
    def _at_once(self) -> int:
        return MAX_CONCURRENT_EVENTS if self._alone else MAX_CONCURRENT_EVENTS_SHARED

    async def _sweep(self) -> None:
        """Leases what is due. The first time, what a dead process held is free: on SQLite nobody else can be alive.
        After trouble, what is leased to this process without its knowing is free too."""
        first, recovers, kept = not self._led, not self._store_works.is_set(), frozenset(self.in_hand)
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
        arrivals = await commit(self._store, lease)
        self._led = True
        if recovers:
            log.info("inbox_reachable_again")
            self._store_works.set()
        for arrival in arrivals:
            self.take(arrival)
            self._behind.add(arrival.conversation)

    async def _keep_leases(self) -> None:
        while not self._stopping:
            await asyncio.sleep(RENEW_SECONDS)
            if self.in_hand:
                try:
                    await self._renew(frozenset(self.in_hand))
                except StoreError as error:
                    self.in_trouble(error)

    async def _renew(self, keys: Collection[str]) -> None:
        now = self._clock.now()
        await commit(self._store, lambda uow: uow.inbox.renew(self._owner, keys, now))

    # --- what is in hand ---
    async def _handle_first(self, queue: deque[Arrival]) -> bool:
        """False: it waits for another attempt, and makes the later ones of its conversation wait."""
        if self._stopping:
            return False
        arrival = queue[0]
        try:
            async with self._room:
                outcome = await self._handle(arrival)
        except StoreError as error:  # not even its failure could be recorded: the same again, later
            if isinstance(error, OutcomeUnknown):
                self._unsure.add(arrival.key)
            self.in_trouble(error)
            await self._store_works.wait()
            return True
        match outcome:
            case RetryIn(seconds=seconds):
                asyncio.get_running_loop().call_later(seconds, self._retry_is_due)
                return False
            case Handled.LOST:
                self._note_lost(arrival)
        self._let_go(queue.popleft())
        return True

    def _retry_is_due(self) -> None:
        self._note_waiting(None)
        self.look()

    def _note_lost(self, arrival: Arrival) -> None:
        """Another process took it over while this one stood still, or it was handled already."""
        if arrival.key not in self._unsure:
            self._metrics.lease_lost("event")
            log.warning("event_lost_to_another", key=arrival.key)
        self._again = True

    def _conversation_idle(self, conversation: str, left: Collection[Arrival]) -> None:
        """What is left is given back to the inbox: a sweep takes it again when it is due, in order."""
        for arrival in left:
            self._let_go(arrival)
        if conversation in self._behind:
            self._behind.discard(conversation)
            self._again = True
        if self._again:
            self.look()

    def _let_go(self, arrival: Arrival) -> None:
        self.in_hand.discard(arrival.key)
        self._unsure.discard(arrival.key)
        if (waiter := self._waiters.pop(arrival.key, None)) and not waiter.done():
            waiter.set_result(None)


def _log_failure(error: BaseException) -> None:
    log.error("task_failed", error=type(error).__name__, exc_info=error)
