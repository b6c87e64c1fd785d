"""Files of lists that take longer than a page waits: made in the background, kept for an hour, for their asker alone.

Each is made in one process. Where several share a folder, how far it is and what came of it lies there, so that a
browser may be led to any of them; else, in files without a name: when the process ends they are gone. Whoever asked
asks again where a process died.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import IO, Any, overload

import structlog
from starlette.concurrency import run_in_threadpool

from bot.web.settings import SharedFiles
from handlers.domain.people import PersonId

log = structlog.get_logger(__name__)
KEPT_FOR = timedelta(hours=1)
STOOD_STILL = timedelta(minutes=10)
"""After so long without a word its process is taken for dead: no part of a file takes so long."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """How one stands, whichever process makes it."""

    key: str
    asker: PersonId
    kind: str
    asked_at: datetime
    total: int
    done: int
    said_at: datetime
    """When that was so."""
    failed: bool = False
    made: bool = False

    @property
    def runs(self) -> bool:
        return not self.made and not self.failed

    def at(self, now: datetime) -> ListFile | None:
        """None: it is not kept any more. One whose process is silent failed."""
        if not self.runs:
            return self if now - self.asked_at < KEPT_FOR else None
        silent = now - self.said_at >= STOOD_STILL
        return ListFile(**{**self.as_fields(), "failed": True}) if silent else self

    def as_fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def as_data(self) -> dict[str, Any]:
        return self.as_fields() | {"asked_at": self.asked_at.isoformat(), "said_at": self.said_at.isoformat()}

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> ListFile | None:
        """None: another version of the desk wrote it."""
        try:
            times = {name: datetime.fromisoformat(data[name]) for name in ("asked_at", "said_at")}
            return cls(**{**data, **times})
        except (KeyError, TypeError, ValueError):
            return None


@dataclass(slots=True, kw_only=True)
class ExportJob:
    """One that this process makes."""

    key: str
    asker: PersonId
    kind: str
    asked_at: datetime
    total: int
    now: Callable[[], datetime]
    rows: StoredRows = field(default_factory=StoredRows)
    content: bytes | None = None
    failed: bool = False
    task: asyncio.Task[None] | None = None

    @property
    def file(self) -> ListFile:
        return ListFile(
            key=self.key,
            asker=self.asker,
            kind=self.kind,
            asked_at=self.asked_at,
            total=self.total,
            done=len(self.rows),
            said_at=self.now(),
            failed=self.failed,
            made=self.content is not None,
        )


@dataclass(slots=True)
class ExportJobs:
    shared: SharedFiles | None = None
    """None: there is one process."""
    _jobs: dict[str, ExportJob] = field(default_factory=dict)

    async def of(self, key: str, asker: PersonId, now: datetime) -> ListFile | None:
        """Nobody else's, and none that is too old."""
        self._tidy(now)
        job = self._jobs.get(key)
        found = job.file if job is not None else await run_in_threadpool(self._elsewhere, key)
        found = found.at(now) if found is not None else None
        return found if found is not None and found.asker == asker else None

    async def content(self, file: ListFile) -> bytes | None:
        job = self._jobs.get(file.key)
        if job is not None or self.shared is None or not file.made:
            return job.content if job is not None else None
        return await run_in_threadpool(self.shared.content, file.key)

    async def has_room(self, asker: PersonId, now: datetime) -> bool:
        self._tidy(now)
        running = [job.file for job in self._jobs.values() if job.file.runs]
        running += [one for one in await run_in_threadpool(self._all_elsewhere, now) if one.key not in self._jobs]
        return len(running) < AT_ONCE and all(one.asker != asker for one in running)

    async def begin(self, job: ExportJob, more: More, write: Callable[[Rows], Awaitable[bytes]]) -> None:
        """`write`: notes what is handed out, and makes the file."""
        self._jobs[job.key] = job
        await self._tell(job)
        job.task = asyncio.create_task(self._make(job, more, write))

    async def _make(self, job: ExportJob, more: More, write: Callable[[Rows], Awaitable[bytes]]) -> None:
        try:
            place: Any = None
            while True:
                rows, place = await more(place)
                await run_in_threadpool(job.rows.add, rows)
                await self._tell(job)
                if place is None:
                    break
            job.content = await write(job.rows)
            await self._tell(job)
        except Exception:  # whatever it is: whoever waits is told, and may ask again
            log.exception("export_failed", rows=len(job.rows))
            job.content, job.failed = None, True
            await self._tell_failed(job)
        finally:
            job.rows.close()

    async def _tell(self, job: ExportJob) -> None:
        if self.shared is not None:
            await run_in_threadpool(self.shared.put, job.key, job.file.as_data(), job.content)

    async def _tell_failed(self, job: ExportJob) -> None:
        try:
            await self._tell(job)
        except OSError as error:  # the disk is what failed: others find it silent
            log.warning("export_not_told", error=type(error).__name__)

    def _elsewhere(self, key: str) -> ListFile | None:
        line = self.shared.line(key) if self.shared is not None else None
        return ListFile.read(line) if line is not None else None

    def _all_elsewhere(self, now: datetime) -> list[ListFile]:
        if self.shared is None:
            return []
        found = (ListFile.read(line) for _, line in self.shared.lines())
        standing = (one.at(now) for one in found if one is not None)
        return [one for one in standing if one is not None and one.runs]

    def _tidy(self, now: datetime) -> None:
        self._jobs = {key: one for key, one in self._jobs.items() if one.file.runs or now - one.asked_at < KEPT_FOR}
