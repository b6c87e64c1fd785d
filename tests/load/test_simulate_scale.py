"""The reckoning of docs/scale.md: that newer figures are taken, and that it says what the page says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.load import scale_inputs, simulate_scale


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "bench.jsonl"
    monkeypatch.setattr(scale_inputs, "KEPT", path)
    return path


def sheet(name: str, columns: list[str], *rows: list[object], bench: str = "bench_load", title: str = "") -> str:
    return json.dumps({"bench": bench, "name": name, "title": title, "columns": columns, "rows": rows}) + "\n"


def test_without_benchmarks_the_defaults_stand(kept: Path) -> None:
    assert scale_inputs.differing(scale_inputs.measured()) == []
    assert scale_inputs.bursts() == []


def test_the_newest_figure_is_taken(kept: Path) -> None:
    columns = ["", "process", "CPU ms an event"]
    kept.write_text(
        sheet("sustained_cost", columns, ["SQLite", "web", 9.0])
        + sheet("sustained_cost", columns, ["SQLite", "web", 3.0], ["PostgreSQL, 1 worker", "web", 2.0])
    )
    found = scale_inputs.measured()
    assert scale_inputs.differing(found) == ["report_cpu_ms"]
    assert found.report_cpu_ms == 3.0


def test_a_burst_that_was_answered_whole_is_held_against_the_simulation(kept: Path) -> None:
    columns = ["", "sent", "acknowledged", "stored", "answered", "answer p50 ms", "p95", "p99"]
    rows = [["SQLite", 10, 10, 10, 10, 7.0, 8.0, 9.0], ["PostgreSQL, 1 worker", 10, 10, 10, 9, 1.0, 1.0, 1.0]]
    kept.write_text(sheet("burst", columns, *rows, title="A burst: 10 reports in 5 s from 10 people"))
    assert scale_inputs.bursts() == [scale_inputs.Burst("SQLite", 10, 5.0, (7.0, 9.0))]


def test_what_is_full_first(kept: Path) -> None:
    text = simulate_scale.limits(simulate_scale.reckonings(scale_inputs.measured()))
    first, second = text.splitlines()[4:6]
    assert first.startswith("| connections of a process a house |")
    assert second.startswith("| cards a minute into one Telegram group |")
