"""Compressed bodies, made whole again no further than they may grow."""

from __future__ import annotations

import zlib

MOST_RECEIVED = 4 * 1024 * 1024
"""Bytes as they are sent."""
MOST_INFLATED = 32 * 1024 * 1024
"""Bytes of what they become: a thousand times as many fit into as few."""
_PLAIN = (b"{", b"<", b" ", b"\n", b"\r", b"\t", b"\xef")
_ANY_HEADER = zlib.MAX_WBITS | 32
"""zlib's own or gzip's."""


class TooLarge(Exception):
    """More was sent, or would come of it, than is read."""


class Damaged(Exception):
    """What was sent is not compressed as it says, or its end is missing."""


class Inflater:
    """Give it what arrives, piece by piece. Each call takes time that grows with what comes of the piece, within the
    bounds: call it in a thread."""

    def __init__(self) -> None:
        self._received = 0
        self._whole = bytearray()
        self._inflate: zlib._Decompress | None = None
        self._is_plain: bool | None = None

    def feed(self, piece: bytes) -> None:
        """Raises TooLarge, Damaged."""
        if not piece:
            return
        self._received += len(piece)
        if self._received > MOST_RECEIVED:
            raise TooLarge
        if self._is_plain is None:
            self._is_plain = piece[:1] in _PLAIN
            self._inflate = None if self._is_plain else zlib.decompressobj(_ANY_HEADER)
        self._whole += piece if self._inflate is None else self._inflated(self._inflate, piece)
        if len(self._whole) > MOST_INFLATED:
            raise TooLarge

    def _inflated(self, inflate: zlib._Decompress, piece: bytes) -> bytes:
        try:
            made = inflate.decompress(piece, MOST_INFLATED + 1 - len(self._whole))
        except zlib.error as error:
            raise Damaged from error
        if inflate.unconsumed_tail:
            raise TooLarge
        return made

    def whole(self) -> bytes:
        """All of it. Raises Damaged."""
        if self._inflate is not None and not self._inflate.eof:
            raise Damaged
        return bytes(self._whole)
