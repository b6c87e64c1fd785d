"""A backup as `masa backup` and the page Yedek both take it: proven, and noted for doctor and auditor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from bot.config import Settings
from bot.errors import OperatorError
from bot.filestore import backup as making
from bot.filestore import signing_key
from bot.filestore.archive import Manifest, Progress
from handlers.domain.job_run import JobName, JobRun
from handlers.domain.people import PersonId
from handlers.ports import UnitOfWork
from handlers.reports import anchoring

FOLDER = "backups"
"""Below the data folder: where the page puts them."""
_NAME = "masa-*.tar"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBackup:
    file: Path
    size: int
    manifest: Manifest
    key_is_new: bool
    """The key that signs it was made with it: somebody must keep a copy elsewhere."""

    @property
    def attachments(self) -> int:
        return len(self.manifest.files) - 1


def take(settings: Settings, file: Path, *, now: datetime, progress: Progress) -> TakenBackup:
    """Raises OperatorError; then there is no file."""
    key, is_new = signing_key.read_or_make(settings.data_dir)
    manifest = making.make(
        settings.database_url,
        settings.data_dir,
        file,
        key,
        version=version("yardim-masasi"),
        now=now,
        progress=progress,
    )
    return TakenBackup(file=file, size=file.stat().st_size, manifest=manifest, key_is_new=is_new)


def total(settings: Settings) -> int:
    """Bytes that `progress` will have heard of at the end, about."""
    database = settings.database_file
    attachments = settings.data_dir.iterdir() if settings.data_dir.is_dir() else ()
    size = sum(path.stat().st_size for path in attachments if path.is_file())
    return 3 * (size + (database.stat().st_size if database is not None and database.is_file() else 0))


def note(uow: UnitOfWork, taken: TakenBackup, now: datetime, by: PersonId | None, channel: str) -> None:
    """So that `masa doctor` knows, the page, and the auditor."""
    uow.job_runs.extend(JobRun(JobName.BACKUP, "", now.date(), now))
    where = taken.file.resolve().parent
    anchor = anchoring.witnessed(uow)
    chain = f", zincir {anchor.mark}" if anchor else ""
    uow.audit.log(now, by, "backup", f"{taken.file.name}, {megabytes(taken.size)}, {where}{chain}", channel)


def megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",")


def there(settings: Settings) -> Sequence[Path]:
    """Those that the page took, newest first."""
    return sorted((settings.data_dir / FOLDER).glob(_NAME), reverse=True)


def drop_old(settings: Settings, now: datetime) -> None:
    """What the page took longer ago than backups are kept: who has their words erased is told so."""
    kept_since = (now - timedelta(days=settings.backup_days)).timestamp()
    for file in there(settings):
        if file.stat().st_mtime < kept_since:
            file.unlink(missing_ok=True)


def place(settings: Settings, now: datetime) -> Path:
    """For a new one. Raises OperatorError where the folder cannot be made."""
    folder = settings.data_dir / FOLDER
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorError(f"{folder}: {error.strerror or error}; expected a folder that can be written to") from None
    return folder / f"masa-{now.astimezone(settings.timezone):%Y-%m-%d-%H%M%S}.tar"
