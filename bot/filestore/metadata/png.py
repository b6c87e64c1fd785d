"""PNG: chunks that draw the picture and tell its colours; texts, times and what is somebody's own go."""

from __future__ import annotations

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DRAWN = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"acTL", b"fcTL", b"fdAT"}
    | {b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD", b"pHYs"}
)


def cleaned(content: bytes) -> bytes:
    kept, at = [SIGNATURE], len(SIGNATURE)
    while at + 12 <= len(content):
        kind = content[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(content[at : at + 4])
        if end > len(content):
            break
        if kind in _DRAWN:
            kept.append(content[at:end])
        at = end
        if kind == b"IEND":
            break
    return b"".join(kept)
