"""HEIC, AVIF, MP4, MOV and JPEG 2000: boxes in boxes, which find their parts by place. What tells of place, time and
device is overwritten where it stands; how a picture is turned stands in a box of its own and stays."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bot.filestore.metadata.zeros import Zeros

FIRST = frozenset([b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"jP  "])
"""Kinds of the first box of such a file."""
_TOLD = frozenset([b"udta", b"uuid", b"xml ", b"XMP_"])
_TOLD_IN_FILM = _TOLD | {b"meta"}
_ITEMS = frozenset([b"Exif", b"mime", b"uri "])
_MAX_EXTENTS = 100_000
Box = tuple[bytes, int, int]
"""Kind, and where its content begins and ends."""


def cleaned(content: bytes) -> bytes:
    zeros = Zeros(content)
    for kind, start, end in list(_boxes(zeros, 0, len(content))):
        if kind in _TOLD:
            zeros.blank(start, end)
        elif kind == b"meta":
            _blank_items(zeros, start + 4, end)
        elif kind == b"moov":
            tracks = [(at, upto) for track, at, upto in _boxes(zeros, start, end) if track == b"trak"]
            for place in ((start, end), *tracks):
                _blank_told(zeros, *place)
    return bytes(zeros.file)


def _blank_told(zeros: Zeros, start: int, end: int) -> None:
    for kind, at, upto in list(_boxes(zeros, start, end)):
        if kind in _TOLD_IN_FILM:
            zeros.blank(at, upto)
            zeros.file[at - 4 : at] = b"free"


def _boxes(zeros: Zeros, at: int, end: int) -> Iterator[Box]:
    while at + 8 <= end:
        size, start = zeros.number(at, 4), at + 8
        if size == 1:
            size, start = zeros.number(at + 8, 8), at + 16
        upto = end if size == 0 else at + size
        if not start <= upto <= end:
            return
        yield zeros.kind(at + 4), start, upto
        at = upto


# --- items of a picture ---
def _blank_items(zeros: Zeros, start: int, end: int) -> None:
    found = {kind: (at, upto) for kind, at, upto in _boxes(zeros, start, end)}
    if b"iinf" not in found or b"iloc" not in found:
        return
    told = _told_items(zeros, *found[b"iinf"])
    stored_here = found.get(b"idat", (0, 0))[0]
    for item, at, size in list(islice(_extents(zeros, *found[b"iloc"], stored_here), _MAX_EXTENTS)):
        if item in told:
            zeros.blank(at, at + size)


def _told_items(zeros: Zeros, at: int, end: int) -> set[int]:
    told = set()
    for kind, entry, upto in _boxes(zeros, at + (6 if zeros.number(at, 1) == 0 else 8), end):
        number_bytes = 4 if zeros.number(entry, 1) >= 3 else 2
        kind_at = entry + 4 + number_bytes + 2
        if kind == b"infe" and kind_at + 4 <= upto and zeros.kind(kind_at) in _ITEMS:
            told.add(zeros.number(entry + 4, number_bytes))
    return told


def _extents(zeros: Zeros, at: int, end: int, stored_here: int) -> Iterator[tuple[int, int, int]]:
    """Each stretch of each item: item, place in the file, bytes (all that follows where none are told)."""
    version, sizes = zeros.number(at, 1), zeros.number(at + 4, 2)
    offset_bytes, length_bytes, base_bytes = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_bytes = sizes & 15 if version else 0
    number_bytes = 4 if version >= 2 else 2
    at += 6
    items, at = zeros.number(at, number_bytes), at + number_bytes
    for _ in range(items):
        if at >= end:
            return
        item, at = zeros.number(at, number_bytes), at + number_bytes
        base = 0
        if version:
            base, at = (stored_here if zeros.number(at, 2) & 15 == 1 else 0), at + 2
        at += 2
        base, at = base + zeros.number(at, base_bytes), at + base_bytes
        extents, at = zeros.number(at, 2), at + 2
        for _ in range(extents):
            at += index_bytes
            offset, at = zeros.number(at, offset_bytes), at + offset_bytes
            size, at = zeros.number(at, length_bytes), at + length_bytes
            yield item, base + offset, size or len(zeros.file)
