"""A backup: one tar file with a manifest, the database, the attachments and what the house wrote and learned itself
(articles, models), each with its size and SHA-256.

The database is copied first: an attachment is on disk before the row that names it is committed, so the files that are
listed afterwards hold all that the copy speaks of.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from bot.errors import OperatorError
from handlers.ports import Clock, StoreError, UnitOfWork
from storage import Store
from storage.maintenance import migrate, sqlite_files
from storage.maintenance.verify import Progress as CheckProgress
from storage.maintenance.verify import Violation, examine
from storage.migrations import HEAD

FORMAT = 1
MANIFEST, DATABASE, ATTACHMENTS = "manifest.json", "masa.db", "attachments/"
_ATTACHMENT = re.compile(r"[0-9a-f]{32}")
_OF_THE_HOUSE = re.compile(r"articles/(?:drafts/)?[a-z0-9_-]+\.md|model/model(?:\.before)?\.npz")
"""What the house wrote and learned itself, by its place in the data folder."""
_MOST_MANIFEST = 200_000_000
_CHUNK = 1 << 20
Progress = Callable[[int], None]
"""Told of every stretch of bytes that is done."""


class BadArchive(OperatorError):
    """Damaged, incomplete, or not made by `masa backup`; nothing was restored."""

    def __init__(self, archive: Path, found: str, expected: str) -> None:
        super().__init__(f"{archive}: {found}; expected {expected}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    made_at: datetime
    version: str
    revision: str
    """Of the tables."""
    files: Mapping[str, tuple[int, str]]
    """Name in the archive → size, SHA-256."""

    @property
    def size(self) -> int:
        return sum(size for size, _ in self.files.values())

    def dump(self) -> bytes:
        files = {name: {"size": size, "sha256": digest} for name, (size, digest) in self.files.items()}
        document = {
            "format": FORMAT,
            "made_at": self.made_at.isoformat(),
            "version": self.version,
            "revision": self.revision,
            "files": files,
        }
        return json.dumps(document, indent=1).encode()

    @classmethod
    def load(cls, archive: Path, content: bytes) -> Manifest:
        """Raises BadArchive."""
        try:
            document: dict[str, Any] = json.loads(content)
            if document["format"] != FORMAT:
                raise BadArchive(archive, f"format {document['format']!r}", f"format {FORMAT}")
            return cls(
                made_at=datetime.fromisoformat(document["made_at"]),
                version=str(document["version"]),
                revision=str(document["revision"]),
                files={name: (int(f["size"]), str(f["sha256"])) for name, f in document["files"].items()},
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadArchive(archive, f"{MANIFEST} cannot be read ({type(error).__name__})", "a manifest") from None


# --- making one ---------------------------------------------------------------------------------
def make(url: str, data_dir: Path, target: Path, *, version: str, now: datetime, progress: Progress) -> Manifest:
    """Beside a running desk. `target` appears whole and on disk, or not at all; an older one is replaced."""
    part = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".masa-backup-") as folder:
        copy = Path(folder) / DATABASE
        try:
            sqlite_files.copy(url, copy)
        except StoreError as error:
            raise OperatorError(f"{url}: {error}; no backup was made") from None
        sources = {DATABASE: copy}
        sources |= {f"{ATTACHMENTS}{path.name}": path for path in _attachments(data_dir)}
        sources |= _of_the_house(data_dir, Path(folder))
        manifest = Manifest(
            made_at=now,
            version=version,
            revision=migrate.revision(f"sqlite:///{copy}") or "",
            files={name: (path.stat().st_size, _digest(path, progress)) for name, path in sources.items()},
        )
        try:
            _write(part, manifest, sources, progress)
            with opened(part) as archive:
                for _ in archive.members(progress):
                    pass
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    _sync(target.parent)
    return manifest


def _attachments(data_dir: Path) -> list[Path]:
    """Whole ones; what is being uploaded has another name until it is there."""
    if not data_dir.is_dir():
        return []
    return sorted(path for path in data_dir.iterdir() if _ATTACHMENT.fullmatch(path.name))


def _of_the_house(data_dir: Path, folder: Path) -> dict[str, Path]:
    """Copied first: a lead or the night may put others in their place meanwhile."""
    copies: dict[str, Path] = {}
    for path in sorted([*data_dir.glob("articles/**/*.md"), *data_dir.glob("model/*.npz")]):
        name = path.relative_to(data_dir).as_posix()
        if _OF_THE_HOUSE.fullmatch(name):
            copies[name] = folder / f"house-{len(copies)}"
            with suppress(FileNotFoundError):  # a draft that was published this very moment
                shutil.copyfile(path, copies[name])
    return {name: copy for name, copy in copies.items() if copy.exists()}


def _write(part: Path, manifest: Manifest, sources: Mapping[str, Path], progress: Progress) -> None:
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
            content = manifest.dump()
            tar.addfile(_member(MANIFEST, len(content), manifest.made_at), io.BytesIO(content))
            for name, path in sources.items():
                with path.open("rb") as source:
                    tar.addfile(_member(name, manifest.files[name][0], manifest.made_at), source)
                progress(manifest.files[name][0])
        file.flush()
        os.fsync(file.fileno())


def _member(name: str, size: int, at: datetime) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, int(at.timestamp())
    return member


def _digest(path: Path, progress: Progress) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            progress(len(chunk))
    return digest.hexdigest()


# --- reading one --------------------------------------------------------------------------------
class Archive:
    """An archive whose manifest is read. Nothing is unpacked by the names in it."""

    def __init__(self, path: Path, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self.path, self.manifest, self._tar = path, manifest, tar

    def members(self, progress: Progress) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Each file with its bytes, checked as they are read: all of them must be, before anything is believed.

        Raises BadArchive for whatever is damaged, missing, or not in the manifest.
        """
        left = dict(self.manifest.files)
        while (member := self._next()) is not None:
            if member.name not in left or member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE):
                raise BadArchive(self.path, f"{member.name!r} in it", "only what its manifest names, each once")
            size, digest = left.pop(member.name)
            source = self._tar.extractfile(member)
            if member.size != size or source is None:
                raise BadArchive(self.path, f"{member.name}: {member.size} bytes", f"{size} bytes")
            content = self._checked(member.name, source, size, digest, progress)
            yield member.name, content
            for _ in content:  # whatever the taker left
                pass
        if left:
            raise BadArchive(self.path, f"{min(left)} is missing", "a whole archive")

    def _next(self) -> tarfile.TarInfo | None:
        with _damage(self.path):
            return self._tar.next()

    def _checked(self, name: str, source: IO[bytes], size: int, wanted: str, progress: Progress) -> Iterator[bytes]:
        digest, left = hashlib.sha256(), size
        while left:
            with _damage(self.path):
                chunk = source.read(min(_CHUNK, left))
            if not chunk:
                raise BadArchive(self.path, f"{name} ends early", f"{size} bytes")
            digest.update(chunk)
            left -= len(chunk)
            progress(len(chunk))
            yield chunk
        if digest.hexdigest() != wanted:
            raise BadArchive(self.path, f"{name} is damaged", f"SHA-256 {wanted}")


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Raises BadArchive, or OSError where there is no such file."""
    with path.open("rb") as file:
        with _damage(path):
            tar = tarfile.open(fileobj=file, mode="r:")  # noqa: SIM115 # closed below, whatever is read
        with tar:
            with _damage(path):
                first = tar.next()
            if first is None or first.name != MANIFEST or not first.isreg() or first.size > _MOST_MANIFEST:
                raise BadArchive(path, "no manifest at its start", "a file made by `masa backup`")
            with _damage(path):
                source = tar.extractfile(first)
                content = source.read() if source else b""
            manifest = Manifest.load(path, content)
            _require_ours(path, manifest)
            yield Archive(path, tar, manifest)


def _require_ours(path: Path, manifest: Manifest) -> None:
    for name in manifest.files:
        attached = _ATTACHMENT.fullmatch(name.removeprefix(ATTACHMENTS))
        if name != DATABASE and not attached and not _OF_THE_HOUSE.fullmatch(name):
            raise BadArchive(path, f"{name!r} in its manifest", f"{DATABASE}, {ATTACHMENTS}…, articles and models only")
    if DATABASE not in manifest.files:
        raise BadArchive(path, f"no {DATABASE}", "a database")
    if manifest.revision > HEAD:
        raise BadArchive(
            path,
            f"tables of revision {manifest.revision} (version {manifest.version})",
            f"{HEAD} or older: update masa",
        )


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise BadArchive(path, f"damaged ({error})", "a file made by `masa backup`") from None


# --- restoring ----------------------------------------------------------------------------------
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
        _sync(fresh)
        _keep_files(files, data_dir)
        aside = _set_aside(database)
        fresh.replace(database)
    _sync(database.parent)
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
        _sync(folder)


def _unpack_copy(file: Path, part: Path) -> None:
    """The data folder may lie on another disk."""
    part.unlink(missing_ok=True)
    with file.open("rb") as source:
        _unpack(part, iter(lambda: source.read(_CHUNK), b""))


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
        _sync(database)
    for suffix in ("-wal", "-shm"):
        left = database.with_name(database.name + suffix)
        if left.exists():
            left.rename(aside.with_name(aside.name + suffix))
    try:
        aside.hardlink_to(database)  # so that the name is never without a database
    except OSError:
        database.rename(aside)  # a file system without hard links
    return aside


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
