"""The relay against a small outbox, a hand-written sender and a clock that only moves when told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.runtime.outbox_relay import BACKOFF, LEASE_SECONDS, MOST_ATTEMPTS, MOST_FAULTS, Relay
from handlers.channel_port import Pace
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

    def settle(self, delivery: int, outcome: Outcome, now: datetime) -> None:
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
        self.listeners: list[Callable[[frozenset[str]], None]] = []

    def submit(self, work: Callable[[Work], object]) -> Future[object]:
        future: Future[object] = Future()
        if self.broken:
            future.set_exception(TransactionBroken("disk full"))
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

    def __init__(self, pace: Pace | None = None) -> None:
        self.pace = pace or Pace()
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


class House:
    """A relay with everything around it."""

    def __init__(self, pace: Pace | None = None) -> None:
        self.clock, self.store, self.platform = FakeClock(), Store(), Platform(pace)
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
        await self.relay.settled()
        return pause

    async def rounds(self, seconds: int, step: float = 0.25) -> None:
        for _ in range(int(seconds / step)):
            await self.round()
            self.clock.advance(seconds=step)

    def states(self) -> list[str]:
        return [row.state for row in self.outbox.rows]


async def test_what_is_due_is_sent_and_recorded() -> None:
    house = House()
    number = house.outbox.add(AYSE)
    await house.round()
    assert house.platform.sent == [(AYSE, number)]
    assert (house.outbox.row(number).state, house.outbox.row(number).ref) == ("delivered", "ref1")


async def test_a_destination_gets_its_messages_in_order_one_at_a_time() -> None:
    house = House()
    numbers = [house.outbox.add(AYSE) for _ in range(4)]
    await house.rounds(5)
    assert [number for _, number in house.platform.sent] == numbers
    assert house.platform.most_together == 1


async def test_a_mute_destination_does_not_hold_up_the_others() -> None:
    house = House()
    house.relay = house.new_relay("first", send_seconds=0)
    house.platform.mute = {AYSE}
    house.outbox.add(AYSE), house.outbox.add(HASAN)
    await house.round()
    assert house.states() == ["due", "delivered"]
    assert house.outbox.row(1).why == "no answer in time"


# --- pace ---
async def test_a_second_between_two_messages_to_one_person() -> None:
    house = House()
    house.outbox.add(AYSE), house.outbox.add(AYSE)
    pause = await house.round()
    assert await house.round() <= 1.0
    assert pause <= 1.0
    assert len(house.platform.sent) == 1
    house.clock.advance(seconds=1.0)
    await house.round()
    assert len(house.platform.sent) == 2


async def test_twenty_a_minute_to_a_group() -> None:
    house = House(Pace(group_per_minute=20))
    for _ in range(30):
        house.outbox.add(ROOM)
    await house.rounds(59)
    assert len(house.platform.sent) == 20
    await house.rounds(30)
    assert len(house.platform.sent) == 30


async def test_a_person_has_no_group_limit() -> None:
    house = House(Pace(group_per_minute=20))
    for _ in range(30):
        house.outbox.add(AYSE)
    await house.rounds(31)
    assert len(house.platform.sent) == 30


async def test_thirty_a_second_over_all() -> None:
    house = House(Pace(per_second=30))
    for person in range(100):
        house.outbox.add(f"telegram:p:{person}")
    await house.round()
    assert len(house.platform.sent) == 30
    assert 0 < await house.round() <= 1.0
    house.clock.advance(seconds=1.0)
    await house.round()
    assert len(house.platform.sent) == 60


async def test_the_pace_survives_a_restart() -> None:
    house = House(Pace(group_per_minute=20))
    for _ in range(25):
        house.outbox.add(ROOM)
    await house.rounds(25)
    assert len(house.platform.sent) == 20
    house.relay = house.new_relay("second")
    await house.rounds(30)
    assert len(house.platform.sent) == 20


async def test_a_clock_put_back_does_not_stop_the_pace_for_an_hour() -> None:
    house = House()
    house.outbox.add(AYSE)
    await house.round()
    house.clock.advance(seconds=-3600)
    number = house.outbox.add(AYSE)
    house.outbox.row(number).due_at = house.clock.now()
    await house.round()
    house.clock.advance(seconds=1.0)
    await house.round()
    assert house.states() == ["delivered", "delivered"]


# --- failures ---
async def test_a_long_wait_on_one_chat_holds_only_that_chat() -> None:
    house = House()
    house.platform.answers[AYSE] = RetryAt(600, "429")
    house.outbox.add(AYSE), house.outbox.add(AYSE), house.outbox.add(HASAN)
    await house.rounds(599, step=10)
    assert house.states() == ["due", "due", "delivered"]
    del house.platform.answers[AYSE]
    house.clock.advance(seconds=10)
    await house.rounds(5)
    assert house.states() == ["delivered"] * 3
    assert [number for place, number in house.platform.sent if place == AYSE] == [1, 1, 2]


async def test_the_wait_grows_and_is_never_shorter_than_the_platform_asks() -> None:
    assert [BACKOFF.seconds(attempt) for attempt in (1, 2, 3, 9, 10, 50)] == [2, 4, 8, 512, 900, 900]
    house = House()
    house.platform.answers[AYSE] = RetryAt(0.5, "502")
    house.outbox.add(AYSE)
    await house.round()
    house.clock.advance(seconds=2)
    house.platform.answers[AYSE] = RetryAt(77, "429")
    await house.round()
    assert [outcome.seconds for outcome in house.judged if isinstance(outcome, RetryAt)] == [2, 77]


async def test_what_the_platform_refuses_for_good_is_given_up_and_the_next_goes_on() -> None:
    house = House()
    house.platform.answers[AYSE] = GaveUp("403 blocked")
    house.outbox.add(AYSE), house.outbox.add(AYSE)
    await house.round()
    assert (house.outbox.row(1).state, house.outbox.row(1).why) == ("given_up", "403 blocked")
    del house.platform.answers[AYSE]
    house.clock.advance(seconds=1)
    await house.round()
    assert house.states() == ["given_up", "delivered"]


@pytest.mark.parametrize(
    ("attempts", "created_at"), [(MOST_ATTEMPTS - 1, START), (3, START - timedelta(hours=24))], ids=["attempts", "age"]
)
async def test_too_often_or_too_old_is_given_up_and_says_why(attempts: int, created_at: datetime) -> None:
    house = House()
    house.platform.answers[AYSE] = RetryAt(0, "502")
    house.outbox.add(AYSE, attempts=attempts, created_at=created_at)
    await house.round()
    assert house.states() == ["given_up"]
    assert house.outbox.row(1).why.endswith("502")


async def test_a_fault_in_the_sender_is_retried_a_few_times_and_then_given_up() -> None:
    house = House()
    house.platform.answers[AYSE] = KeyError("x")
    house.outbox.add(AYSE), house.outbox.add(HASAN)
    for attempt in range(1, MOST_FAULTS + 1):
        assert house.outbox.row(1).state == "due"
        await house.round()
        assert attempt == MOST_FAULTS or house.outbox.row(1).unsure, "it may have failed after it had sent"
        house.clock.advance(seconds=1000)
    assert (house.outbox.row(1).state, house.outbox.row(1).why) == ("given_up", "fault: KeyError")
    assert house.outbox.row(2).state == "delivered"


async def test_a_message_at_which_every_process_dies_is_given_up_unsent() -> None:
    house = House()
    house.outbox.add(AYSE, attempts=MOST_ATTEMPTS)
    await house.round()
    assert (house.states(), house.platform.sent) == (["given_up"], [])


async def test_sent_but_not_recorded_is_recorded_later_and_not_sent_again() -> None:
    house = House()
    house.outbox.add(AYSE)
    await house.relay.tick()
    house.store.broken = True
    await house.relay.settled()
    assert house.states() == ["due"]
    with pytest.raises(TransactionBroken):
        await house.relay.tick()
    house.store.broken = False
    house.clock.advance(seconds=LEASE_SECONDS + 1)
    await house.round()
    assert house.states() == ["delivered"]
    assert len(house.platform.sent) == 1


# --- more than one relay, and death ---
async def test_two_relays_send_nothing_twice() -> None:
    house = House()
    for person in range(20):
        house.outbox.add(f"telegram:p:{person}")
    second = house.new_relay("second")
    await asyncio.gather(house.relay.tick(), second.tick())
    await house.relay.settled()
    await second.settled()
    assert house.states() == ["delivered"] * 20
    assert len(house.platform.sent) == 20


async def test_after_a_kill_another_takes_over_when_the_lease_ends_with_one_duplicate() -> None:
    house = House()
    house.outbox.add(AYSE)
    house.outbox.lease("killed", START, 1, LEASE_SECONDS, channel="telegram")  # and perhaps sent
    await house.round()
    assert house.platform.sent == []
    house.clock.advance(seconds=LEASE_SECONDS)
    await house.rounds(300, step=10)
    assert len(house.platform.sent) == 1
    assert house.states() == ["delivered"]


async def test_who_is_alone_need_not_wait_for_the_lease_of_the_dead() -> None:
    house = House()
    house.outbox.add(AYSE)
    house.outbox.lease("killed", START, 1, LEASE_SECONDS, channel="telegram")
    house.relay = house.new_relay("second", alone=True)
    await house.round()
    assert house.states() == ["delivered"]


# --- what is not sent ---
async def test_who_does_not_serve_a_channel_neither_sends_nor_takes_a_lease_away() -> None:
    house = House()
    house.outbox.add(AYSE)
    house.outbox.lease("leader", START, 1, LEASE_SECONDS, channel="telegram")
    house.relay = house.new_relay("second", alone=True, serves=lambda _channel: False)
    await house.rounds(3)
    assert house.platform.sent == []
    assert house.outbox.row(1).owner == "leader"


async def test_whoever_takes_over_keeps_the_pace_of_the_one_before_each_time() -> None:
    """Also where it served the channel itself an hour ago."""
    serving = {"first"}
    house = House(Pace(gap_seconds=10.0))
    first = house.new_relay("first", serves=lambda _channel: "first" in serving)
    second = house.new_relay("second", serves=lambda _channel: "second" in serving)
    for number, relay in enumerate([first, second, first, second], 1):
        serving.clear()
        serving.add("first" if relay is first else "second")
        for _ in range(12):
            house.outbox.add(AYSE) if len(house.outbox.rows) < number else None
            for each in (first, second):
                await each.tick()
                await each.settled()
            house.clock.advance(seconds=1)
    assert [row.state for row in house.outbox.rows] == ["delivered"] * 4
    delivered = [row.due_at for row in house.outbox.rows]
    assert min((later - earlier).total_seconds() for earlier, later in pairwise(delivered)) >= 10


async def test_what_was_sent_is_recorded_also_by_whoever_does_not_serve_the_channel_any_more() -> None:
    serving = True
    house = House()
    house.relay = house.new_relay("first", serves=lambda _channel: serving)
    house.outbox.add(AYSE)
    await house.relay.tick()
    house.store.broken = True
    await house.relay.settled()
    serving, house.store.broken = False, False
    await house.round()
    assert house.states() == ["delivered"]


async def test_a_channel_without_a_sender_keeps_its_rows() -> None:
    house = House()
    house.outbox.add("slack:p:D1"), house.outbox.add(AYSE)
    await house.rounds(3)
    assert house.states() == ["due", "delivered"]
    assert house.outbox.row(1).delivery.attempt == 0


async def test_nothing_is_sent_while_the_outbox_is_held() -> None:
    house = House()
    house.outbox.is_held = True
    house.outbox.add(AYSE)
    await house.rounds(3)
    assert house.platform.sent == []


# --- running and stopping ---
async def test_a_commit_wakes_it() -> None:
    house = House()
    house.relay = house.new_relay("first", poll_seconds=3600)
    running = asyncio.create_task(house.relay.run())
    while not house.store.listeners:
        await asyncio.sleep(0)
    house.outbox.add(AYSE)
    await asyncio.to_thread(house.store.committed, AYSE)
    await asyncio.wait_for(house.platform.something_sent.wait(), 5)
    house.relay.stop()
    await asyncio.wait_for(running, 5)
    assert house.states() == ["delivered"]


async def test_a_stop_gives_back_what_takes_too_long() -> None:
    house = House()
    house.relay = house.new_relay("first", grace_seconds=0)
    house.platform.mute = {AYSE}
    house.outbox.add(AYSE)
    running = asyncio.create_task(house.relay.run())
    await asyncio.wait_for(house.platform.something_sent.wait(), 5)
    house.relay.stop()
    await asyncio.wait_for(running, 5)
    given_back = house.outbox.row(1)
    assert (given_back.state, given_back.owner, given_back.unsure) == ("due", None, True)


async def test_it_goes_on_when_the_store_is_back() -> None:
    house = House()
    house.relay = house.new_relay("first", poll_seconds=0.001)
    house.store.broken = True
    running = asyncio.create_task(house.relay.run())
    house.outbox.add(AYSE)
    await asyncio.sleep(0)
    house.store.broken = False
    await asyncio.wait_for(house.platform.something_sent.wait(), 5)
    house.relay.stop()
    await asyncio.wait_for(running, 5)
    assert house.states() == ["delivered"]
