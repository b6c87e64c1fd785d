"""Room that stays free: a full disk stops everything, so files are refused first, and messages before that."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

MEGA = 1_000_000
MESSAGES_SHARE = 5
"""Messages are taken until a fifth of the reserve is left: they are small, and the database must finish what it has."""


def free_bytes(folder: Path) -> int:
    """0 where the folder is gone: a disk that is not mounted has no room."""
    try:
        return shutil.disk_usage(folder).free
    except FileNotFoundError:
        return 0


class DiskSpace:
    """`reserve` in bytes, 0: none. Files need it where they lie and where the database does, messages there."""

    def __init__(
        self, files: Path, database: Path | None, reserve: int, free: Callable[[Path], int] = free_bytes
    ) -> None:
        self._files = (files,) if database is None else (files, database)
        self._messages = (files if database is None else database,)
        self.reserve, self._free = reserve, free

    def takes_files(self, size: int = 0) -> bool:
        """With one more of that size."""
        return self._is_there(self._files, self.reserve, size)

    def takes_messages(self) -> bool:
        return self._is_there(self._messages, self.reserve // MESSAGES_SHARE, 0)

    def _is_there(self, folders: Iterable[Path], reserve: int, size: int) -> bool:
        return not reserve or all(self._free(folder) - size >= reserve for folder in folders)
