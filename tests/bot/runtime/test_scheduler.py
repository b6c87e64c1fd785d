"""Whose clock ticks, and what every process does by itself."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.config import Schedule
from bot.filestore.attachments import AttachmentFiles
from bot.runtime import digest_job, scheduler
from bot.runtime.scheduler import Ticker
from bot.runtime.training_job import NightlyTraining
from handlers.context import Desk
from handlers.domain.store_events import StoreEvent, Stream
from handlers.ports import HandlerTimedOut
from handlers.reports import anchoring
from handlers.tickets import recounting
from tests.clock import START, FakeClock
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk


class SchedulerRig:
    """What a house keeps on disk: somebody published something there."""

    def __init__(self) -> None:
        self.looked = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def refresh(self, desk: Desk) -> bool:
        self._loop.call_soon_threadsafe(self.looked.set)
        return True


def ticking(store: FakeStore, rig: SchedulerRig, folder: Path, *, leads: bool) -> Ticker:
    return Ticker(
        store=store,
        desk=shared_desk(),
        files=AttachmentFiles(folder),
        clock=FakeClock(),
        leads=lambda: leads,
        schedule=Schedule(),
        installed=rig,  # type: ignore[arg-type] # it is asked for nothing else
    )


@pytest.mark.parametrize("leads", [True, False])
async def test_every_process_takes_over_what_was_published_and_one_does_the_clocks_work(leads: bool, tmp_path) -> None:
    store, rig, worked = FakeStore(), SchedulerRig(), []

    def submit(work, *, first=False):
        worked.append(work)
        return FakeStore.submit(store, work)

    store.submit = submit  # type: ignore[method-assign]
    ticker = ticking(store, rig, tmp_path, leads=leads)
    running = asyncio.create_task(ticker.run())
    await asyncio.wait_for(rig.looked.wait(), 10)
    ticker.stop()
    await asyncio.wait_for(running, 10)
    assert bool(worked) is leads


async def test_a_job_that_fails_holds_up_neither_the_others_nor_the_clock(tmp_path, monkeypatch) -> None:
    """Whatever it was: a work that took too long is no trouble of the database."""
    rig, done = SchedulerRig(), []

    def times_out(work: object) -> None:
        raise HandlerTimedOut

    def post_due(*given: object) -> None:
        done.append("summaries")
        raise KeyError("of ours")

    store = FakeStore()
    monkeypatch.setattr(store, "submit", times_out)
    monkeypatch.setattr(digest_job, "post_due", post_due)
    monkeypatch.setattr(NightlyTraining, "run_if_due", lambda *given: done.append("learning"))
    ticker = ticking(store, rig, tmp_path, leads=True)
    with capture_logs() as logs:
        running = asyncio.create_task(ticker.run())
        await asyncio.wait_for(rig.looked.wait(), 10)
        assert not running.done()
        ticker.stop()
        await asyncio.wait_for(running, 10)
    assert done == ["summaries", "learning"]
    failed = [(line["job"], line["error"]) for line in logs if line["event"] == "tick_failed"]
    assert failed == [
        ("remind", "HandlerTimedOut"),
        ("count", "HandlerTimedOut"),
        ("warn", "HandlerTimedOut"),
        ("anchor", "HandlerTimedOut"),
        ("summarise", "KeyError"),
    ]


async def test_a_day_is_closed_in_one_tick_each_anchor_in_a_transaction_of_its_own(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(anchoring, "MOST_HEADS", 1)
    store = FakeStore()
    event = StoreEvent(at=START, who=None, channel="web", what="recorded")
    for key in range(2):
        store.write(lambda uow, key=key: uow.store_events.append(Stream.PLACE, key, event))
    await ticking(store, SchedulerRig(), tmp_path, leads=True).tick()
    last = store.read(anchoring.witnessed)
    assert last is not None
    assert (last.number, last.heads) == (3, 0)


async def test_what_somebody_watches_is_counted_before_the_next_tick(tmp_path, monkeypatch) -> None:
    rig, store, counted = SchedulerRig(), FakeStore(), asyncio.Event()
    monkeypatch.setattr(scheduler, "LOOKED_EVERY", 0.001)
    ticker = ticking(store, rig, tmp_path, leads=True)
    running = asyncio.create_task(ticker.run())
    await asyncio.wait_for(rig.looked.wait(), 10)
    loop = asyncio.get_running_loop()

    def count(work: object) -> int:
        loop.call_soon_threadsafe(counted.set)
        return 0

    monkeypatch.setattr(recounting, "count_outdated", count)
    monkeypatch.setattr(recounting, "is_watched", lambda work: True)
    await asyncio.wait_for(counted.wait(), 10)
    ticker.stop()
    await asyncio.wait_for(running, 10)
