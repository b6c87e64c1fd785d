from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.channels.telegram.stage import TelegramStage, open_telegram


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[TelegramStage]:
    async with open_telegram(tmp_path) as opened:
        yield opened
