"""GIF: pictures, their times, and that they repeat; comments and what programs noted go."""

from __future__ import annotations

from bot.filestore.metadata import parts

_IMAGE, _EXTENSION, _CONTROL, _APPLICATION = 0x2C, 0x21, 0xF9, 0xFF
_REPEATS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def cleaned(content: bytes) -> bytes:
    at = 13 + _table(content, 10)
    kept = [content[:at]]
    for _ in range(parts.MOST):
        if at + 2 > len(content):
            break
        kind = content[at]
        if kind == _IMAGE and at + 10 < len(content):
            end = _end(content, at + 11 + _table(content, at + 9))
        elif kind == _EXTENSION:
            end = _end(content, at + 2)
        else:
            break
        if kind == _IMAGE or _is_shown(content[at : at + 14]):
            kept.append(content[at:end])
        at = end
    return b"".join(kept) + b";"


def _is_shown(extension: bytes) -> bool:
    return extension[1] == _CONTROL or (extension[1] == _APPLICATION and extension[3:14] in _REPEATS)


def _table(content: bytes, flags_at: int) -> int:
    """Bytes of the colour table that these flags speak of."""
    flags = content[flags_at] if flags_at < len(content) else 0
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end(content: bytes, at: int) -> int:
    """After a run of blocks, each with its length before it, none with nothing in it but the last."""
    while at < len(content) and content[at]:
        at += 1 + content[at]
    return at + 1
