from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.commands.workspace import Workspace, workspace_in


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workspace:
    return workspace_in(tmp_path, monkeypatch, capsys)
