"""Where the tests keep their files: in memory, where the machine has such a disk with room.

Tests write thousands of small databases, and each commit waits for the disk; on a disk that others use that was half of
the suite. Whoever sets TMPDIR has their own way.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

DISK = Path("/dev/shm")  # each run makes a folder of its own there
NEEDED = 4 * 1024**3
"""Bytes that must be free there; a whole run leaves less than a third of that behind."""


def is_of_use(disk: Path) -> bool:
    """Whether there is one, with room, where we may write and start programs."""
    if not (disk.is_dir() and os.access(disk, os.W_OK | os.X_OK)):
        return False
    about = os.statvfs(disk)
    return about.f_bavail * about.f_frsize >= NEEDED and not about.f_flag & (os.ST_NOEXEC | os.ST_RDONLY)


if "TMPDIR" not in os.environ and is_of_use(DISK):
    os.environ["TMPDIR"] = str(DISK)  # for the processes that tests start, too
    tempfile.tempdir = None
