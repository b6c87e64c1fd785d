"""Overwriting stretches of a file in memory."""

from __future__ import annotations

from typing import Literal

_MOST_PASSES = 4
"""Over as many bytes as the file has: one whose parts overlap without end costs no more."""


class Zeros:
    def __init__(self, content: bytes, order: Literal["little", "big"] = "big") -> None:
        self.file, self._order = bytearray(content), order
        self._left = _MOST_PASSES * len(content)

    def number(self, at: int, size: int) -> int:
        """Beyond the end: 0."""
        return int.from_bytes(self.file[at : at + size], self._order)

    def kind(self, at: int) -> bytes:
        return bytes(self.file[at : at + 4])

    def blank(self, start: int, end: int) -> None:
        end = min(end, len(self.file))
        size = end - start
        if 0 <= start < end and size <= self._left:
            self._left -= size
            self.file[start:end] = bytes(size)
