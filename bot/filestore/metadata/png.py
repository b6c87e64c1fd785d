"""PNG: chunks that draw the picture and tell its colours; texts, times and what is somebody's own go."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bot.filestore.metadata import parts

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DRAWN = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"acTL", b"fcTL", b"fdAT"}
    | {b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD", b"pHYs"}
)


def cleaned(content: bytes) -> bytes:
    chunks = islice(_chunks(content), parts.MOST)
    return SIGNATURE + b"".join(content[start:end] for kind, start, end in chunks if kind in _DRAWN)


def exif(content: bytes) -> bytes:
    chunks = islice(_chunks(content), parts.MOST)
    return next((content[start + 8 : end - 4] for kind, start, end in chunks if kind == b"eXIf"), b"")


def _chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, where it begins and ends; none after the picture's end."""
    at, kind = len(SIGNATURE), b""
    while kind != b"IEND" and at + 12 <= len(content):
        kind = content[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(content[at : at + 4])
        if end > len(content):
            return
        yield kind, at, end
        at = end
