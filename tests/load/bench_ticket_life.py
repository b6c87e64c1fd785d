"""What one ticket leaves behind: `python -m tests.load.bench_ticket_life [--lives 100]`.

Whole lives through the real desk: reported, steps tried, opened, asked after, claimed, written to and answered, solved,
confirmed. Counted are the events, messages and rows of a life, and the bytes that it takes for good. docs/scale.md
reckons with them, through tests/load/scale_inputs.py.
"""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import dataclass

from rich.progress import Progress
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.pool import NullPool

from bot import demo
from bot.app import build
from bot.clock import SystemClock
from bot.config import Settings
from storage.tables import button, inbox, message, ticket, ticket_entry, ticket_event
from tests.clock import FakeClock
from tests.load import audience
from tests.load.figures import Sheet
from tests.load.installation import SQLITE, Database, Setup, database
from tests.scenarios.stage import Stage

PROBLEM = "slm yazici cikti vermiyo, 3. kat tahakkuk servisi, vatandaş bekliyor"
_WAL = text("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') / 1048576.0")
WARM_UP = 3
_COUNTED = (inbox, ticket, ticket_event, ticket_entry, message, button)


@dataclass(frozen=True, slots=True)
class Traces:
    rows: dict[str, int]
    mb: float
    wal_mb: float
    """0 on SQLite, where it is not kept."""


async def live(stage: Stage, number: int) -> None:
    """A requester of their own and the same technician, as on any working day."""
    reporter, technician = stage.person(f"kisi{number}"), stage.in_room("mehmet", "donanim")
    await reporter.says(PROBLEM)
    await reporter.presses("Teknisyene ilet")
    card = await technician.last("card")
    await technician.presses("Üstlen", on=card)
    await technician.says("10 dakikaya geliyorum, yazıcının ışığı yanıyor mu?", to=card)
    await reporter.says("evet yanıyor ama basmıyor", to=await reporter.last())
    await technician.presses("Tamamladım", on=await technician.last("card"))
    await technician.says("drum değişti, deneme çıktısı alındı")
    await reporter.presses("Evet, çalışıyor")


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--lives", type=int, default=100)
    lives = wanted.parse_args().lives
    sheet = Sheet(
        bench="bench_ticket_life",
        name="traces",
        title=f"What a ticket leaves behind ({lives} whole lives)",
        columns=("", "events", "messages", "rows", "KB for good", "KB of WAL"),
        note="Without attachments. Indexes are counted in.",
    )
    for setup in (SQLITE, Setup(name="PostgreSQL")):
        found = asyncio.run(_lived(setup, lives))
        rows = found.rows
        sheet.add(
            setup.name,
            rows["inbox"] / lives,
            rows["message"] / lives,
            sum(rows.values()) / lives,
            found.mb * 1024 / lives,
            found.wal_mb * 1024 / lives or None,
        )
    sheet.publish()


async def _lived(setup: Setup, lives: int) -> Traces:
    with database(setup) as (base, folder), Progress(transient=True) as progress:
        settings = Settings(database_url=base.url, data_dir=folder / "files", demo=True)
        clock = FakeClock(SystemClock().now())  # one for people and the desk
        app = build(settings, clock=clock)
        demo.prepare(app.store, settings, app.desk)
        audience.add(base.url, lives + WARM_UP)
        await app.worker.start()
        stage = Stage(app, clock, "web")
        try:
            for number in range(WARM_UP):
                await live(stage, number)
            before = _traces(base)
            for number in progress.track(range(WARM_UP, lives + WARM_UP), description=setup.name):
                await live(stage, number)
            after = _traces(base)
        finally:
            await app.worker.stop()
            app.close()
    return Traces(
        rows={name: after.rows[name] - before.rows[name] for name in after.rows},
        mb=after.mb - before.mb,
        wal_mb=after.wal_mb - before.wal_mb,
    )


def _traces(base: Database) -> Traces:
    engine = create_engine(base.url, poolclass=NullPool)
    with engine.connect() as connection:
        rows = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in _COUNTED
        }
        wal = float(connection.execute(_WAL).scalar_one()) if base.server else 0.0
    return Traces(rows=rows, mb=_mb(base), wal_mb=wal)


def _mb(base: Database) -> float:
    """With all that was written ahead in its place."""
    if base.server is None:
        engine = create_engine(base.url, poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return base.mb()


if __name__ == "__main__":
    main()
