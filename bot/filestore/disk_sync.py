"""What was written reaches the disk with its name."""

from __future__ import annotations

import os
from pathlib import Path


def sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
