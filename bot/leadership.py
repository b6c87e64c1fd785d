"""Who works on one SQLite file: the process that holds `<database>.worker`, until it ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class Leadership:
    """A lock on a file that is never removed (removing it would let two processes lock two files of one name)."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._descriptor: int | None = None

    @classmethod
    def over(cls, database: Path) -> Leadership:
        return cls(database.with_name(f"{database.name}.worker"))

    @property
    def held(self) -> bool:
        return self._descriptor is not None

    def acquire(self, *, blocking: bool = False) -> bool:
        """Whether this process leads now; with `blocking` it waits until the other one ends."""
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if blocking else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor
        return True

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
