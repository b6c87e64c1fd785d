"""JPEG: segments up to the end of the picture. What follows it (a second picture, a film) carries data of its own."""

from __future__ import annotations

import re

_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_ALONE = frozenset([0x01, *range(0xD0, 0xD9)])
"""Marks without a length."""
_MARK = re.compile(rb"\xff[^\x00\xff]")
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SHOWN_BY = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Application segments that tell how colours are meant."""
_JFIF_BYTES = 16
"""Without the small picture that may follow."""


def cleaned(content: bytes) -> bytes:
    kept, at = [content[:2]], 2
    while (mark := _MARK.search(content, at)) is not None:
        at, kind = mark.start(), content[mark.start() + 1]
        if kind == _END:
            break
        if kind in _ALONE:
            at += 2
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if end > len(content):
            break
        kept.append(_kept(kind, content[at:end]))
        at = end
        if kind == _SCAN:
            after = _AFTER_SCAN.search(content, at)
            end = len(content) if after is None else after.start()
            kept.append(content[at:end])
            at = end
    return b"".join(kept) + b"\xff\xd9"


def _kept(kind: int, segment: bytes) -> bytes:
    if kind == _COMMENT:
        return b""
    if 0xE0 <= kind <= 0xEF:
        if kind not in _SHOWN_BY or not segment[4:].startswith(_SHOWN_BY[kind]):
            return b""
        if kind == 0xE0:
            return b"\xff\xe0" + _JFIF_BYTES.to_bytes(2) + segment[4:16] + b"\0\0"
    return segment
