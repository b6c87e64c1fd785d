"""`masa backup`: one file, made beside a running desk and read back before it counts.

The database is copied first: an attachment is on disk before the row that names it is committed, so the files that are
listed afterwards hold all that the copy speaks of.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.errors import OperatorError
from bot.filestore.archive import (
    ATTACHMENT,
    ATTACHMENTS,
    CHUNK,
    DATABASE,
    MANIFEST,
    OF_THE_HOUSE,
    Manifest,
    Progress,
    opened,
)
from bot.filestore.disk_sync import sync
from bot.filestore.secret_files import PUSH_KEY
from bot.filestore.signing_key import SigningKey
from handlers.ports import StoreError
from storage.maintenance import migrate, sqlite_files


def make(
    url: str, data_dir: Path, target: Path, key: SigningKey, *, version: str, now: datetime, progress: Progress
) -> Manifest:
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
            _write(part, manifest.dump(key), manifest, sources, progress)
            with opened(part, key) as archive:
                for _ in archive.members(progress):
                    pass
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    sync(target.parent)
    return manifest


def _attachments(data_dir: Path) -> list[Path]:
    """Whole ones; what is being uploaded has another name until it is there."""
    if not data_dir.is_dir():
        return []
    return sorted(path for path in data_dir.iterdir() if ATTACHMENT.fullmatch(path.name))


def _of_the_house(data_dir: Path, folder: Path) -> dict[str, Path]:
    """Copied first: a lead or the night may put others in their place meanwhile."""
    copies: dict[str, Path] = {}
    patterns = ("articles/**/*.md", "model/*.npz", "house/*.png", PUSH_KEY)
    for path in sorted(path for pattern in patterns for path in data_dir.glob(pattern)):
        name = path.relative_to(data_dir).as_posix()
        if OF_THE_HOUSE.fullmatch(name):
            copies[name] = folder / f"house-{len(copies)}"
            with suppress(FileNotFoundError):  # a draft that was published this very moment
                shutil.copyfile(path, copies[name])
    return {name: copy for name, copy in copies.items() if copy.exists()}


def _write(part: Path, content: bytes, manifest: Manifest, sources: Mapping[str, Path], progress: Progress) -> None:
    """`content`: the manifest as it is signed."""
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
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
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            progress(len(chunk))
    return digest.hexdigest()
