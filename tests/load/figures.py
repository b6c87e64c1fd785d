"""What a benchmark found: printed as a table, and kept as a line of JSON for `python -m tests.load.report`."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import statistics
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.clock import SystemClock

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "artefacts" / "bench.jsonl"
"""One table a line, the newest last."""
Cell = str | int | float | None


@dataclass(kw_only=True)
class Sheet:
    """One table of a benchmark: `Sheet(bench="bench_x", name="speed", title=…, columns=(…)); add(…); publish()`."""

    bench: str
    name: str
    """Unique within the benchmark; the report shows the newest of that name."""
    title: str
    columns: Sequence[str]
    rows: list[Sequence[Cell]] = field(default_factory=list)
    note: str = ""
    """What a reader must know to judge the figures: how they were taken, targets, what was the limit."""

    def add(self, *cells: Cell) -> None:
        if len(cells) != len(self.columns):
            raise ValueError(f"{len(cells)} cells for {len(self.columns)} columns")
        self.rows.append(cells)

    def publish(self, console: Console | None = None) -> None:
        console = console or wide_console()
        table = Table(title=self.title, caption=self.note or None, title_justify="left", caption_justify="left")
        for place, column in enumerate(self.columns):
            table.add_column(column, justify="right" if place else "left")
        for row in self.rows:
            table.add_row(*map(shown, row))
        console.print(table)
        KEPT.parent.mkdir(exist_ok=True)
        line = asdict(self) | {"at": SystemClock().now().isoformat(timespec="seconds"), **circumstances()}
        with KEPT.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(line, ensure_ascii=False) + "\n")


def wide_console() -> Console:
    """Whole tables also where the output is a file."""
    console = Console()
    return console if console.is_terminal else Console(width=200)


def shown(cell: Cell) -> str:
    """Numbers with three digits that say something."""
    match cell:
        case None:
            return "–"
        case int():
            return f"{cell:,}"
        case float():
            return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.1f}" if abs(cell) >= 10 else f"{cell:.2f}"
        case _:
            return cell


def percentiles(values: Iterable[float], *wanted: int) -> list[float | None]:
    """`percentiles(ms, 50, 95, 99)`; None where there is too little to say."""
    known = list(values)
    if len(known) < 2:
        return [known[0] if known else None for _ in wanted]
    cuts = statistics.quantiles(known, n=100, method="inclusive")
    return [cuts[percent - 1] for percent in wanted]


def circumstances() -> dict[str, str]:
    """Machine and commit, as they stand in the report."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "machine": f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GB, {platform.system()}",
        "software": f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
        "commit": _commit(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _commit() -> str:
    """With a `+` where the tree differs from it."""
    command = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"
