"""HEIC, AVIF, JPEG XL, JPEG 2000, MP4 and MOV: boxes in boxes, which find their parts by place. What tells of place,
time and device is overwritten where it stands; how a picture is turned stands in a box of its own and stays."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bot.filestore.metadata import parts
from bot.filestore.metadata.zeros import Zeros

FIRST = frozenset([b"ftyp", b"styp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"jP  ", b"JXL "])
"""Kinds of the first box of such a file."""
_TOLD = frozenset([b"udta", b"uuid", b"xml ", b"XMP_", b"Exif", b"brob", b"jumb"])
"""brob: any of these, compressed."""
_HOLDS = frozenset([b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf", b"mpvd"])
"""What a film is built of; mpvd: the one that a photo begins with."""
_DATED = frozenset([b"mvhd", b"tkhd", b"mdhd"])
"""Each begins with its version and with when it was made and changed."""
_ITEMS = frozenset([b"Exif", b"mime", b"uri "])
_MAX_EXTENTS = 100_000
_TELLS_NOTHING = b"\0\0\0\0II*\0\x08" + bytes(9)
"""Exif data without a word: some readers refuse a picture whose data are not there."""
Box = tuple[bytes, int, int, int]
"""Kind, where the box begins, and where its content begins and ends."""


def cleaned(content: bytes) -> bytes:
    zeros = Zeros(content)
    left, waiting = iter(range(parts.MOST)), [(0, len(content))]
    while waiting:
        for (kind, at, start, end), _ in zip(_boxes(zeros, *waiting.pop()), left, strict=False):
            if kind in _HOLDS:
                waiting.append((start, end))
            elif kind in _DATED:
                zeros.blank(start + 4, start + (20 if zeros.number(start, 1) else 12))
            elif kind == b"meta" and _has_items(zeros, start + 4, end):
                waiting.append((start + 4, end))
            elif kind in _TOLD or kind == b"meta":
                zeros.blank(start, end)
                zeros.file[at + 4 : at + 8] = b"free"
    return bytes(zeros.file)


def _boxes(zeros: Zeros, at: int, end: int) -> Iterator[Box]:
    while at + 8 <= end:
        size, start = zeros.number(at, 4), at + 8
        if size == 1:
            size, start = zeros.number(at + 8, 8), at + 16
        upto = end if size == 0 else at + size
        if not start <= upto <= end:
            return
        yield zeros.kind(at + 4), at, start, upto
        at = upto


# --- items of a picture ---
def _has_items(zeros: Zeros, start: int, end: int) -> bool:
    """A picture's; those that tell are emptied."""
    found = {kind: (at, upto) for kind, _, at, upto in islice(_boxes(zeros, start, end), parts.MOST)}
    if b"iinf" not in found or b"iloc" not in found:
        return False
    told = _told_items(zeros, *found[b"iinf"])
    stored_here = found.get(b"idat", (0, 0))[0]
    for item, at, size in list(islice(_extents(zeros, *found[b"iloc"], stored_here), _MAX_EXTENTS)):
        if item in told:
            zeros.blank(at, at + size)
            if told[item] == b"Exif" and len(_TELLS_NOTHING) <= size <= len(zeros.file) - at:
                zeros.file[at : at + len(_TELLS_NOTHING)] = _TELLS_NOTHING
    return True


def _told_items(zeros: Zeros, at: int, end: int) -> dict[int, bytes]:
    """Kinds by number."""
    told = {}
    entries = _boxes(zeros, at + (6 if zeros.number(at, 1) == 0 else 8), end)
    for kind, _, entry, upto in islice(entries, parts.MOST):
        number_bytes = 4 if zeros.number(entry, 1) >= 3 else 2
        kind_at = entry + 4 + number_bytes + 2
        if kind == b"infe" and kind_at + 4 <= upto and zeros.kind(kind_at) in _ITEMS:
            told[zeros.number(entry + 4, number_bytes)] = zeros.kind(kind_at)
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
