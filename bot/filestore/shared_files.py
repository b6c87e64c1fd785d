"""What all processes of a desk know of files that are made in one of them: in a folder that they share.

Of each there is a line on how it stands, and, once it is made, its content.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.filestore import private_files
from handlers.domain.brought_lists import PREVIEW_KEPT

LISTS, LOOKERS, BROUGHT = "lists", "lookers", "brought"
"""In the data folder: files of lists, for an hour, who looks at what, and staff lists that nobody has taken in yet. No
backup has them."""
KEPT_FOR: Mapping[str, timedelta] = {LISTS: timedelta(hours=2), LOOKERS: timedelta(hours=2), BROUGHT: PREVIEW_KEPT}
"""No shorter than anything of each is still of use."""
_LINE, _CONTENT, _PART = ".json", ".file", ".part"


@dataclass(frozen=True, slots=True)
class SharedFiles:
    """Blocking. Keys are names of files: UUIDs."""

    folder: Path

    def put(self, key: str, line: Mapping[str, Any], content: bytes | None = None) -> None:
        """The content is whole before the line says that it is there."""
        self.folder.mkdir(mode=private_files.FOLDER, parents=True, exist_ok=True)
        if content is not None:
            self._write(f"{key}{_CONTENT}", content)
        self._write(f"{key}{_LINE}", json.dumps(line).encode("ascii"))

    def _write(self, name: str, content: bytes) -> None:
        part = self.folder / f"{name}{_PART}"
        part.unlink(missing_ok=True)
        with private_files.create(part) as file:
            file.write(content)
        part.replace(self.folder / name)

    def line(self, key: str) -> Mapping[str, Any] | None:
        try:
            found = json.loads((self.folder / f"{key}{_LINE}").read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def lines(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for place in self.folder.glob(f"*{_LINE}"):
            key = place.name.removesuffix(_LINE)
            if (line := self.line(key)) is not None:
                yield key, line

    def content(self, key: str) -> bytes | None:
        try:
            return (self.folder / f"{key}{_CONTENT}").read_bytes()
        except FileNotFoundError:
            return None

    def drop(self, key: str) -> None:
        """The line first: nobody is told of a content that is gone."""
        for name in (f"{key}{_LINE}", f"{key}{_CONTENT}"):
            (self.folder / name).unlink(missing_ok=True)

    def drop_old(self, before: datetime) -> None:
        """By when each was written: also what a process that died left half."""
        for place in self.folder.glob("*"):
            with suppress(FileNotFoundError):
                if place.suffix in (_LINE, _CONTENT, _PART) and place.stat().st_mtime < before.timestamp():
                    place.unlink()
