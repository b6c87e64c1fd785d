"""TIFF, and what cameras build on it: the directories of place, time and device are emptied where they stand."""

from __future__ import annotations

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
_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_MAX_ENTRIES = 100_000
"""Of all directories together."""
_MAX_PAGES = 4_000


def cleaned(content: bytes) -> bytes:
    zeros = Zeros(content, "little" if content.startswith(b"II") else "big")
    pages, told, seen, entries = [zeros.number(4, 4)], list[int](), {0}, 0
    while pages or told:
        empties = bool(told)
        at = told.pop() if told else pages.pop()
        if at in seen or at < 8:
            continue
        seen.add(at)
        count = zeros.number(at, 2)
        if (entries := entries + count) > _MAX_ENTRIES:
            break
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag = zeros.number(entry, 2)
            place, size = _value(zeros, entry)
            if tag in _DIRECTORIES:
                told.append(zeros.number(entry + 8, 4))
            elif tag == _PAGES and not empties:
                pages += [zeros.number(one, 4) for one in range(place, place + min(size, _MAX_PAGES), 4)]
            elif empties or tag in _WORDS or tag not in _SHOWN_BY:
                zeros.blank(place, place + size)
        if empties:
            zeros.blank(at, at + 2 + 12 * count)
        else:
            pages.append(zeros.number(at + 2 + 12 * count, 4))
    return bytes(zeros.file)


def _value(zeros: Zeros, entry: int) -> tuple[int, int]:
    """Where the value of an entry stands, and its bytes."""
    size = _BYTES.get(zeros.number(entry + 2, 2), 1) * zeros.number(entry + 4, 4)
    return (entry + 8, size) if size <= 4 else (zeros.number(entry + 8, 4), size)
