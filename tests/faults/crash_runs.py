"""A life played once to count the moments at which a desk can die, then again for each of them, with a death there."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from tests.faults.crash_points import COUNTED, CrashPoint, Kind, When
from tests.faults.desks import Spawner
from tests.faults.installation import Builder
from tests.faults.life import Lived, live

LEASE_SECONDS = 3.0
"""On PostgreSQL what a dead process had in hand waits for so long."""
AT_ONCE = 3
"""Lives that are played beside each other: most of one is waiting."""
WHENS: tuple[When, When] = ("before", "after")


@dataclass(frozen=True, slots=True)
class Ran:
    point: CrashPoint
    lived: Lived
    log: str
    """What the desk logged last."""


async def count(builder: Builder, spawner: Spawner) -> dict[Kind, int]:
    """How many moments of each kind an undisturbed life has. Raises AssertionError where it does not end well."""
    installation = builder.installation()
    lived = await live(installation, spawner, CrashPoint("commit", 0, "before"), LEASE_SECONDS)
    assert not lived.wrong, lived.wrong
    counted: Counter[Kind] = Counter((installation.folder / COUNTED).read_text().split())  # type: ignore[arg-type] # kinds
    return dict(counted)


def every_point(counted: dict[Kind, int]) -> list[CrashPoint]:
    return [
        CrashPoint(kind, number, when)
        for kind, most in sorted(counted.items())
        for number in range(1, most + 1)
        for when in WHENS
    ]


def spread(points: Sequence[CrashPoint], most: int) -> list[CrashPoint]:
    """Of each kind and side some, the first and the last among them, `most` in all or a few more."""
    groups: dict[tuple[Kind, When], list[CrashPoint]] = {}
    for point in points:
        groups.setdefault((point.kind, point.when), []).append(point)
    chosen: list[CrashPoint] = []
    for group in groups.values():
        wanted = max(1, round(most * len(group) / len(points)))
        chosen += [group[place * (len(group) - 1) // max(1, wanted - 1)] for place in range(wanted)]
    return chosen


async def die_at_each(builder: Builder, spawner: Spawner, points: Sequence[CrashPoint]) -> AsyncIterator[Ran]:
    waiting = iter(points)
    done: asyncio.Queue[Ran | None] = asyncio.Queue()

    async def work() -> None:
        for point in waiting:
            installation = builder.installation()
            try:
                lived = await live(installation, spawner, point, LEASE_SECONDS)
            except (AssertionError, RuntimeError, TimeoutError) as error:
                lived = Lived(True, [f"the life could not go on: {error!r}"])
            log = installation.folder / "log"
            await done.put(Ran(point, lived, log.read_text()[-3000:] if log.exists() else ""))
        await done.put(None)

    working = [asyncio.create_task(work()) for _ in range(AT_ONCE)]
    try:
        for _ in working:
            while (ran := await done.get()) is not None:
                yield ran
    finally:
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
