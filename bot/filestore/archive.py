"""A backup as a file: a tar with a manifest first, the database, the attachments and what the house wrote and learned
itself (articles, models), each with its size and SHA-256."""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from bot.errors import OperatorError
from storage.migrations import HEAD

FORMAT = 1
MANIFEST, DATABASE, ATTACHMENTS = "manifest.json", "masa.db", "attachments/"
ATTACHMENT = re.compile(r"[0-9a-f]{32}")
OF_THE_HOUSE = re.compile(r"articles/(?:drafts/)?[a-z0-9_-]+\.md|model/model(?:\.before)?\.npz")
"""What the house wrote and learned itself, by its place in the data folder."""
_MOST_MANIFEST = 200_000_000
CHUNK = 1 << 20
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
                chunk = source.read(min(CHUNK, left))
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
        attached = ATTACHMENT.fullmatch(name.removeprefix(ATTACHMENTS))
        if name != DATABASE and not attached and not OF_THE_HOUSE.fullmatch(name):
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
