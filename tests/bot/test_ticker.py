"""Whose clock ticks, and what every process does by itself."""

from __future__ import annotations

import asyncio

import pytest

from bot.config import Schedule
from bot.files import AttachmentFiles
from bot.ticker import Ticker
from handlers.desk import Desk
from tests.clock import FakeClock
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk


class House:
    """What a house keeps on disk: somebody published something there."""

    def __init__(self) -> None:
        self.looked = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def refresh(self, desk: Desk) -> bool:
        self._loop.call_soon_threadsafe(self.looked.set)
        return True


@pytest.mark.parametrize("leads", [True, False])
async def test_every_process_takes_over_what_was_published_and_one_does_the_clocks_work(leads: bool, tmp_path) -> None:
    store, house, worked = FakeStore(), House(), []

    def submit(work):
        worked.append(work)
        return FakeStore.submit(store, work)

    store.submit = submit  # type: ignore[method-assign]
    ticker = Ticker(
        store=store,
        desk=shared_desk(),
        files=AttachmentFiles(tmp_path),
        clock=FakeClock(),
        leads=lambda: leads,
        schedule=Schedule(),
        house=house,  # type: ignore[arg-type] # it is asked for nothing else
    )
    running = asyncio.create_task(ticker.run())
    await asyncio.wait_for(house.looked.wait(), 10)
    ticker.stop()
    await asyncio.wait_for(running, 10)
    assert bool(worked) is leads
