"""Processes that are killed at random while people live with them: a few kills here, a thousand in `make faults`."""

from __future__ import annotations

from tests.faults.desks import spawner
from tests.faults.installation import Builder
from tests.faults.kill_loop import kill_loop

KILLS = 5
SEED = 7


async def test_whatever_dies_and_when_all_is_as_promised_in_the_end(houses: Builder) -> None:
    async with spawner() as started:
        summary = await kill_loop(houses, started, kills=KILLS, seed=SEED)
    assert summary.breaches == [], summary
    assert summary.kills >= KILLS
    assert summary.acknowledged > KILLS
    assert summary.tickets
    assert summary.delivered > summary.doubled
