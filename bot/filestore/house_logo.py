"""The logo of the house: a picture of ours made of the one that was sent, so that nothing else of it is ever served."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from bot.filestore import private_files
from bot.filestore.disk_sync import sync
from handlers.domain.errors import Invalid

FOLDER, NAME, BEFORE = "house", "logo.png", "logo.before.png"
MAX_BYTES = 2_000_000
MAX_PIXELS = 20_000_000
SIDE = 512
"""Pixels of the longer side, at most."""
KINDS = ("PNG", "JPEG", "WEBP")


def made_of(content: bytes) -> bytes:
    """A PNG. Raises Invalid (`logo_too_large`, `logo_kind`)."""
    if len(content) > MAX_BYTES:
        raise Invalid("logo_too_large", limit=MAX_BYTES // 1_000_000)
    try:
        with Image.open(io.BytesIO(content), formats=KINDS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Invalid("logo_too_large", limit=MAX_BYTES // 1_000_000)
            shown = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Invalid("logo_kind") from error
    shown.thumbnail((SIDE, SIDE))
    made = io.BytesIO()
    shown.save(made, "PNG", optimize=True)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class HouseLogo:
    """In the data folder; the one before is kept for **Geri al**."""

    data_dir: Path

    @property
    def _file(self) -> Path:
        return self.data_dir / FOLDER / NAME

    @property
    def _before(self) -> Path:
        return self.data_dir / FOLDER / BEFORE

    def read(self) -> bytes | None:
        try:
            return self._file.read_bytes()
        except FileNotFoundError:
            return None

    @property
    def version(self) -> str:
        """Another one as soon as there is another logo; empty: there is none."""
        try:
            return f"{self._file.stat().st_mtime_ns:x}"
        except FileNotFoundError:
            return ""

    @property
    def has_before(self) -> bool:
        return self._before.exists()

    def keep(self, content: bytes) -> None:
        """What stood there becomes the one before. Raises Invalid."""
        made = made_of(content)
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self._file.with_suffix(".part")
        part.unlink(missing_ok=True)
        with private_files.create(part) as file:
            file.write(made)
        if self._file.exists():
            self._file.replace(self._before)
        part.replace(self._file)
        sync(self._file.parent)

    def remove(self) -> None:
        if self._file.exists():
            self._file.replace(self._before)
            sync(self._file.parent)

    def take_back(self) -> None:
        """The one before stands again, and what stood becomes the one before."""
        if not self._before.exists():
            return
        aside = self._file.with_suffix(".aside")
        if self._file.exists():
            self._file.replace(aside)
        self._before.replace(self._file)
        if aside.exists():
            aside.replace(self._before)
        sync(self._file.parent)
