"""Backups from the page: one at a time, beside the desk's work, as `masa backup` takes them.

Implements `bot.web.settings.Backups`. What is under way is known to this process only: on SQLite there is one.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from bot.config import Settings
from bot.errors import OperatorError
from bot.filestore import backup_taking, signing_key
from bot.filestore.backup_taking import FOLDER, TakenBackup, megabytes
from bot.filestore.disk_space import free_bytes
from bot.web.settings import BackupFile, BackupView
from handlers.domain.job_run import JobName
from handlers.domain.people import PersonId
from handlers.ports import Clock, StoreError, Transactions, UnitOfWork

log = structlog.get_logger(__name__)
SHOWN = 10
NO_ROOM = "diskte yeterli yer yok"
_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(slots=True)
class _UnderWay:
    total: int
    done: int = 0

    @property
    def percent(self) -> int:
        return min(99, 100 * self.done // max(self.total, 1))


class BackupDesk:
    def __init__(self, settings: Callable[[], Settings], store: Transactions, clock: Clock) -> None:
        """`settings`: as they are at that moment."""
        self._settings, self._store, self._clock = settings, store, clock
        self._lock = threading.Lock()
        self._under_way: _UnderWay | None = None
        self._failed = self._done = ""

    def view(self, uow: UnitOfWork) -> BackupView:
        settings, last = self._settings(), uow.job_runs.latest(JobName.BACKUP, "")
        at = last.until if last else None
        files = [
            BackupFile(name=file.name, size=megabytes(state.st_size), at=datetime.fromtimestamp(state.st_mtime, UTC))
            for file in backup_taking.there(settings)[:SHOWN]
            for state in (file.stat(),)
        ]
        return BackupView(
            possible=settings.database_file is not None,
            folder=str((settings.data_dir / FOLDER).resolve()),
            last_at=at,
            last=_about(uow, at),
            files=files,
            percent=None if self._under_way is None else self._under_way.percent,
            failed=self._failed,
            done=self._done,
        )

    def start(self, by: PersonId) -> bool:
        with self._lock:
            if self._under_way is not None:
                return False
            self._under_way, self._failed, self._done = _UnderWay(backup_taking.total(self._settings())), "", ""
        threading.Thread(target=self._take, args=(by, self._under_way), name="backup", daemon=True).start()
        return True

    def _take(self, by: PersonId, under_way: _UnderWay) -> None:
        try:
            taken = self._taken(under_way)
            self._store.write(lambda uow: backup_taking.note(uow, taken, self._clock.now(), by, "web"))
            self._done = _told(self._settings(), taken)
        except (OperatorError, OSError, StoreError) as error:
            self._failed = _why(error)
            log.warning("backup_not_taken", error=type(error).__name__)
        finally:
            self._under_way = None

    def _taken(self, under_way: _UnderWay) -> TakenBackup:
        settings, now = self._settings(), self._clock.now()
        backup_taking.drop_old(settings, now)
        file = backup_taking.place(settings, now)
        if free_bytes(file.parent) < under_way.total // 3 * 2 + settings.files.reserve:  # a copy of it lies there, too
            raise OSError(errno.ENOSPC, NO_ROOM)

        def heard(size: int) -> None:
            under_way.done += size

        return backup_taking.take(settings, file, now=now, progress=heard)


def _about(uow: UnitOfWork, at: datetime | None) -> str:
    """File, size and place of the backup of that moment, as the audit has it."""
    if at is None:
        return ""
    lines = uow.audit.page(since=at, until=at + timedelta(seconds=1))
    return next((line.about for line in lines if line.what == "backup"), "")


def _told(settings: Settings, taken: TakenBackup) -> str:
    said = f"Yedek alındı ve denetlendi: {taken.file.name} ({megabytes(taken.size)}, {taken.attachments} ek)."
    if not taken.key_is_new:
        return said
    key = signing_key.place(settings.data_dir)
    return f"{said} İmza anahtarı oluşturuldu: {key}. Bir kopyasını başka yerde saklayın."


def _why(error: Exception) -> str:
    match error:
        case OSError() if error.errno in _DISK_FULL:
            return f"{NO_ROOM}."
        case PermissionError():
            return "yedeklerin klasörüne yazılamıyor."
        case _:
            return "nedenini makinede `masa backup` komutu söyler."
