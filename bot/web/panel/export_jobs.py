"""Files of lists that take longer than a page waits: made in the background, kept for an hour, for their asker alone.

In this process, in files without a name: when it ends they are gone, and whoever asked asks again.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import IO, Any, overload

import structlog
from starlette.concurrency import run_in_threadpool

from handlers.domain.people import PersonId

log = structlog.get_logger(__name__)
KEPT_FOR = timedelta(hours=1)
AT_ONCE = 3
"""In the whole house; of one person one."""
Rows = Sequence[Sequence[str]]
More = Callable[[Any], Awaitable[tuple[Rows, Any]]]
"""The next rows behind that place, and the place behind them; None: that is all."""


class StoredRows(Sequence[Sequence[str]]):
    """On disk, one after the other: they are read from the first to the last."""

    def __init__(self) -> None:
        self._file: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 # as long as the job
        self._number = 0

    def add(self, rows: Rows) -> None:
        self._file.writelines(json.dumps(list(row)) + "\n" for row in rows)
        self._number += len(rows)

    def close(self) -> None:
        """How many there were is still known."""
        self._file.close()

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Sequence[str]]:
        self._file.seek(0)
        return (json.loads(line) for line in self._file)

    @overload
    def __getitem__(self, place: int) -> Sequence[str]: ...
    @overload
    def __getitem__(self, place: slice) -> Rows: ...
    def __getitem__(self, place: int | slice) -> Sequence[str] | Rows:
        return list(self)[place]


@dataclass(slots=True, kw_only=True)
class ExportJob:
    key: str
    asker: PersonId
    kind: str
    asked_at: datetime
    total: int
    rows: StoredRows = field(default_factory=StoredRows)
    content: bytes | None = None
    failed: bool = False
    task: asyncio.Task[None] | None = None

    @property
    def runs(self) -> bool:
        return self.content is None and not self.failed


@dataclass(slots=True)
class ExportJobs:
    _jobs: dict[str, ExportJob] = field(default_factory=dict)

    def of(self, key: str, asker: PersonId, now: datetime) -> ExportJob | None:
        """Nobody else's, and none that is too old."""
        self._tidy(now)
        found = self._jobs.get(key)
        return found if found is not None and found.asker == asker else None

    def has_room(self, asker: PersonId, now: datetime) -> bool:
        self._tidy(now)
        running = [one for one in self._jobs.values() if one.runs]
        return len(running) < AT_ONCE and all(one.asker != asker for one in running)

    def begin(self, job: ExportJob, more: More, write: Callable[[Rows], Awaitable[bytes]]) -> None:
        """`write`: notes what is handed out, and makes the file."""
        self._jobs[job.key] = job
        job.task = asyncio.create_task(self._make(job, more, write))

    async def _make(self, job: ExportJob, more: More, write: Callable[[Rows], Awaitable[bytes]]) -> None:
        try:
            place: Any = None
            while True:
                rows, place = await more(place)
                await run_in_threadpool(job.rows.add, rows)
                if place is None:
                    break
            job.content = await write(job.rows)
        except Exception:  # whatever it is: whoever waits is told, and may ask again
            log.exception("export_failed", rows=len(job.rows))
            job.failed = True
        finally:
            job.rows.close()

    def _tidy(self, now: datetime) -> None:
        self._jobs = {key: one for key, one in self._jobs.items() if one.runs or now - one.asked_at < KEPT_FOR}
