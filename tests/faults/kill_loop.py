"""People live with a desk whose processes are killed at random moments; in the end all must be as promised."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from handlers.ports import StoreUnavailable, UnitOfWork
from storage import Store
from tests.faults.checker import Witness, at_platform, breaches
from tests.faults.desks import Desks, Spawner
from tests.faults.installation import Builder, Database
from tests.faults.life import quiet, standing
from tests.faults.lives import Lives
from tests.faults.people import confirm_telegram

LONGEST_LIFE = 1.0
"""Seconds that a process lives at most once it works, drawn at random."""
WORKS_WITHIN = 60.0
"""Seconds within which somebody's word must be acknowledged after a kill."""
SETTLED_IN = 60
"""Words that are acknowledged before anything is disturbed, and after."""
QUIET_WITHIN = 240.0
BACKLOG = 60
"""With so much waiting to be handled or sent, people wait too."""
PROCESSES: dict[Database, tuple[int, int]] = {"sqlite": (1, 0), "postgresql": (2, 1)}
"""`masa run` and `masa worker`."""
LEASE_SECONDS = 5.0


@dataclass(slots=True, kw_only=True)
class Summary:
    database: Database
    seed: int
    kills: int = 0
    seconds: float = 0.0
    acknowledged: int = 0
    tickets: int = 0
    delivered: int = 0
    """Messages of the desk that stand at the platform."""
    doubled: int = 0
    """Of them, those that a death doubled."""
    breaches: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    """What the desk complained of."""


Disturb = Callable[[Desks, Lives], Awaitable[None]]


async def lived_through(
    builder: Builder, spawner: Spawner, disturb: Disturb, *, seed: int, log: str = "log"
) -> Summary:
    """People live with the desk while it is disturbed, and a little longer; what was wrong in the end."""
    summary = Summary(database=builder.database, seed=seed)
    chance = random.Random(seed)  # repeatable on purpose
    installation = builder.installation()
    webs, workers = PROCESSES[builder.database]
    began = time.monotonic()
    async with standing(installation, spawner, webs=webs, workers=workers, lease_seconds=LEASE_SECONDS, log=log) as (
        desks,
        api,
    ):
        lives = Lives(chance, api, [f"http://127.0.0.1:{port}" for port in desks.ports])
        await desks.start()
        lives.begin()
        with Store.open(installation.url, clock=installation.clock) as store:
            watching = asyncio.create_task(_watch_backlog(store, lives))
            try:
                await works(lives, SETTLED_IN)
                await disturb(desks, lives)
                await works(lives, SETTLED_IN)
            finally:
                watching.cancel()
                await lives.end()
            try:
                await quiet(store, api, lives.ledger, QUIET_WITHIN)
            except TimeoutError:
                summary.breaches.append(f"not quiet within {QUIET_WITHIN:.0f} s")
            codes = await desks.stop()
            summary.breaches += [f"a process ended with {code}" for code in codes if code]
            witness = Witness(
                ledger=lives.ledger,
                markers=lives.markers,
                api=api,
                deaths=desks.deaths,
                killed=desks.killed,
                files=installation.folder / "files",
            )
            summary.breaches += breaches(store, witness)
            summary.tickets = store.read(lambda uow: uow.summaries.last_number(installation.clock.now().year))
            summary.delivered, summary.doubled = at_platform(store, api)
    summary.kills = len(desks.deaths)
    summary.acknowledged = len(lives.ledger.acknowledged)
    summary.seconds = time.monotonic() - began
    summary.logged = _complaints(installation.folder / log)
    return summary


async def kill_loop(
    builder: Builder, spawner: Spawner, *, kills: int, seed: int, progress: Callable[[int], None] = lambda _: None
) -> Summary:
    """`progress` is told after each kill how many there were."""
    chance = random.Random(seed)  # the same

    async def kill(desks: Desks, lives: Lives) -> None:
        while len(desks.deaths) < kills:
            await works(lives)
            await asyncio.sleep(chance.uniform(0.0, LONGEST_LIFE))
            await desks.kill(chance.randrange(len(desks.processes)))
            await desks.start()
            progress(len(desks.deaths))

    return await lived_through(builder, spawner, kill, seed=seed)


async def works(lives: Lives, words: int = 1) -> None:
    """Until so many more were acknowledged."""
    wanted = len(lives.ledger.acknowledged) + words
    async with asyncio.timeout(WORKS_WITHIN):
        while len(lives.ledger.acknowledged) < wanted:
            lives.check()
            await asyncio.sleep(0.01)
            confirm_telegram(lives.api, lives.ledger)


async def _watch_backlog(store: Store, lives: Lives) -> None:
    def waiting(uow: UnitOfWork) -> int:
        now = uow.transaction.now()  # type: ignore[attr-defined] # the storage's own unit of work
        return uow.outbox.backlog(now).waiting + uow.inbox.backlog(now).waiting

    while True:
        with suppress(StoreUnavailable):  # the database may be away: that is what is tried
            lives.answered = await asyncio.to_thread(store.read, waiting) < BACKLOG
        await asyncio.sleep(0.5)


def _complaints(log: Path) -> list[str]:
    """Warnings and errors in the desk's log, the most frequent first: none of them is a breach by itself."""
    found: Counter[str] = Counter()
    for line in log.read_text(errors="replace").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:  # the greeting of a start, or half a line of a process that was killed
            continue
        if isinstance(entry, dict) and entry.get("level") in ("warning", "error", "critical"):
            found[f"{entry['level']} {entry.get('event')} {entry.get('error') or entry.get('why') or ''}".strip()] += 1
    return [f"{count} × {what}" for what, count in found.most_common(10)]
