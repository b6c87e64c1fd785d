"""SIGKILL in the middle of a send: nothing is lost, and a message arrives twice at most once a death."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path

import pytest

from handlers.messages import Outgoing
from handlers.ports import Conversation, UnitOfWork
from storage import Store
from tests.clock import RunningClock
from tests.faults.desks import Spawner, spawner
from tests.storage.stores import sqlite_url

PLACES = ("telegram:p:1", "telegram:p:2", "telegram:r:-100")
EACH = 4


@pytest.mark.parametrize(
    ("dies_at", "where", "twice"),
    [(4, "before", 0), (4, "after", 1), (5, "after", 2)],
    ids=["before the platform has it", "before it is recorded", "with two under way"],
)
async def test_killed_in_the_middle_of_a_send(tmp_path: Path, dies_at: int, where: str, twice: int) -> None:
    """`twice`: messages that the platform had at the death and nobody recorded. Each process gets one round done."""
    clock, url, log = RunningClock(), sqlite_url(tmp_path), tmp_path / "sent"

    def say_all(uow: UnitOfWork) -> None:
        for place in PLACES:
            uow.conversations.ensure(Conversation(address=place, channel="telegram"))
            for number in range(EACH):
                uow.messages.put(Outgoing(conversation=place, text=str(number)))

    with Store.open(url, clock=clock) as store:
        store.write(say_all)

    deaths = 0
    async with spawner() as started:
        while await relay(started, url, log, dies_at, where, clock) == -signal.SIGKILL:
            deaths += 1
            assert deaths < 20

    sent = [tuple(line.split()) for line in log.read_text(encoding="utf-8").splitlines()]
    for place in PLACES:
        arrived = [text for at, text in sent if at == place]
        assert list(dict.fromkeys(arrived)) == [str(number) for number in range(EACH)], "all, in order"
    duplicates = sum(count - 1 for count in Counter(sent).values())
    assert deaths == EACH - 1
    assert duplicates == twice * deaths
    assert max(Counter(sent).values()) <= 2
    with Store.open(url, clock=clock) as store:
        assert store.read(lambda uow: uow.outbox.given_up()) == []


async def relay(started: Spawner, url: str, log: Path, dies_at: int, where: str, clock: RunningClock) -> int:
    folder = str(log.parent)
    process = await started.start(url, str(log), str(dies_at), where, program="relay", folder=folder, clock=str(clock))
    return await process.ended
