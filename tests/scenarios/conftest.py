from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.stage import Stage, open_stage


@pytest.fixture(params=["web", "terminal"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """Every play is played on every channel, and must end the same."""
    async with open_stage(tmp_path, request.param) as opened:
        yield opened
