"""A disk that can be filled: a small file system in memory, mounted for one test where that is permitted."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.required import missing

ZEROS = bytes(4096)


@dataclass(frozen=True, slots=True)
class SmallDisk:
    path: Path

    @property
    def _ballast(self) -> Path:
        return self.path / "ballast"

    def fill(self) -> None:
        """To the last byte."""
        with suppress(OSError), self._ballast.open("wb", buffering=0) as ballast:
            while True:
                ballast.write(ZEROS)

    def make_room(self) -> None:
        self._ballast.unlink()


@contextmanager
def small_disk(megabytes: int) -> Iterator[SmallDisk]:
    """Where every user may reach it. Where this user may not mount, `tests.required` says what becomes of the test."""
    path = Path(tempfile.mkdtemp(prefix="masa-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}M,mode=0755", "none", path], capture_output=True, check=False
    )
    if mounted.returncode:
        path.rmdir()
        missing(f"the permission to mount: {mounted.stderr.decode().strip()}")
    path.chmod(0o755)
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run(["umount", "-l", path], check=True)
        path.rmdir()
