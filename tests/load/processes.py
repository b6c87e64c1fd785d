"""What processes cost, read from /proc while they run: CPU seconds and peak memory, a kind of process a line."""

from __future__ import annotations

import os
import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Cost:
    cpu_seconds: float
    """Of all processes of the kind together."""
    peak_mb: float
    """Of the largest one; of PostgreSQL, whose processes share much, their proportional shares added up."""
    processes: int


def cpu_seconds(pid: int) -> float:
    """Its own and its ended children's."""
    try:
        after_name = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(ticks) for ticks in after_name[11:15]) / _TICK


def exact_cpu_seconds(pid: int) -> float:
    """Of its threads that live, to the microsecond; for what takes a few milliseconds."""
    ran = 0
    with suppress(FileNotFoundError, ProcessLookupError):
        for thread in (PROC / str(pid) / "task").iterdir():
            ran += int((thread / "schedstat").read_text().split()[0])
    return ran / 1e9


def family(pid: int) -> list[int]:
    """The process and its children (PostgreSQL's have none of their own)."""
    try:
        children = (PROC / str(pid) / "task" / str(pid) / "children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [pid, *map(int, children)]


def peak_mb(pid: int) -> float:
    """The most that was ever resident."""
    return _kilobytes(PROC / str(pid) / "status", "VmHWM") / 1024


def resident_mb(pid: int) -> float:
    return _kilobytes(PROC / str(pid) / "status", "VmRSS") / 1024


def _share_mb(pid: int) -> float:
    return _kilobytes(PROC / str(pid) / "smaps_rollup", "Pss") / 1024


def _kilobytes(path: Path, field: str) -> int:
    try:
        found = re.search(rf"^{field}:\s+(\d+)", path.read_text(), re.MULTILINE)
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return int(found[1]) if found else 0


class Watch:
    """Between `with` and the call of `costs`; look at them before the processes end."""

    def __init__(self, kinds: Mapping[str, Iterable[int]], postgres: int | None) -> None:
        self._kinds = {kind: list(pids) for kind, pids in kinds.items()}
        self._postgres = postgres
        self._began: dict[str, float] = defaultdict(float)
        self._postgres_peak = 0.0
        self._ended = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._began = self._cpu()
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._looking.join()

    def costs(self) -> dict[str, Cost]:
        cpu = {kind: now - self._began[kind] for kind, now in self._cpu().items()}
        found = {
            kind: Cost(cpu[kind], max(map(peak_mb, pids)), len(pids)) for kind, pids in self._kinds.items() if pids
        }
        if self._postgres is not None:
            found["postgres"] = Cost(cpu["postgres"], self._postgres_peak, len(family(self._postgres)))
        return found

    def _cpu(self) -> dict[str, float]:
        found = {kind: sum(map(cpu_seconds, pids)) for kind, pids in self._kinds.items()}
        if self._postgres is not None:
            found["postgres"] = sum(map(cpu_seconds, family(self._postgres)))
        return found

    def _look(self) -> None:
        while self._postgres is not None and not self._ended.wait(2.0):
            self._postgres_peak = max(self._postgres_peak, sum(map(_share_mb, family(self._postgres))))
