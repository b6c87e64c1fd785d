"""`masa restore`: everything is unpacked and proved beside the database before anything changes places."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.errors import OperatorError
from bot.filestore.archive import ATTACHMENT, ATTACHMENTS, CHUNK, DATABASE, Archive, BadArchive, Progress
from bot.filestore.disk_space import free_bytes
from bot.filestore.disk_sync import sync
from bot.filestore.push_key import deaf_browsers
from bot.filestore.secret_files import PUSH_KEY
from handlers.ports import Clock, StoreError, UnitOfWork
from storage import Store
from storage.maintenance import migrate, sqlite_files
from storage.maintenance.verify import Progress as CheckProgress
from storage.maintenance.verify import Violation, examine

SPARE = 50_000_000
"""Bytes that stay free: a disk that is full to the last one stops more than us."""


@dataclass(frozen=True, slots=True)
class Restored:
    held: int
    """Messages that wait in the outbox until it is released."""
    aside: Path | None
    """Where the database went that was there before."""
    deaf: int
    """Browsers that asked to ring, and know a key that neither the backup nor the data folder has."""
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
    free: Callable[[Path], int] = free_bytes,
) -> Restored:
    """Everything is unpacked and proved beside the database first; then the attachments and, last, the database change
    places. Nobody may work on the database meanwhile. `prove`: asked for whom to tell of the invariants, once they are
    looked at. Raises BadArchive, and OperatorError where there is no room: before a byte is written.
    """
    _require_space(archive, database, data_dir, free)
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=".masa-restore-") as folder:
        fresh = Path(folder) / DATABASE
        files: dict[str, Path] = {}
        for name, content in archive.members(progress):
            if name == DATABASE:
                _unpack(fresh, content)
                continue
            place = name.removeprefix(ATTACHMENTS)
            files[place] = Path(folder) / (place if ATTACHMENT.fullmatch(place) else f"house-{len(files)}")
            _unpack(files[place], content)
        url = f"sqlite:///{fresh}"
        _require_database(archive, fresh)
        _bring_up_to_date(archive, fresh)
        with Store.open(url, clock=clock) as store:
            now = clock.now()
            store.write(_free)
            held = store.write(lambda uow: uow.outbox.hold(True))
            deaf = _deaf(store, files.get(PUSH_KEY, data_dir / PUSH_KEY))
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
    return Restored(held, aside, deaf, breaches)


def _deaf(store: Store, key: Path) -> int:
    """With the key that the house has from now on."""
    try:
        return deaf_browsers(store, key)
    except ValueError:  # no key: `masa doctor` says what to do with it
        return store.read(lambda uow: uow.push_subscriptions.count())


def _require_space(archive: Archive, database: Path, data_dir: Path, free: Callable[[Path], int]) -> None:
    """Unpacked beside the database, where it is brought up to date; then once more in the data folder."""
    files = archive.manifest.files
    size = files[DATABASE][0]
    beside, in_data = archive.manifest.size + size, archive.manifest.size - size
    folder = next(place for place in (data_dir, *data_dir.resolve().parents) if place.is_dir())
    if folder.stat().st_dev == database.parent.stat().st_dev:
        beside, in_data = beside + in_data, 0
    for place, needed in ((database.parent, beside), (folder, in_data)):
        if needed and needed + SPARE > (there := free(place)):
            raise OperatorError(
                f"{place.resolve()}: {archive.path} needs {needed / 1e6:.0f} MB there, {there / 1e6:.0f} MB are free; "
                "nothing was restored"
            )


def _require_database(archive: Archive, fresh: Path) -> None:
    """What its manifest says: sound, and with the tables of that revision. Nothing is made of a file without any."""
    try:
        problems = sqlite_files.damage(fresh)
        found = "" if problems else migrate.revision(f"sqlite:///{fresh}") or "none"
    except StoreError as error:
        problems, found = [str(error)], ""
    if problems:
        raise BadArchive(archive.path, f"its database is damaged ({problems[0]})", "a sound database")
    if found != archive.manifest.revision:
        wanted = f"revision {archive.manifest.revision}, as its manifest says"
        raise BadArchive(archive.path, f"its database has tables of revision {found:.20}", wanted)


def _bring_up_to_date(archive: Archive, fresh: Path) -> None:
    try:
        migrate.upgrade(f"sqlite:///{fresh}")
        missing = sqlite_files.missing(fresh)
    except StoreError as error:
        raise BadArchive(archive.path, f"its database is not one of masa's ({error})", "a database of masa") from None
    if missing:
        raise BadArchive(archive.path, f"its database lacks {missing[0]}", "a database of masa")


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
