"""JPEG: segments up to the end of the picture. What follows it (a second picture, a film) carries data of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bot.filestore.metadata import parts

SIGNATURE = b"\xff\xd8\xff"
_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_ALONE = frozenset([0x01, *range(0xD0, 0xD9)])
"""Marks without a length."""
_MARK = re.compile(rb"\xff[^\x00\xff]")
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SHOWN_BY = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Application segments that tell how colours are meant."""
_JFIF_BYTES = 16
"""Without the small picture that may follow."""
_EXIF = b"Exif\0\0"


def cleaned(content: bytes) -> bytes:
    kept = [content[:2]]
    for kind, start, end, upto in islice(_segments(content), parts.MOST):
        kept.append(_kept(kind, content[start:end]))
        kept.append(content[end:upto])
    return b"".join(kept) + b"\xff\xd9"


def exif(content: bytes) -> bytes:
    for kind, start, end, _ in islice(_segments(content), parts.MOST):
        if kind == 0xE1 and content[start + 4 : end].startswith(_EXIF):
            return content[start + 4 : end]
    return b""


def _segments(content: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Kind, where it begins and ends, and where what it draws does (a scan)."""
    at = 2
    while (mark := _MARK.search(content, at)) is not None:
        start, kind = mark.start(), content[mark.start() + 1]
        if kind == _END:
            return
        if kind in _ALONE:
            at = start + 2
            continue
        at = end = start + 2 + int.from_bytes(content[start + 2 : start + 4])
        if end > len(content):
            return
        if kind == _SCAN:
            after = _AFTER_SCAN.search(content, end)
            at = len(content) if after is None else after.start()
        yield kind, start, end, at


def _kept(kind: int, segment: bytes) -> bytes:
    if kind == _COMMENT:
        return b""
    if 0xE0 <= kind <= 0xEF:
        if kind not in _SHOWN_BY or not segment[4:].startswith(_SHOWN_BY[kind]):
            return b""
        if kind == 0xE0:
            return b"\xff\xe0" + _JFIF_BYTES.to_bytes(2) + segment[4:16] + b"\0\0"
    return segment
