"""Attachments on disk: random names, checked, and there for good before their event is acknowledged.

Implements handlers.channel_port.Files. Nothing is ever unpacked or decoded: what a picture or an archive would grow to
is read from its head alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from handlers.domain.errors import Invalid, NotFound
from handlers.domain.people import PersonId
from handlers.ports import Attachment

LIMIT = 20 * 1024 * 1024
"""Telegram hands bots no larger file, and no fault report needs one."""
MEGA = 1_000_000
MAX_PIXELS = 60 * MEGA
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_NAME_BYTES = 120
_CHUNK = 256 * 1024
_RASTER = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp", "BMP": "image/bmp"}
_PROGRAMS = frozenset(
    {"exe", "com", "bat", "cmd", "ps1", "vbs", "js", "jse", "wsf", "msi", "scr", "pif"}
    | {"lnk", "hta", "jar", "dll", "cpl", "reg", "apk", "sh"}
)
"""What runs when somebody clicks it is not kept, whatever it says it is."""
_ZIPPED = frozenset(["zip", "docx", "xlsx", "pptx", "odt", "ods", "odp"])
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_STORED = re.compile(r"[0-9a-f]{32}")


class AttachmentFiles:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def keep(
        self, source: BinaryIO, name: str, *, uploader: PersonId | None, conversation: str, at: datetime
    ) -> Attachment:
        """Raises Invalid: `file_name`, `file_type`, `file_empty`, `file_too_large`, `picture_too_large`,
        `archive_too_large`."""
        name = _clean_name(name)
        if _suffix(name) in _PROGRAMS:
            raise Invalid("file_type", name=name)
        stored = secrets.token_hex(16)
        part = self._folder / f"{stored}.part"
        try:
            size, digest = _copy(source, part)
            if size == 0:
                raise Invalid("file_empty", name=name)
            media_type = _media_type(part, name)
            part.replace(self._folder / stored)
        finally:
            part.unlink(missing_ok=True)
        _sync_folder(self._folder)
        return Attachment(
            id=stored,
            name=name,
            media_type=media_type,
            size=size,
            sha256=digest,
            uploader=uploader,
            conversation=conversation,
            at=at,
        )

    def path(self, file: str) -> Path:
        path = self._folder / file
        if not _STORED.fullmatch(file) or not path.is_file():
            raise NotFound("file", file)
        return path


def _clean_name(name: str) -> str:
    """The last part of a path, without what is not shown; `../../x` and `C:\\x` become `x`."""
    name = unicodedata.normalize("NFC", _HIDDEN.sub("", name)).encode("utf-8", "replace").decode("utf-8")
    name = PurePosixPath(name.replace("\\", "/")).name.strip(" .")
    if not name:
        raise Invalid("file_name")
    if len(name) > MAX_NAME_BYTES:
        stem, dot, suffix = name.rpartition(".")
        name = f"{stem[: MAX_NAME_BYTES - 12]}.{suffix[:10]}" if dot else name[:MAX_NAME_BYTES]
    return name


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _copy(source: BinaryIO, target: Path) -> tuple[int, str]:
    """Copied and fsynced; reading stops at the limit. Raises Invalid(`file_too_large`)."""
    size, digest = 0, hashlib.sha256()
    with target.open("xb") as out:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size >= LIMIT:
                raise Invalid("file_too_large", size_mb="20+", limit_mb=LIMIT // 1024 // 1024)
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return size, digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _media_type(path: Path, name: str) -> str:
    """What the bytes are, not what the name says: only raster pictures are ever shown, the rest is downloaded."""
    try:
        with Image.open(path) as image:
            pixels, kind = image.width * image.height, _RASTER.get(image.format or "")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Invalid("picture_too_large", megapixels="", limit=MAX_PIXELS // MEGA) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        pixels, kind = 0, None
    if pixels > MAX_PIXELS:
        raise Invalid("picture_too_large", megapixels=-(-pixels // MEGA), limit=MAX_PIXELS // MEGA)
    if kind is not None:
        return kind
    if _suffix(name) in _ZIPPED:
        _refuse_bomb(path, name)
    with path.open("rb") as file:
        return "application/pdf" if file.read(5) == b"%PDF-" else "application/octet-stream"


def _refuse_bomb(path: Path, name: str) -> None:
    """Reads the table of contents only."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return  # not an archive after all: it is stored as bytes and never opened
    if unpacked > MAX_UNPACKED_BYTES:
        sizes = {"size_mb": unpacked // 1024 // 1024, "limit_mb": MAX_UNPACKED_BYTES // 1024 // 1024}
        raise Invalid("archive_too_large", name=name, **sizes)
