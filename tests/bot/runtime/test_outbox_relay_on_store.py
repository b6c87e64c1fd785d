"""The relay on the real store: what is said in a platform's conversation goes out, and death loses none of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.runtime.outbox_relay import LEASE_SECONDS, Relay
from handlers.channel_port import RateLimit
from handlers.messages import Delivered, Delivery, GaveUp, Outcome, Outgoing
from handlers.ports import Conversation, UnitOfWork
from storage import Store
from tests.clock import FakeClock
from tests.storage.stores import open_sqlite

AYSE, ROOM = "telegram:p:1", "telegram:r:-100"


class Platform:
    def __init__(self) -> None:
        self.rate_limit = RateLimit(group_per_minute=2)
        self.sent: list[Delivery] = []
        self.refuses = False

    async def send(self, delivery: Delivery) -> Outcome:
        self.sent.append(delivery)
        return GaveUp("403 blocked") if self.refuses else Delivered(f"ref{delivery.message_id}")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with open_sqlite(tmp_path, clock) as opened:
        yield opened


def say(store: Store, conversation: str, text: str, slot: str | None = None) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.conversations.ensure(Conversation(address=conversation, channel=conversation.partition(":")[0]))
        uow.messages.put(Outgoing(conversation=conversation, text=text, slot=slot))

    store.write(work)


async def rounds(relay: Relay, clock: FakeClock, count: int = 5) -> None:
    for _ in range(count):
        await relay.tick()
        await relay.wait_idle()
        clock.advance(seconds=1)


async def test_a_card_is_posted_and_later_edited_in_place(store: Store, clock: FakeClock) -> None:
    platform = Platform()
    relay = Relay(store, {"telegram": platform}, clock, "one")
    say(store, ROOM, "Açık", slot="card:1")
    await rounds(relay, clock)
    say(store, ROOM, "Üstlenildi", slot="card:1")
    await rounds(relay, clock)
    first, second = platform.sent
    assert (first.text, first.edit_ref) == ("Açık", None)
    assert (second.text, second.edit_ref) == ("Üstlenildi", f"ref{first.message_id}")


async def test_other_channels_rows_and_the_web_are_left_alone(store: Store, clock: FakeClock) -> None:
    platform = Platform()
    for place in ("slack:p:D1", "web:p:ayse", "telegramx:p:1", AYSE):
        say(store, place, "merhaba")
    await rounds(Relay(store, {"telegram": platform}, clock, "one"), clock)
    assert [delivery.conversation for delivery in platform.sent] == [AYSE]
    assert store.read(lambda uow: uow.outbox.backlog(clock.now())).waiting == 2


async def test_a_killed_relay_is_taken_over_and_the_pace_kept(store: Store, clock: FakeClock) -> None:
    platform = Platform()
    for number in range(3):
        say(store, ROOM, f"{number}")
    await rounds(Relay(store, {"telegram": platform}, clock, "one"), clock)
    assert [delivery.text for delivery in platform.sent] == ["0", "1"]
    clock.advance(seconds=60)
    killed = store.write(lambda uow: uow.outbox.lease("one", clock.now(), 9, LEASE_SECONDS, channel="telegram"))
    assert [delivery.text for delivery in killed] == ["2"]
    second = Relay(store, {"telegram": platform}, clock, "two")
    await rounds(second, clock)
    assert len(platform.sent) == 2
    clock.advance(seconds=LEASE_SECONDS)
    await rounds(second, clock)
    assert [delivery.text for delivery in platform.sent] == ["0", "1", "2"]
    assert platform.sent[-1].attempt == 2


async def test_a_new_relay_that_is_alone_keeps_the_pace_of_the_one_before(store: Store, clock: FakeClock) -> None:
    platform = Platform()
    for number in range(3):
        say(store, ROOM, f"{number}")
    await rounds(Relay(store, {"telegram": platform}, clock, "one"), clock)
    await rounds(Relay(store, {"telegram": platform}, clock, "two", alone=True), clock, 30)
    assert len(platform.sent) == 2
    await rounds(Relay(store, {"telegram": platform}, clock, "three", alone=True), clock, 60)
    assert len(platform.sent) == 3


async def test_what_was_given_up_is_seen_and_sent_again(store: Store, clock: FakeClock) -> None:
    platform = Platform()
    platform.refuses = True
    relay = Relay(store, {"telegram": platform}, clock, "one")
    say(store, AYSE, "Kaydınız açıldı")
    await rounds(relay, clock)
    (row,) = store.read(lambda uow: uow.outbox.given_up())
    assert row.error == "403 blocked"
    platform.refuses = False
    assert store.write(lambda uow: uow.outbox.resend(row.id, clock.now()))
    await rounds(relay, clock)
    assert [delivery.text for delivery in platform.sent] == ["Kaydınız açıldı"] * 2


async def test_the_record_of_deliveries_is_forgotten_after_some_minutes(store: Store, clock: FakeClock) -> None:
    relay = Relay(store, {"telegram": Platform()}, clock, "one")
    say(store, AYSE, "merhaba")
    await rounds(relay, clock)
    long_ago = clock.now() - timedelta(days=1)
    assert len(store.read(lambda uow: uow.outbox.delivered_since(long_ago))) == 1
    clock.advance(minutes=5)
    await rounds(relay, clock)
    assert not store.read(lambda uow: uow.outbox.delivered_since(long_ago))
