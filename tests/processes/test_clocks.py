"""Three clocks that tick at the same moment, as when a lease changes hands: each summary is posted once."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import demo
from bot.config import Schedule, Settings
from bot.filestore.attachments import AttachmentFiles
from bot.filestore.knowledge import InstalledKnowledge
from bot.runtime.scheduler import Ticker
from handlers.ports import UnitOfWork
from storage import Store
from storage.tables import job_run, message
from tests.clock import FakeClock
from tests.scenarios.stage import shared_desk

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("processes")]
MONDAY_FIVE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""17:00 in Istanbul."""


def posted(uow: UnitOfWork) -> tuple[list[str], Counter[tuple[str, str]]]:
    """The summaries recorded, and how many stand in each conversation by kind."""
    run = uow.transaction.execute  # type: ignore[attr-defined] # the storage's own unit of work
    runs = sorted(f"{row.scope} {row.day}" for row in run(select(job_run).where(job_run.c.job == "digest")))
    rows = run(select(message.c.conversation, message.c.kind).where(message.c.kind.startswith("digest")))
    return runs, Counter((row.conversation, row.kind) for row in rows)


async def test_one_summary_a_unit_and_day(postgres_url: str, tmp_path: Path) -> None:
    clock, desk = FakeClock(MONDAY_FIVE), shared_desk()
    settings = Settings(database_url=postgres_url, data_dir=tmp_path, demo=True)
    with ExitStack() as open_stores:
        stores = [open_stores.enter_context(Store.open(postgres_url, clock=clock)) for _ in range(3)]
        demo.prepare(stores[0], settings, desk)
        clocks = [
            Ticker(
                store=store,
                desk=desk,
                files=AttachmentFiles(tmp_path),
                clock=clock,
                leads=lambda: True,
                schedule=Schedule(weekly_at=None),
                installed=InstalledKnowledge(settings),
            )
            for store in stores
        ]
        for _ in range(2):
            await asyncio.gather(*(one.tick() for one in clocks))
            clock.advance(minutes=1)
        runs, texts = stores[0].read(posted)
    assert runs == ["director 2026-11-23", "donanim 2026-11-23", "yazilim 2026-11-23"]
    assert texts
    assert set(texts.values()) == {1}
