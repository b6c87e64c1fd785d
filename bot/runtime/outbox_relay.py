"""Takes what is due from the outbox, keeps each platform's pace, hands it to the channel and records the outcome.

At most one delivery is under way for a destination. The process may die at any moment: what was sent and not recorded
goes out a second time once its lease has run out, and never a third time for the same death.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.backoff import Backoff
from bot.concurrency import keep_going
from bot.runtime.rate_limiter import WINDOW_SECONDS, RateLimiter
from bot.runtime.transactions import commit
from handlers.channel_port import Sender
from handlers.messages import Delivered, Delivery, GaveUp, Outcome, RetryAt
from handlers.ports import Clock, StoreError, Transactions, UnitOfWork

POLL_SECONDS = 1.0
"""Woken by commits of this process; another process's are found within this."""
SEND_SECONDS = 60.0
"""What takes longer is cancelled and tried again. A message with files on a slow line takes its time."""
GRACE_SECONDS = 10.0
"""How long a clean stop waits for what is under way."""
LEASE_SECONDS = 150.0
"""Longer than a send and the record of it take together, so that a lease need not be renewed while its owner lives."""
MAX_UNDER_WAY = 64
MAX_ATTEMPTS = 100
MAX_FAULTS = 5
"""Attempts after which an exception of ours (not an answer of the platform) is given up: it would only come again."""
MAX_DELIVERY_AGE = timedelta(hours=24)
BACKOFF = Backoff(first=2.0, longest=900.0)
"""Between attempts of a delivery, where the platform asks for nothing longer."""
REMEMBERED = timedelta(minutes=2)
"""How long a delivery is remembered for the pace: longer than the longest window."""

T = TypeVar("T")
JoinBursts = Callable[[UnitOfWork, str, Collection[str], int], None]
"""Given the channel, rooms of it and what one room takes in a minute: lists what is too much for them."""
_log = structlog.get_logger("relay")


