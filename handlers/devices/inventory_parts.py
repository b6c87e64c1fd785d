"""What the record of a device says of its parts, beside what an agent found in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from handlers.domain.devices import Description
from handlers.domain.sightings import Seen
from knowledge.language.device_numbers import serial_key
from knowledge.language.folding import folded

_MEMORY_WORDS = ("ram", "bellek", "memory")
_DISK_WORDS = ("disk", "ssd", "hdd", "nvme")
_LEAST_SERIAL = 8
_ENDED = (
    "windows xp", "windows vista", "windows 7", "windows 8", "windows server 2003", "windows server 2008",
    "windows server 2012",
)  # fmt: skip
"""Systems that their makers mend no more."""
_MOST_LINE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    what: str
    recorded: str
    """Empty: the record says nothing of it."""
    seen: str


def differences(said: Description, seen: Seen) -> list[Difference]:
    """Where the record says something else, or lacks a serial, make or model. None of who uses it: nobody is seen."""
    found = []
    if seen.serial and serial_key(said.serial) != seen.serial_key:
        found.append(Difference(what="Seri no", recorded=said.serial, seen=seen.serial))
    for what, recorded, read in (("Marka", said.brand, seen.brand), ("Model", said.model, seen.model)):
        if read and not recorded:
            found.append(Difference(what=what, recorded="", seen=read))
    memory, disks = _lines(said, _MEMORY_WORDS), _lines(said, _DISK_WORDS)
    recorded_size = next((size for line in memory if (size := _gigabytes(line))), 0)
    if recorded_size and seen.megabytes and recorded_size != gigabytes(seen):
        found.append(Difference(what="Bellek", recorded=f"{recorded_size} GB", seen=f"{gigabytes(seen)} GB"))
    if seen.disks and any(map(_has_serial, disks)) and not _are_those(disks, seen):
        found.append(Difference(what="Disk", recorded="; ".join(disks), seen="; ".join(_disk_lines(seen))))
    return found


def adopted(said: Description, seen: Seen) -> Description:
    """With what was found: serial, make and model where it had none, and its memory and disks among the parts."""
    kept = [line for line in said.parts if line not in {*_lines(said, _MEMORY_WORDS), *_lines(said, _DISK_WORDS)}]
    memory = [f"RAM {gigabytes(seen)} GB"] if seen.megabytes else _lines(said, _MEMORY_WORDS)
    disks = list(_disk_lines(seen)) or _lines(said, _DISK_WORDS)
    return replace(
        said,
        serial=said.serial or seen.serial,
        brand=said.brand or seen.brand,
        model=said.model or seen.model,
        parts=(*kept, *memory, *disks),
    )


def gigabytes(seen: Seen) -> int:
    """As it is called: what a system has of it is a little less."""
    return max(1, round(seen.megabytes / 1024)) if seen.megabytes else 0


def ended_system(system: str) -> str | None:
    """`Windows 7`, of a system that nobody mends any more."""
    plain = folded(system)
    for name in _ENDED:
        at = plain.find(name)
        if at >= 0 and not plain[at + len(name) : at + len(name) + 1].isdigit():
            return name.title().replace("Xp", "XP")
    return None


def _lines(said: Description, named: tuple[str, ...]) -> list[str]:
    return [line for line in said.parts if set(named) & set(_words(line))]


def _words(line: str) -> list[str]:
    plain = "".join(letter if letter.isalnum() else " " for letter in folded(line))
    return plain.split()


def _gigabytes(line: str) -> int:
    """`RAM 8 GB`, `8gb ddr4 bellek`: 8."""
    words = _words(line)
    for place, word in enumerate(words):
        number = word.removesuffix("gb") or word
        is_size = word != number or words[place + 1 : place + 2] == ["gb"]
        if is_size and number.isascii() and number.isdecimal() and len(number) < 6:
            return int(number)
    return 0


def _has_serial(line: str) -> bool:
    """A word with letters and digits that is long enough."""
    keys = [key for word in line.split() if (key := serial_key(word)) and len(key) >= _LEAST_SERIAL]
    return any(any(map(str.isdigit, key)) and any(map(str.isalpha, key)) for key in keys)


def _are_those(lines: list[str], seen: Seen) -> bool:
    recorded = [serial_key(line) or "" for line in lines]
    serials = [key for one in seen.disks if (key := serial_key(one.serial))]
    return len(lines) <= len(seen.disks) and all(any(key in line for line in recorded) for key in serials)


def _disk_lines(seen: Seen) -> Iterator[str]:
    for one in seen.disks:
        size = f"{round(one.megabytes / 1000)} GB" if one.megabytes else ""
        yield " ".join(filter(None, ("Disk", one.model, size, one.serial)))[:_MOST_LINE]
