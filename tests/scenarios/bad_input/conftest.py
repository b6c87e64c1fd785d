from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.stage import Stage, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web") as stage:
        yield stage
        stuck = await stage.app.gateway.read(lambda uow: uow.inbox.stuck())
        assert not stuck, f"in quarantine: {[(event.error, event.payload) for event in stuck]}"
