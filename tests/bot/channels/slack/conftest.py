from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.channels.slack.stage import SlackStage, open_slack


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[SlackStage]:
    async with open_slack(tmp_path) as opened:
        yield opened
