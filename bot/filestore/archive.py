"""A backup as a file: a tar with a manifest first, the database, the attachments and what the house wrote and learned
itself (articles, models), each with its size and SHA-256. The manifest is signed with the key of the installation.

Everything it claims is bounded before anything is believed: nothing is larger than the file itself.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.errors import OperatorError
from bot.filestore.plain_tar import BadTar, PlainTar
from bot.filestore.signing_key import SigningKey
from storage.migrations import HEAD

FORMAT = 1
MANIFEST, DATABASE, ATTACHMENTS = "manifest.json", "masa.db", "attachments/"
ATTACHMENT = re.compile(r"[0-9a-f]{32}")
OF_THE_HOUSE = re.compile(
    r"articles/(?:drafts/)?[a-z0-9_-]+\.md|model/model(?:\.before)?\.npz|house/logo\.png|push\.key"
)
"""What the house wrote and learned itself, and the key that its browsers know, by its place in the data folder."""
MOST_FILES = 2_000_000
_MOST_MANIFEST = 200_000_000
_DIGEST = re.compile(r"[0-9a-f]{64}")
_REVISION = re.compile(r"[0-9]{4}")
_FIRST_YEAR, _LAST_YEAR = 2000, 2999
"""Every zone can say a time of these years."""
CHUNK = 1 << 20
Progress = Callable[[int], None]
"""Told of every stretch of bytes that is done."""


class BadArchive(OperatorError):
    """Damaged, incomplete, or not made by `masa backup`; nothing was restored."""

    def __init__(self, archive: Path, found: str, expected: str) -> None:
        super().__init__(f"{archive}: {found}; expected {expected}")


class Untrusted(BadArchive):
    """Not signed with the key of this installation."""


@dataclass(frozen=True, slots=True)
class Signature:
    key: str
    """Id of the key."""
    hmac: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    made_at: datetime
    version: str
    revision: str
    """Of the tables."""
    files: Mapping[str, tuple[int, str]]
    """Name in the archive → size, SHA-256."""
    signature: Signature | None = None

    @property
    def size(self) -> int:
        return sum(size for size, _ in self.files.values())

    def _document(self) -> dict[str, Any]:
        files = {name: {"size": size, "sha256": digest} for name, (size, digest) in self.files.items()}
        return {
            "format": FORMAT,
            "made_at": self.made_at.isoformat(),
            "version": self.version,
            "revision": self.revision,
            "files": files,
        }

    @property
    def signed_content(self) -> bytes:
        return json.dumps(self._document(), sort_keys=True, separators=(",", ":")).encode()

    def dump(self, key: SigningKey) -> bytes:
        signature = {"key": key.id, "hmac": key.sign(self.signed_content)}
        return json.dumps({**self._document(), "signature": signature}, indent=1).encode()

    @classmethod
    def load(cls, archive: Path, content: bytes) -> Manifest:
        """Raises BadArchive."""
        if content.count(b"[") or content.count(b"{") > MOST_FILES:  # names have no such signs
            raise BadArchive(archive, f"{MANIFEST} cannot be read (not of its form)", "a manifest")
        try:
            return cls._of(archive, json.loads(content))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BadArchive(archive, f"{MANIFEST} cannot be read ({type(error).__name__})", "a manifest") from None

    @classmethod
    def _of(cls, archive: Path, document: dict[str, Any]) -> Manifest:
        if document["format"] != FORMAT:
            raise BadArchive(archive, f"format {document['format']!r:.40}", f"format {FORMAT}")
        made_at, signature = datetime.fromisoformat(document["made_at"]), document.get("signature")
        if made_at.tzinfo is None or not _FIRST_YEAR <= made_at.year <= _LAST_YEAR:
            raise ValueError("no time of a backup")
        return cls(
            made_at=made_at,
            version=_text(document["version"]),
            revision=_text(document["revision"], _REVISION),
            files={
                name: (_size(about["size"]), _text(about["sha256"], _DIGEST))
                for name, about in document["files"].items()
            },
            signature=None
            if signature is None
            else Signature(_text(signature["key"]), _text(signature["hmac"], _DIGEST)),
        )

    def require_signed(self, archive: Path, key: SigningKey | None, *, trust: bool) -> bool:
        """Whether it is, with the key of this installation. Raises BadArchive for one that was changed after it was
        signed with that key; Untrusted for one that nobody can tell anything of, unless it is trusted."""
        if self.signature is not None and key is not None and self.signature.key == key.id:
            if not key.signed(self.signed_content, self.signature.hmac):
                raise BadArchive(archive, f"{MANIFEST} was changed after it was signed", "a backup as it was made")
            return True
        if not trust:
            found = "not signed" if self.signature is None else "signed with another key"
            raise Untrusted(
                archive,
                f"{found}: an older version made it, another machine, or somebody else",
                "the key of this installation; if you know where it comes from, take it with --trust",
            )
        return False


def _size(found: object) -> int:
    if type(found) is not int or found < 0:
        raise ValueError("no size")
    return found


def _text(found: object, form: re.Pattern[str] = re.compile(r"[ -~]{0,64}")) -> str:
    if not isinstance(found, str) or not form.fullmatch(found):
        raise ValueError("not of its form")
    return found


class Archive:
    """An archive whose manifest is read. Nothing is unpacked by the names in it."""

    def __init__(self, path: Path, tar: PlainTar, manifest: Manifest, *, signed: bool) -> None:
        self.path, self.manifest, self._tar = path, manifest, tar
        self.signed = signed
        """Whether it is signed with the key of this installation."""

    def members(self, progress: Progress) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Each file with its bytes, checked as they are read: all of them must be, before anything is believed.

        Raises BadArchive for whatever is damaged, missing, or not in the manifest.
        """
        left = dict(self.manifest.files)
        with _damage(self.path):
            while (member := self._tar.next()) is not None:
                if member.name not in left or not member.is_file:
                    raise BadArchive(self.path, f"{member.name!r} in it", "only what its manifest names, each once")
                size, digest = left.pop(member.name)
                if member.size != size:
                    raise BadArchive(self.path, f"{member.name}: {member.size} bytes", f"{size} bytes")
                content = self._checked(member.name, size, digest, progress)
                yield member.name, content
                for _ in content:  # whatever the taker left
                    pass
        if left:
            raise BadArchive(self.path, f"{min(left)} is missing", "a whole archive")

    def _checked(self, name: str, size: int, wanted: str, progress: Progress) -> Iterator[bytes]:
        digest, left = hashlib.sha256(), size
        while left:
            chunk = self._tar.read(min(CHUNK, left))
            if not chunk:
                raise BadArchive(self.path, f"{name} ends early", f"{size} bytes")
            digest.update(chunk)
            left -= len(chunk)
            progress(len(chunk))
            yield chunk
        if digest.hexdigest() != wanted:
            raise BadArchive(self.path, f"{name} is damaged", f"SHA-256 {wanted}")


