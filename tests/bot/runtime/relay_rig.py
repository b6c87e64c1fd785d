"""An outbox, a platform and a clock in memory for the relay."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.runtime.outbox_relay import Relay
from handlers.channel_port import RateLimit
from handlers.messages import Delivered, Delivery, GaveUp, Outcome, RetryAt
from storage.errors import TransactionBroken
from tests.clock import START, FakeClock

AYSE, HASAN, ROOM = "telegram:p:1", "telegram:p:2", "telegram:r:-100"


@dataclass
class Row:
    delivery: Delivery
    state: str = "due"
    due_at: datetime = START
    owner: str | None = None
    leased_until: datetime = START
    why: str = ""
    unsure: bool = False
    ref: str = ""


@dataclass
class Outbox:
    """The outbox as `storage` has it, in a list."""

    rows: list[Row] = field(default_factory=list)
    is_held: bool = False

    def add(self, conversation: str, *, attempts: int = 0, created_at: datetime = START) -> int:
        number = len(self.rows) + 1
        delivery = Delivery(
            id=number,
            conversation=conversation,
            channel=conversation.partition(":")[0],
            message_id=number,
            attempt=attempts,
            text=f"message {number}",
            created_at=created_at,
        )
        self.rows.append(Row(delivery))
        return number

    def row(self, number: int) -> Row:
        return self.rows[number - 1]

    def lease(
        self,
        owner: str,
        now: datetime,
        limit: int,
        lease_seconds: float,
        *,
        channel: str,
        resting: Collection[str] = (),
    ) -> Sequence[Delivery]:
        heads: dict[str, Row] = {}
        for row in self.rows:
            if row.state == "due" and row.delivery.channel == channel:
                heads.setdefault(row.delivery.conversation, row)
        leased = []
        for place, row in heads.items():
            free = row.owner is None or row.leased_until <= now
            if not self.is_held and free and row.due_at <= now and place not in resting and len(leased) < limit:
                row.owner, row.leased_until = owner, now + timedelta(seconds=lease_seconds)
                row.delivery = replace(row.delivery, attempt=row.delivery.attempt + 1)
                leased.append(row.delivery)
        return leased

    def free(self, owner: str | None = None) -> int:
        held = [row for row in self.rows if row.owner and owner in (None, row.owner)]
        for row in held:
            row.owner = None
        return len(held)

    def record_outcome(self, delivery: int, outcome: Outcome, now: datetime) -> None:
        row = self.row(delivery)
        row.owner = None
        match outcome:
            case Delivered(ref=ref):
                row.state, row.ref, row.due_at = "delivered", ref, now
            case RetryAt(seconds=seconds, why=why, unsure=unsure):
                row.due_at, row.why, row.unsure = now + timedelta(seconds=seconds), why, unsure
            case GaveUp(why=why):
                row.state, row.why = "given_up", why

    def delivered_since(self, since: datetime) -> Sequence[tuple[str, datetime]]:
        return [(r.delivery.conversation, r.due_at) for r in self.rows if r.state == "delivered" and r.due_at >= since]

    def forget_delivered(self, before: datetime) -> int:
        return 0


@dataclass
class Work:
    outbox: Outbox


class Store:
    """Transactions whose works run at once; `broken` lets all of them fail."""

    def __init__(self) -> None:
        self.outbox = Outbox()
        self.broken = False
        self.next: list[Literal["fails", "waits"]] = []
        """What becomes of the next works, before all are done at once again."""
        self.waiting: list[Callable[[], None]] = []
        """Each is called to do a work that waits."""
        self.listeners: list[Callable[[frozenset[str]], None]] = []

    def submit(self, work: Callable[[Work], object], *, first: bool = False) -> Future[object]:
        future: Future[object] = Future()
        what = self.next.pop(0) if self.next else "fails" if self.broken else "done"
        if what == "fails":
            future.set_exception(TransactionBroken("disk full"))
        elif what == "waits":
            self.waiting.append(lambda: future.set_result(work(Work(self.outbox))))
        else:
            future.set_result(work(Work(self.outbox)))
        return future

    def on_commit(self, listener: Callable[[frozenset[str]], None]) -> None:
        self.listeners.append(listener)

    def committed(self, *places: str) -> None:
        for listener in self.listeners:
            listener(frozenset(places))


class Platform:
    """Answers what it is told to for a destination, else takes everything."""

    def __init__(self, rate_limit: RateLimit | None = None) -> None:
        self.rate_limit = rate_limit or RateLimit()
        self.sent: list[tuple[str, int]] = []
        self.answers: dict[str, Outcome | Exception] = {}
        self.mute: set[str] = set()
        """Destinations for which no answer ever comes."""
        self.together = self.most_together = 0
        self.something_sent = asyncio.Event()

    async def send(self, delivery: Delivery) -> Outcome:
        self.sent.append((delivery.conversation, delivery.id))
        self.something_sent.set()
        self.together += 1
        self.most_together = max(self.most_together, self.together)
        try:
            await (asyncio.Event().wait() if delivery.conversation in self.mute else asyncio.sleep(0))
        finally:
            self.together -= 1
        answer = self.answers.get(delivery.conversation, Delivered(f"ref{delivery.id}"))
        if isinstance(answer, Exception):
            raise answer
        return answer


class RelayRig:
    """A relay with everything around it."""

    def __init__(self, rate_limit: RateLimit | None = None) -> None:
        self.clock, self.store, self.platform = FakeClock(), Store(), Platform(rate_limit)
        self.outbox = self.store.outbox
        self.judged: list[Outcome] = []
        self.relay = self.new_relay("first")

    def new_relay(self, owner: str, **options: object) -> Relay:
        return Relay(
            self.store,  # type: ignore[arg-type]
            {"telegram": self.platform},
            self.clock,
            owner,
            jitter=lambda: 0.0,
            on_outcome=lambda _delivery, outcome: self.judged.append(outcome),
            **options,  # type: ignore[arg-type]
        )

    async def round(self) -> float:
        pause = await self.relay.tick()
        await self.relay.wait_idle()
        return pause

    async def rounds(self, seconds: int, step: float = 0.25) -> None:
        for _ in range(int(seconds / step)):
            await self.round()
            self.clock.advance(seconds=step)

    def states(self) -> list[str]:
        return [row.state for row in self.outbox.rows]
