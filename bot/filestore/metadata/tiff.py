"""TIFF, and what cameras build on it: the directories of place, time and device are emptied where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from bot.filestore.metadata.zeros import Zeros

_DIRECTORIES = frozenset([0x8769, 0x8825, 0xA005])
"""Exif, GPS and what programs agreed on."""
_PAGES = 0x014A
"""Further pictures."""
_SHOWN_BY = frozenset([*range(0x00FE, 0x022A), 0x828D, 0x828E, 0x8773, *range(0xC612, 0xC800)])
"""The picture, its colours, and what a raw picture is developed by."""
_WORDS = frozenset(
    {0x010D, 0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x013C, 0x02BC}
    | {0xC614, 0xC615, 0xC62F, 0xC634, 0xC68B, 0xC71B}
)
"""Among them titles, names, devices, times, XMP and a maker's own notes."""
_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_MAX_ENTRIES = 100_000
"""Of all directories together."""
_MAX_PAGES = 4_000


@dataclass(frozen=True, slots=True)
class _Widths:
    """Bytes of a directory's parts."""

    count: int
    place: int
    """Of a place in the file, of a number of values, and of what an entry holds itself."""

    @property
    def entry(self) -> int:
        return 4 + 2 * self.place


_WIDTHS = {b"*": _Widths(2, 4), b"+": _Widths(8, 8)}
"""Of TIFF, and of BigTIFF."""
SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0\x08\0\0\0", b"MM\0+\0\x08\0\0")


def cleaned(content: bytes) -> bytes:
    zeros = Zeros(content, "little" if content.startswith(b"II") else "big")
    widths = _WIDTHS[content[2:4].strip(b"\0")]
    pages, told, seen, entries = [zeros.number(widths.place, widths.place)], list[int](), {0}, 0
    while pages or told:
        empties = bool(told)
        at = told.pop() if told else pages.pop()
        if at in seen or at < 8:
            continue
        seen.add(at)
        count, first = zeros.number(at, widths.count), at + widths.count
        if (entries := entries + count) > _MAX_ENTRIES:
            break
        upto = first + widths.entry * count
        for entry in range(first, upto, widths.entry):
            tag = zeros.number(entry, 2)
            place, size = _value(zeros, entry, widths.place)
            if tag in _DIRECTORIES:
                told.append(zeros.number(entry + 4 + widths.place, widths.place))
            elif tag == _PAGES and not empties:
                places = range(place, place + min(size, _MAX_PAGES), widths.place)
                pages += [zeros.number(one, widths.place) for one in places]
            elif empties or tag in _WORDS or tag not in _SHOWN_BY:
                zeros.blank(place, place + size)
        if empties:
            zeros.blank(at, upto)
        else:
            pages.append(zeros.number(upto, widths.place))
    return bytes(zeros.file)


def _value(zeros: Zeros, entry: int, width: int) -> tuple[int, int]:
    """Where the value of an entry stands, and its bytes."""
    size = _BYTES.get(zeros.number(entry + 2, 2), 1) * zeros.number(entry + 4, width)
    at = entry + 4 + width
    return (at, size) if size <= width else (zeros.number(at, width), size)