class Relay:
    """`run` until `stop`. Tests call `tick` and `wait_idle` themselves."""

    def __init__(
        self,
        transactions: Transactions,
        senders: Mapping[str, Sender],
        clock: Clock,
        owner: str,
        *,
        serves: Callable[[str], bool] = lambda _channel: True,
        alone: bool = False,
        jitter: Callable[[], float] = random.random,
        on_outcome: Callable[[Delivery, Outcome], None] | None = None,
        join_bursts: JoinBursts | None = None,
        send_seconds: float = SEND_SECONDS,
        grace_seconds: float = GRACE_SECONDS,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        """`serves`: whether this process may send to that channel now. `alone`: whoever may is the only one on this
        database (SQLite under the leader's lock), so that every lease it finds at its start is a dead one's."""
        self._transactions = transactions
        self._senders = senders
        self._clock = clock
        self._owner = owner
        self._serves = serves
        self._alone = alone
        self._jitter = jitter
        self._on_outcome = on_outcome
        self._join_bursts = join_bursts
        self._send_seconds = send_seconds
        self._grace_seconds = grace_seconds
        self._poll_seconds = poll_seconds
        self._limiters: dict[str, RateLimiter] = {}
        """Of the channels that this process serves."""
        self._under_way: dict[str, asyncio.Task[None]] = {}
        """By destination."""
        self._unrecorded: dict[str, tuple[Delivery, Outcome]] = {}
        """Sent, but the store did not take the record: the destination waits, or it would be sent again."""
        self._sending: set[asyncio.Future[Outcome]] = set()
        self._woken = asyncio.Event()
        self._stopping = False
        self._forgotten_at: datetime | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    # --- life ---
    async def run(self) -> None:
        """Returns after `stop`, once nothing is under way any more."""
        if not self._senders:
            return
        self._loop = asyncio.get_running_loop()
        self._transactions.on_commit(self._committed)
        await keep_going(self._rounds, "relay", self._poll_seconds)
        await self._finish()

    async def _rounds(self) -> None:
        while not self._stopping:
            try:
                pause = await self.tick()
            except StoreError as error:
                _log.error("outbox_unreachable", error=type(error).__name__, why=str(error))
                pause = self._poll_seconds
            await self._sleep(pause)

    def stop(self) -> None:
        """Take nothing more; `run` then waits a little for what is under way, and gives back what takes too long."""
        self._stopping = True
        self._woken.set()

    def _committed(self, conversations: frozenset[str]) -> None:
        """From the writer's thread."""
        if self._loop is None or not any(place.partition(":")[0] in self._senders for place in conversations):
            return
        with suppress(RuntimeError):  # the loop was closed meanwhile
            self._loop.call_soon_threadsafe(self._woken.set)

    async def _sleep(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        self._woken.clear()

    async def _finish(self) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=self._grace_seconds)
        for sending in self._sending:
            sending.cancel()
        await self.wait_idle()
        try:
            await self._record_again()
            await self._write(lambda uow: uow.outbox.free(self._owner))
        except StoreError as error:
            _log.error("outbox_not_released", error=type(error).__name__, why=str(error))

    async def wait_idle(self) -> None:
        """Until nothing is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way.values())
            await asyncio.sleep(0)  # lets their callbacks run

    # --- one round ---
    async def tick(self) -> float:
        """Start what may go out now. Returns the seconds after which another round may be of use."""
        now = self._clock.now()
        await self._record_again()
        await self._take_over(now)
        await self._tidy(now)
        pause = self._poll_seconds
        wanted: list[tuple[str, int, Collection[str]]] = []
        pressed: dict[str, list[str]] = {}
        room = MAX_UNDER_WAY - len(self._under_way)
        for channel, limiter in self._limiters.items():
            waits = limiter.resting(now)
            pause = min([pause, *waits.values()])
            budget = min(room, limiter.budget(now))
            if budget:
                resting = waits.keys() | self._under_way.keys() | self._unrecorded.keys()
                wanted.append((channel, budget, resting))
                pressed[channel] = limiter.spoken_to(resting, now)
            else:
                pause = min(pause, limiter.frees_in(now))
        for delivery in await self._lease(wanted, pressed, now):
            self._start(delivery, now)
        return pause

    async def _take_over(self, now: datetime) -> None:
        """Of a channel that is newly ours the pace is recalled: what was delivered lately, also by another process."""
        serving = {channel for channel in self._senders if self._serves(channel)}
        for gone in self._limiters.keys() - serving:
            del self._limiters[gone]
        won = serving - self._limiters.keys()
        if not won:
            return
        alone = self._alone

        def recall(uow: UnitOfWork) -> Sequence[tuple[str, datetime]]:
            if alone:
                uow.outbox.free()
            return uow.outbox.delivered_since(now - timedelta(seconds=WINDOW_SECONDS))

        limiters = {channel: RateLimiter(self._senders[channel].rate_limit) for channel in won}
        for destination, at in await self._write(recall):
            limiter = limiters.get(destination.partition(":")[0])
            if limiter is not None:
                limiter.note(destination, min(at, now))
        self._limiters |= limiters

    async def _tidy(self, now: datetime) -> None:
        """Each minute or two, what is too old for any pace."""
        if self._limiters and (self._forgotten_at is None or now - self._forgotten_at >= REMEMBERED):
            await self._write(lambda uow: uow.outbox.forget_delivered(now - REMEMBERED))
            self._forgotten_at = now

    async def _lease(
        self, wanted: Sequence[tuple[str, int, Collection[str]]], pressed: Mapping[str, Collection[str]], now: datetime
    ) -> Sequence[Delivery]:
        """`pressed`: rooms that were written to a moment ago, and may be behind."""
        if not wanted:
            return ()

        def lease(uow: UnitOfWork) -> list[Delivery]:
            for channel, rooms in pressed.items():
                if rooms and self._join_bursts is not None:
                    self._join_bursts(uow, channel, rooms, self._senders[channel].rate_limit.room_per_minute)
            return [
                delivery
                for channel, limit, resting in wanted
                for delivery in uow.outbox.lease(
                    self._owner, now, limit, LEASE_SECONDS, channel=channel, resting=resting
                )
            ]

        return await self._write(lease)

    # --- one delivery ---
    def _start(self, delivery: Delivery, now: datetime) -> None:
        self._limiters[delivery.channel].note(delivery.conversation, now)
        task = asyncio.create_task(self._deliver(delivery), name=f"deliver {delivery.id}")
        self._under_way[delivery.conversation] = task
        task.add_done_callback(lambda _: self._ended(delivery.conversation))

    def _ended(self, destination: str) -> None:
        del self._under_way[destination]
        self._woken.set()

    async def _deliver(self, delivery: Delivery) -> None:
        outcome = self._judged(delivery, await self._send(delivery))
        if self._on_outcome is not None:
            self._on_outcome(delivery, outcome)
        self._unrecorded[delivery.conversation] = delivery, outcome
        try:
            await self._record(delivery, outcome)
        except StoreError as error:
            _log.error("outcome_not_recorded", delivery=delivery.id, error=type(error).__name__, why=str(error))

    async def _send(self, delivery: Delivery) -> Outcome:
        """The sender's answer; what it raises, or that it did not come in time, as an outcome too."""
        if delivery.attempt > MAX_ATTEMPTS:
            return GaveUp(f"{MAX_ATTEMPTS} attempts that nobody survived to record")
        sending = asyncio.ensure_future(self._senders[delivery.channel].send(delivery))
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)
        await asyncio.wait({sending}, timeout=self._send_seconds)
        if not sending.done():
            sending.cancel()
            await asyncio.wait({sending}, timeout=1.0)
        if not sending.done() or sending.cancelled():
            return RetryAt(0, "stopped" if self._stopping else "no answer in time", unsure=True)
        error = sending.exception()
        if error is None:
            return sending.result()
        why = f"fault: {type(error).__name__}"
        _log.error("sender_failed", delivery=delivery.id, channel=delivery.channel, exc_info=error)
        return GaveUp(why) if delivery.attempt >= MAX_FAULTS else RetryAt(0, why, unsure=True)

    def _judged(self, delivery: Delivery, outcome: Outcome) -> Outcome:
        """A retry at the earliest when the platform allows and our own backoff has passed; one too many gives up."""
        if not isinstance(outcome, RetryAt):
            return outcome
        now = self._clock.now()
        if delivery.attempt >= MAX_ATTEMPTS:
            return GaveUp(f"{delivery.attempt} attempts: {outcome.why}")
        if delivery.created_at is not None and now - delivery.created_at >= MAX_DELIVERY_AGE:
            return GaveUp(f"{MAX_DELIVERY_AGE.total_seconds() / 3600:.0f} h old: {outcome.why}")
        seconds = max(outcome.seconds, BACKOFF.seconds(delivery.attempt))
        return replace(outcome, seconds=seconds * (1 + self._jitter() / 4))

    async def _record(self, delivery: Delivery, outcome: Outcome) -> None:
        now = self._clock.now()
        await self._write(lambda uow: uow.outbox.record_outcome(delivery.id, outcome, now))
        del self._unrecorded[delivery.conversation]
        match outcome:
            case Delivered():
                _log.debug("delivered", delivery=delivery.id, channel=delivery.channel, attempt=delivery.attempt)
            case RetryAt(seconds=seconds, why=why, unsure=unsure):
                _log.warning(
                    "delivery_retried",
                    delivery=delivery.id,
                    channel=delivery.channel,
                    attempt=delivery.attempt,
                    seconds=round(seconds, 1),
                    why=why,
                    unsure=unsure,
                )
            case GaveUp(why=why):
                _log.error("delivery_given_up", delivery=delivery.id, channel=delivery.channel, why=why)

    async def _record_again(self) -> None:
        for destination in list(self._unrecorded):  # while one is recorded, another may be by its own delivery
            if destination not in self._under_way and destination in self._unrecorded:
                await self._record(*self._unrecorded[destination])

    async def _write(self, work: Callable[[UnitOfWork], T]) -> T:
        return await commit(self._transactions, work)
