"""`kill -9` at any moment of a ticket's life loses nothing that was acknowledged, and does nothing twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.scenarios.kill_points import LIFE

ROOT = Path(__file__).parents[2]


def test_a_kill_at_every_commit_changes_nothing_in_the_end(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.scenarios.kill_points", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    undisturbed, *killed = [json.loads(line) for line in run.stdout.splitlines()]
    commits = undisturbed.pop("commits")
    assert undisturbed["tickets"] == ["2026-000001"]
    assert undisturbed["states"] == ["closed"]
    assert undisturbed["lost"] == undisturbed["damage"] == []
    died = 0
    for end in killed:
        at = (end.pop("commit"), end.pop("when"))
        died += end.pop("killed")
        assert end == undisturbed, f"killed at {at}"
    # every step is stored and handled, each killed before and after; sweeps of the inbox make a few commits more
    assert len(killed) == 2 * commits
    assert died >= 4 * len(LIFE)
