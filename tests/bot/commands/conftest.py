from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.commands.house import House, house_in


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> House:
    return house_in(tmp_path, monkeypatch, capsys)