@contextmanager
def opened(path: Path, key: SigningKey | None, *, trust: bool = False) -> Iterator[Archive]:
    """Raises BadArchive, or OSError where there is no such file."""
    with path.open("rb") as file:
        tar = PlainTar(file, path.stat().st_size)
        with _damage(path):
            first = tar.next()
            if first is None or first.name != MANIFEST or not first.is_file or first.size > _MOST_MANIFEST:
                raise BadTar("no manifest at its start")
            content = tar.read(first.size)
        manifest = Manifest.load(path, content)
        _require_ours(path, manifest)
        yield Archive(path, tar, manifest, signed=manifest.require_signed(path, key, trust=trust))


def _require_ours(path: Path, manifest: Manifest) -> None:
    for name in manifest.files:
        attached = name.startswith(ATTACHMENTS) and ATTACHMENT.fullmatch(name.removeprefix(ATTACHMENTS))
        if name != DATABASE and not attached and not OF_THE_HOUSE.fullmatch(name):
            raise BadArchive(
                path, f"{name!r:.80} in its manifest", f"{DATABASE}, {ATTACHMENTS}…, articles, models only"
            )
    if not manifest.files.get(DATABASE, (0, ""))[0]:
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
    except BadTar as error:
        raise BadArchive(path, f"damaged ({error})", "a file made by `masa backup`") from None
