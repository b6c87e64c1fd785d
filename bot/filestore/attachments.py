"""Attachments on disk: random names, checked, without what pictures tell beside what they show, and there for good
before their event is acknowledged.

Implements handlers.channel_port.Files. Nothing is unpacked, and no picture is decoded but one that lies on its side:
what a picture or an archive would grow to is read from its head alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import threading
import unicodedata
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from bot.filestore import file_types, pictures, private_files
from bot.filestore.disk_sync import sync
from bot.filestore.picture_codes import read_codes
from bot.filestore.upload_guard import UploadGuard
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.people import PersonId
from handlers.ports import Attachment

LIMIT = 20 * 1024 * 1024
"""Telegram hands bots no larger file, and no fault report needs one."""
MAX_NAME_BYTES = 120
_CHUNK = 256 * 1024
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ID = re.compile(r"[0-9a-f]{32}")
STORED = re.compile(r"[0-9a-f]{32}(?:\.part)?")
"""Names of the files; those on their way in end in .part."""


class StoredAttachments:
    """Those that are there: whoever has it makes none."""

    def __init__(self, folder: Path, guard: UploadGuard | None = None) -> None:
        """`guard` None: as much as there is room for."""
        self._folder, self._guard = folder, guard

    def require_space(self, size: int) -> None:
        if self._guard is not None:
            self._guard.require_space(size)

    def discard(self, file: str) -> None:
        if not _ID.fullmatch(file):
            raise NotFound("file", file)
        (self._folder / file).unlink(missing_ok=True)
        if self._guard is not None:
            self._guard.forget(file)

    def path(self, file: str) -> Path:
        path = self._folder / file
        if not _ID.fullmatch(file) or not path.is_file():
            raise NotFound("file", file)
        return path


class AttachmentFiles(StoredAttachments):
    def __init__(self, folder: Path, guard: UploadGuard | None = None) -> None:
        super().__init__(folder, guard)
        self._looking = threading.Lock()
        """One file at a time is held in memory."""
        private_files.close_folder(folder, STORED)

    def keep(
        self, source: BinaryIO, name: str, *, uploader: PersonId | None, conversation: str, at: datetime
    ) -> Attachment:
        """Raises Invalid: `file_name`, `file_type`, `file_macros`, `file_empty`, `file_too_large`, `picture_too_large`,
        `archive_type`, `archive_too_large`, `file_quota`, `files_paused`; Unavailable."""
        name = _clean_name(name)
        file_types.require_name(name)
        self.require_space(LIMIT)
        stored = secrets.token_hex(16)
        part = self._folder / f"{stored}.part"
        try:
            if _copy(source, part) == 0:
                raise Invalid("file_empty", name=name)
            with self._looking:
                file_types.require_content(part, name)
                content, media_type = pictures.without_metadata(part.read_bytes())
                part.unlink()
                _write(content, part)
            kept = Attachment(
                id=stored,
                name=name,
                media_type=media_type,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                uploader=uploader,
                conversation=conversation,
                at=at,
                codes=read_codes(content) if media_type.startswith("image/") else (),
            )
            if self._guard is not None:
                self._guard.admit(kept)
            part.replace(self._folder / stored)
        finally:
            part.unlink(missing_ok=True)
        sync(self._folder)
        return kept


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


def _copy(source: BinaryIO, target: Path) -> int:
    """Bytes copied; reading stops at the limit. Raises Invalid(`file_too_large`)."""
    size = 0
    with private_files.create(target) as out:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size >= LIMIT:
                raise Invalid("file_too_large", size_mb="20+", limit_mb=LIMIT // 1024 // 1024)
            out.write(chunk)
    return size


def _write(content: bytes, target: Path) -> None:
    with private_files.create(target) as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
