"""Files and folders that only the user of the desk can open, whoever made them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

FILE, FOLDER = 0o600, 0o700
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def create(path: Path) -> BinaryIO:
    """A new file, for writing. Raises FileExistsError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, FILE)
    return os.fdopen(handle, "wb")


def is_open(path: Path) -> bool:
    """Whether others on this machine may read, write or enter it."""
    return bool(stat.S_IMODE(path.lstat().st_mode) & _OTHERS)


def close_folder(folder: Path, ours: re.Pattern[str]) -> None:
    """Made where it is missing; one that stood open is closed, with the files in it whose names are `ours`. What is
    everybody's (/tmp) or belongs to somebody else stays as it is: `masa doctor` says so."""
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER)
    for path in list(open_to_others(folder, ours)):
        with suppress(PermissionError, FileNotFoundError):
            path.chmod(FOLDER if path == folder else FILE)


def open_to_others(folder: Path, ours: re.Pattern[str]) -> Iterator[Path]:
    """A folder that stands open, and the files in it that do; in one that is closed nobody else reaches any."""
    if not folder.is_dir() or not is_open(folder):
        return
    if not folder.stat().st_mode & stat.S_ISVTX:
        yield folder
    for path in folder.iterdir():
        if ours.fullmatch(path.name) and path.is_file() and not path.is_symlink() and is_open(path):
            yield path
