"""A disk whose calls fail now and then: libfiu's (Debian: fiu-utils) before the C library of the desk's processes.

What fails are reads, writes and syncs of files at a place, as the database's are: never those of a socket.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.required import missing

PRELOADED = ("fiu_run_preload.so", "fiu_posix_preload.so")
FOLDERS = (Path("/usr/lib/fiu"), Path("/usr/local/lib/fiu"), Path("/usr/lib"), Path("/usr/local/lib"))
READS = ("posix/io/rw/pread",)
WRITES = ("posix/io/rw/pwrite", "posix/io/sync/fsync", "posix/io/sync/fdatasync")


@dataclass(frozen=True, slots=True)
class FailingIo:
    environment: dict[str, str]
    """Of a process whose calls may fail, and of all that it forks."""
    _pipes: Path

    def fail(self, pid: int, calls: Sequence[str], chance: float, code: int = errno.EIO) -> None:
        """From now on each of the calls fails so often, with that errno, until they are healed."""
        for call in calls:
            self._order(pid, f"enable_random name={call},probability={chance},failinfo={code}")

    def heal(self, pid: int) -> None:
        for call in (*READS, *WRITES):
            self._order(pid, f"disable name={call}")

    def _order(self, pid: int, order: str) -> None:
        subprocess.run(["fiu-ctrl", "-f", self._pipes, "-c", order, str(pid)], check=True, capture_output=True)


@contextmanager
def failing_io() -> Iterator[FailingIo]:
    """Where there is no libfiu, `tests.required` says what becomes of the test."""
    found = next((folder for folder in FOLDERS if all((folder / name).exists() for name in PRELOADED)), None)
    if found is None or shutil.which("fiu-ctrl") is None:
        missing("libfiu: apt-get install fiu-utils")
    with tempfile.TemporaryDirectory(prefix="masa-io-") as folder:
        pipes = Path(folder) / "order"
        others = os.environ.get("LD_PRELOAD", "").split()
        loaded = [*others, *(str(found / name) for name in PRELOADED)]
        yield FailingIo({"LD_PRELOAD": " ".join(loaded), "FIU_CTRL_FIFO": str(pipes), "FIU_ENABLE": ""}, pipes)
