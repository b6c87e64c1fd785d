"""`masa restore`: everything is unpacked and proved beside the database before anything changes places."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.filestore.archive import ATTACHMENTS, CHUNK, DATABASE, Archive, BadArchive, Progress
from bot.filestore.disk_sync import sync
from handlers.ports import Clock, StoreError, UnitOfWork
from storage import Store
from storage.maintenance import migrate, sqlite_files
from storage.maintenance.verify import Progress as CheckProgress
from storage.maintenance.verify import Violation, examine


@dataclass(frozen=True, slots=True)
class Restored:
    held: int
    """Messages that wait in the outbox until it is released."""
    aside: Path | None
    """Where the database went that was there before."""
    breaches: Sequence[Violation]
    """What was broken in the desk that was backed up: it is back as it was."""


def restore(
    archive: Archive,
    database: Path,
    data_dir: Path,
    *,
    clock: Clock,
    progress: Progress,
    prove: Callable[[], CheckProgress],
) -> Restored:
    """Everything is unpacked and proved beside the database first; then the attachments and, last, the database change
    places. Nobody may work on the database meanwhile. `prove`: asked for whom to tell of the invariants, once they are
    looked at.
    """
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=".masa-restore-") as folder:
        fresh = Path(folder) / DATABASE
        files: dict[str, Path] = {}
        for name, content in archive.members(progress):
            if name == DATABASE:
                _unpack(fresh, content)
                continue
            place = name.removeprefix(ATTACHMENTS)
            files[place] = Path(folder) / place.replace("/", "-")
            _unpack(files[place], content)
        url = f"sqlite:///{fresh}"
        if problems := sqlite_files.damage(fresh):
            raise BadArchive(archive.path, f"its database is damaged ({problems[0]})", "a sound database")
        migrate.upgrade(url)
        with Store.open(url, clock=clock) as store:
            now = clock.now()
            store.write(_free)
            held = store.write(lambda uow: uow.outbox.hold(True))
            made_at = archive.manifest.made_at.isoformat(timespec="seconds")
            store.write(lambda uow: uow.audit.log(now, None, "restored", made_at, "cli"))
            looked_at = examine(store, now=now, working=False, files=Path(folder), progress=prove())
            breaches = [breach for checked in looked_at for breach in checked.breaches]
        sqlite_files.fold_log(fresh)
        sync(fresh)
        _keep_files(files, data_dir)
        aside = _set_aside(database)
        fresh.replace(database)
    sync(database.parent)
    return Restored(held, aside, breaches)


def _free(uow: UnitOfWork) -> None:
    """What was in hand when the backup was made is in nobody's now."""
    uow.inbox.free()
    uow.outbox.free()


def _unpack(target: Path, content: Iterator[bytes]) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        for chunk in content:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _keep_files(files: Mapping[str, Path], data_dir: Path) -> None:
    """Each in its place of the data folder. Those that came after the backup stay: the database that is set aside
    speaks of them."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    for place, file in files.items():
        target = data_dir / place
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = target.with_name(f"{target.name}.part")
        _unpack_copy(file, part)
        part.replace(target)
    for folder in {data_dir, *((data_dir / place).parent for place in files)}:
        sync(folder)


def _unpack_copy(file: Path, part: Path) -> None:
    """The data folder may lie on another disk."""
    part.unlink(missing_ok=True)
    with file.open("rb") as source:
        _unpack(part, iter(lambda: source.read(CHUNK), b""))


def _set_aside(database: Path) -> Path | None:
    """The old database keeps its bytes under another name; its own name has no log left for the new one to read."""
    if not database.exists():
        return None
    aside, number = database.with_name(f"{database.name}.before-restore"), 2
    while aside.exists():
        aside = database.with_name(f"{database.name}.before-restore-{number}")
        number += 1
    with suppress(StoreError):  # too damaged to be tidied: its log goes with it as it is
        sqlite_files.fold_log(database)
        sync(database)
    for suffix in ("-wal", "-shm"):
        left = database.with_name(database.name + suffix)
        if left.exists():
            left.rename(aside.with_name(aside.name + suffix))
    try:
        aside.hardlink_to(database)  # so that the name is never without a database
    except OSError:
        database.rename(aside)  # a file system without hard links
    return aside
