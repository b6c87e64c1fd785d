"""A process with nothing but a relay; kills itself in the middle of its work. `tests.faults.spawner` starts it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from bot.runtime.outbox_relay import Relay
from handlers.channel_port import RateLimit
from handlers.messages import Delivered, Delivery, Outcome
from storage import Store
from tests.clock import RunningClock


class Platform:
    """Takes everything, one line each; its log survives the death of the process."""

    def __init__(self, log: Path, dies_at: int, where: str) -> None:
        self.rate_limit = RateLimit(per_second=1000, gap_seconds=0)
        self._log, self._dies_at, self._where, self._sends = log, dies_at, where, 0

    async def send(self, delivery: Delivery) -> Outcome:
        self._sends += 1
        if self._sends == self._dies_at and self._where == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        with self._log.open("a", encoding="utf-8") as log:
            log.write(f"{delivery.conversation} {delivery.text}\n")
        if self._sends == self._dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return Delivered(f"ref{delivery.message_id}")


async def work(url: str, log: Path, dies_at: int, where: str, clock: RunningClock) -> None:
    """`where`: it dies `before` or `after` the platform took the message of that send."""
    with Store.open(url, clock=clock) as store:
        relay = Relay(store, {"telegram": Platform(log, dies_at, where)}, clock, str(os.getpid()), alone=True)
        while store.read(lambda uow: uow.outbox.backlog(clock.now())).waiting:
            await relay.tick()
            await relay.wait_idle()
