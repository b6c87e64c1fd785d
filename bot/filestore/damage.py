"""What Pillow raises for a file that is no whole picture."""

from __future__ import annotations

import struct
import zlib

DAMAGED = (
    OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, OverflowError, ZeroDivisionError,
    struct.error, zlib.error,
)  # fmt: skip
