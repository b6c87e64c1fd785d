"""Who works on one SQLite file: the process that holds `<database>.worker`, until it ends, however it ends.

A `masa chat` that is alone works as a deputy: it steps back as soon as a `masa run` is there, since only that one
speaks to the platforms. Who is there holds `<database>.run`.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class FileLock:
    """A lock on a file that is never removed (removing it would let two processes lock two files of one name)."""

    def __init__(self, file: Path, *, deputy: bool = False) -> None:
        self._file, self._deputy = file, deputy
        self._descriptor: int | None = None
        self._presence: int | None = None

    @classmethod
    def over(cls, database: Path, *, deputy: bool = False) -> FileLock:
        return cls(database.with_name(f"{database.name}.worker"), deputy=deputy)

    @property
    def held(self) -> bool:
        return self._descriptor is not None

    def acquire(self, *, blocking: bool = False) -> bool:
        """Whether this process leads now; with `blocking` it waits until the other one ends."""
        if self._descriptor is not None:
            return True
        descriptor = _opened(self._file)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if blocking else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor
        return True

    def lead(self) -> bool:
        """Whether this process works now; asked before each piece of work. Deputies step back for one that is none."""
        if self._presence is None:
            self._presence = _opened(self._file.with_suffix(".run"))
            if not self._deputy:
                fcntl.flock(self._presence, fcntl.LOCK_SH)
        if self._deputy and not self._is_free(self._presence):
            self.release()
            return False
        return self.acquire()

    def seize(self) -> bool:
        """For a restore: True where nobody works or is there; whoever starts meanwhile waits until `end`."""
        presence = _opened(self._file.with_suffix(".run"))
        if not self._is_free(presence, keep=True) or not self.acquire():
            os.close(presence)
            return False
        self._presence = presence
        return True

    @staticmethod
    def _is_free(presence: int, *, keep: bool = False) -> bool:
        try:
            fcntl.flock(presence, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if not keep:
            fcntl.flock(presence, fcntl.LOCK_UN)
        return True

    def end(self) -> None:
        """Neither leads nor is there any more."""
        self.release()
        if self._presence is not None:
            os.close(self._presence)
            self._presence = None

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> int | None:
        """Process id of whoever leads, this process or another; None where nobody does."""
        if self._descriptor is None and self.acquire():
            self.release()
            return None
        try:
            return int(self._file.read_text(encoding="ascii"))
        except ValueError:
            return None  # just taken, the number not written yet


def _opened(file: Path) -> int:
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
