"""`kill -9` at any commit, send, acknowledgement or answer loses nothing and does nothing twice.

Some of each kind here, every one of them in `make faults`.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from pathlib import Path

from tests.clock import RunningClock
from tests.faults.crash_points import CrashPoint
from tests.faults.crash_runs import count, die_at_each, every_point, spread
from tests.faults.desks import spawner
from tests.faults.installation import Builder

SOME = 8
"""About so many: one at least of each kind and side."""
KINDS = {"commit", "send", "acknowledge", "answer"}


async def test_a_death_anywhere_changes_nothing_in_the_end(houses: Builder) -> None:
    async with spawner() as started:
        points = every_point(await count(houses, started))
        assert {point.kind for point in points} == KINDS
        died = 0
        async with aclosing(die_at_each(houses, started, spread(points, SOME))) as runs:
            async for ran in runs:
                assert ran.lived.wrong == [], f"{ran.point}\n{ran.log}"
                died += ran.lived.died
    assert died >= SOME * 3 // 4, "sweeps and polls fall together differently from life to life: not every point comes"


def test_some_of_every_kind_are_chosen() -> None:
    points = every_point({"commit": 50, "send": 20, "acknowledge": 5, "answer": 3})
    assert len(points) == 2 * 78
    chosen = spread(points, SOME)
    assert {(point.kind, point.when) for point in chosen} == {(point.kind, point.when) for point in points}
    assert SOME - 2 <= len(set(chosen)) == len(chosen) <= SOME + 6
    assert CrashPoint("commit", 50, "after") in chosen


async def test_an_order_that_was_given_up_holds_up_no_other(tmp_path: Path) -> None:
    order = {"folder": str(tmp_path), "environment": {}, "clock": str(RunningClock())}
    async with spawner() as started:
        given_up = asyncio.create_task(started.start("--help", **order))
        await asyncio.sleep(0)
        given_up.cancel()
        process = await started.start("--help", **order)
        assert await process.ended == 0
