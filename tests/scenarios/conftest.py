from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.verification import verify
from tests.bot.slack.stage import SlackStage, open_slack
from tests.bot.telegram.stage import TelegramStage, open_telegram
from tests.scenarios.stage import Stage, open_stage


@pytest.fixture(params=["web", "terminal", "telegram", "slack"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage | TelegramStage | SlackStage]:
    """Every play is played on every channel, and must end the same; whatever was played, no invariant is broken."""
    if request.param == "telegram":
        async with open_telegram(tmp_path) as platform:
            yield platform
            require_sound(platform, tmp_path)
        return
    if request.param == "slack":
        async with open_slack(tmp_path) as workspace:
            yield workspace
            require_sound(workspace, tmp_path)
        return
    async with open_stage(tmp_path, request.param) as opened:
        yield opened
        require_sound(opened, tmp_path)


def require_sound(stage: Stage | TelegramStage | SlackStage, folder: Path) -> None:
    breaches = verify(stage.app.store, now=stage.clock.now(), files=folder / "files")
    assert [str(breach) for breach in breaches] == []
