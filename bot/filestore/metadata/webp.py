"""WebP: chunks that draw the picture and tell its colours; the head says that nothing else is there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bot.filestore.metadata import parts

_DRAWN = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
_EXIF, _XMP = 0x08, 0x04


def is_webp(content: bytes) -> bool:
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


def cleaned(content: bytes) -> bytes:
    kept = []
    for kind, chunk in islice(_chunks(content), parts.MOST):
        if kind == b"VP8X" and len(chunk) > 8:
            chunk = chunk[:8] + bytes([chunk[8] & ~(_EXIF | _XMP) & 0xFF]) + chunk[9:]
        if kind in _DRAWN:
            kept.append(chunk)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def exif(content: bytes) -> bytes:
    return next((chunk[8:] for kind, chunk in islice(_chunks(content), parts.MOST) if kind == b"EXIF"), b"")


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind, and the chunk with its head."""
    at = 12
    while at + 8 <= len(content):
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        yield content[at : at + 4], content[at:end]
        at = end
