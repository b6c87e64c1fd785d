"""`make faults`: every crash point and a thousand kills on each database, with tables; some minutes on two cores.

`python -m tests.faults [--database sqlite|postgresql|both] [--kills N] [--seed N] [--no-points] [--json FILE]`. It ends
with 1 where anything was not as promised.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import time
from contextlib import aclosing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from tests.faults.crash_runs import count, die_at_each, every_point
from tests.faults.desks import spawner
from tests.faults.installation import Database, builder
from tests.faults.kill_loop import Summary, kill_loop

DATABASES: dict[str, tuple[Database, ...]] = {
    "sqlite": ("sqlite",),
    "postgresql": ("postgresql",),
    "both": ("sqlite", "postgresql"),
}
TOLD_EVERY = 50
"""Kills between two lines of a log, where no bar can be drawn."""


@dataclass(slots=True, kw_only=True)
class Points:
    """Lives with a death at every point."""

    database: Database
    counted: dict[str, int] = field(default_factory=dict)
    """Moments of each kind in an undisturbed life."""
    lives: int = 0
    deaths: int = 0
    seconds: float = 0.0
    breaches: list[str] = field(default_factory=list)


async def run_points(database: Database, progress: Progress) -> Points:
    found, began = Points(database=database), time.monotonic()
    with builder(database) as houses:
        async with spawner() as started:
            counted = await count(houses, started)
            found.counted = dict(sorted(counted.items()))
            points = every_point(counted)
            bar = progress.add_task(f"{database}: a death at every point", total=len(points))
            async with aclosing(die_at_each(houses, started, points)) as runs:
                async for ran in runs:
                    found.lives += 1
                    found.deaths += ran.lived.died
                    found.breaches += [f"{ran.point}: {wrong}" for wrong in ran.lived.wrong]
                    progress.advance(bar)
    found.seconds = time.monotonic() - began
    return found


async def run_kills(database: Database, kills: int, seed: int, progress: Progress) -> Summary:
    bar = progress.add_task(f"{database}: kills, seed {seed}", total=kills)

    def tell(done: int) -> None:
        progress.update(bar, completed=done)
        if not progress.console.is_terminal and done % TOLD_EVERY == 0:
            progress.console.print(f"{database}: {done} kills")

    with builder(database) as houses:
        async with spawner() as started:
            return await kill_loop(houses, started, kills=kills, seed=seed, progress=tell)


def show(console: Console, points: list[Points], kills: list[Summary]) -> None:
    if points:
        table = Table("a death at every", "commit", "send", "acknowledge", "answer", "lives", "deaths", "s", "breaches")
        for one in points:
            kinds = [str(one.counted.get(kind, 0)) for kind in ("commit", "send", "acknowledge", "answer")]
            table.add_row(
                one.database, *kinds, str(one.lives), str(one.deaths), f"{one.seconds:.0f}", str(len(one.breaches))
            )
        console.print(table)
    if kills:
        table = Table("kills", "n", "seed", "acknowledged", "tickets", "delivered", "doubled", "s", "breaches")
        for run in kills:
            figures = (run.kills, run.seed, run.acknowledged, run.tickets, run.delivered, run.doubled)
            table.add_row(run.database, *map(str, figures), f"{run.seconds:.0f}", str(len(run.breaches)))
        console.print(table)
    for found in (*points, *kills):
        for breach in found.breaches:
            console.print(f"[red]{found.database}[/]: {breach}", highlight=False)
    for run in kills:
        for complaint in run.logged:
            console.print(f"{run.database}, logged: {complaint}", highlight=False)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=DATABASES, default="both")
    parser.add_argument("--kills", type=int, default=1000, help="on each database")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(100_000))
    parser.add_argument("--no-points", action="store_true", help="leave out the death at every point")
    parser.add_argument("--json", type=Path, help="where the summary goes too")
    options = parser.parse_args()
    console = Console()
    points: list[Points] = []
    kills: list[Summary] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        for database in DATABASES[options.database]:
            if not options.no_points:
                points.append(asyncio.run(run_points(database, progress)))
            if options.kills:
                kills.append(asyncio.run(run_kills(database, options.kills, options.seed, progress)))
    show(console, points, kills)
    if options.json:
        found = {"points": [asdict(one) for one in points], "kills": [asdict(one) for one in kills]}
        options.json.write_text(json.dumps(found, indent=1, ensure_ascii=True) + "\n")
    return 1 if any(one.breaches for one in (*points, *kills)) else 0


if __name__ == "__main__":
    sys.exit(main())
