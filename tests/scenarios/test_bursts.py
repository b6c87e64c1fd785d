"""A morning on which everything fails at once, on the platforms: who is on duty knows of all of it within a minute."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from handlers.channel_port import RateLimit
from handlers.context import UseCaseContext
from handlers.domain.states import Priority
from handlers.ports import UnitOfWork
from handlers.tickets import cards
from tests.bot.channels.slack.stage import SlackStage, open_slack
from tests.bot.channels.telegram.stage import TelegramStage, open_telegram
from tests.storage.builders import open_ticket

PlatformStage = TelegramStage | SlackStage
TELEGRAMS = RateLimit(per_second=28, gap_seconds=1.0, group_per_minute=19)
SLACKS = RateLimit(per_second=30, gap_seconds=1.5)
"""Slower than the real one, so that fewer are a burst."""
NUMBER = re.compile(r"2026-\d{6}")
MANY = 45


@pytest.fixture(params=["telegram", "slack"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[PlatformStage]:
    if request.param == "telegram":
        async with open_telegram(tmp_path, rate_limit=TELEGRAMS) as telegram:
            yield telegram
    else:
        async with open_slack(tmp_path, rate_limit=SLACKS) as slack:
            yield slack


def everything_fails(stage: PlatformStage) -> None:
    """The last but one is urgent, the last a security matter."""

    def work(uow: UnitOfWork) -> None:
        ayse = uow.people.by_handle("ayse")
        assert ayse is not None
        for count in range(MANY):
            priority = Priority.URGENT if count == MANY - 2 else Priority.NORMAL
            ticket = open_ticket(
                uow, ayse.id, stage.clock.now(), priority=priority, restricted=count == MANY - 1, conversation=""
            )
            cards.post_new(UseCaseContext(desk=stage.app.desk, uow=uow, now=stage.clock.now()), ticket)

    stage.app.store.write(work)


@asynccontextmanager
async def time_passing(stage: PlatformStage) -> AsyncIterator[None]:
    """So that what waits for its turn goes out."""

    async def pass_by() -> None:
        while True:
            stage.clock.advance(seconds=0.5)
            stage.app.relay._woken.set()
            await asyncio.sleep(0.01)

    passing = asyncio.create_task(pass_by())
    try:
        yield
    finally:
        passing.cancel()


async def test_a_burst_is_read_in_the_room_at_once_and_worked_off_from_there(stage: PlatformStage) -> None:
    mehmet, room = stage.person("mehmet"), stage.in_room("mehmet", "donanim")
    everything_fails(stage)
    async with time_passing(stage):
        await stage.quiet()
        said = [seen.text for seen in await room.sees()]
        assert sorted(set(NUMBER.findall("\n".join(said)))) == [f"2026-{number:06}" for number in range(1, MANY + 1)]
        assert len(said) < 8
        assert "ACİL" in said[1], "right after what was under way"
        assert any("Gizli güvenlik kaydı" in text for text in said)
        listed = next(seen for seen in await room.sees() if seen.kind == "burst")
        assert "30 yeni kayıt" in listed.text
        assert "/sira" in listed.text
        assert "Ayşe" not in listed.text, "who reported it stands on the card"

        await mehmet.says("/sira")
        card = next(seen for seen in await mehmet.sees() if "2026-000003" in seen.text and seen.buttons)
        before = {seen.ref for seen in await room.sees()}
        await mehmet.presses("Üstlen", on=card)
        fresh = [seen.text for seen in await room.sees() if seen.ref not in before]
        assert ["2026-000003" in text and "Mehmet" in text for text in fresh] == [True]
        assert listed.text == next(seen.text for seen in await room.sees() if seen.ref == listed.ref)
