"""By which keys a device is found and compared, whatever the spelling: of official and other numbers, serials, host
names, MAC and IP addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from knowledge.language.device_numbers import asset_key, official_number, serial_key, year_and_place
from knowledge.language.folding import folded

_HEX = re.compile(r"[\da-f]{12}")
_HOST = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*")
_LEAST_SERIAL = 5
_LONGEST = 64
"""Characters of a key; what is longer is no number."""
VIRTUAL_MACS = ("000569", "000c29", "001c14", "005056", "080027", "00155d", "525400", "0a0027", "00163e", "0242")
"""What makers of virtual machines and containers begin theirs with: many machines have the same."""


class KeyKind(StrEnum):
    ASSET = "asset"
    """Of the official number."""
    OTHER = "other"
    """Of another number of the house."""
    TAIL = "tail"
    """Year and place of the official number alone: `18/00252`."""
    SERIAL = "serial"
    HOST = "host"
    MAC = "mac"
    VIRTUAL_MAC = "virtual_mac"
    IP = "ip"


class DeviceKey(NamedTuple):
    kind: KeyKind
    key: str


UNIQUE = frozenset({KeyKind.ASSET, KeyKind.OTHER, KeyKind.SERIAL, KeyKind.MAC})
"""No two living devices share one; a serial only within its make."""


def mac_key(typed: str) -> str | None:
    """`00-1A-2B-3C-4D-5E`: "001a2b3c4d5e"; None for what has not twelve digits."""
    plain = re.sub(r"[\s:.-]", "", folded(typed))
    return plain if _HEX.fullmatch(plain) and plain.strip("0") and plain.strip("f") else None


def ip_key(typed: str) -> str | None:
    """An IPv4 address without needless noughts; None for anything else."""
    parts = typed.strip().split(".")
    if len(parts) != 4 or any(not (part.isascii() and part.isdecimal() and int(part) < 256) for part in parts):
        return None
    return ".".join(str(int(part)) for part in parts)


def host_key(typed: str) -> str | None:
    """`PC-Mali-07`: "pc-mali-07"; without the domain behind it."""
    plain = folded(typed.strip()).partition(".")[0]
    return plain if _HOST.fullmatch(plain) and len(plain) <= _LONGEST else None


def make_key(brand: str) -> str:
    """`Hewlett  Packard`: "hewlettpackard": as makes are compared."""
    return re.sub(r"[\W_]", "", folded(brand))[:_LONGEST]


def keys_of(
    *, asset_no: str, other_no: str, serial: str, host: str, macs: Iterable[str], ips: Iterable[str]
) -> Iterator[DeviceKey]:
    """Those of a device, from what stands on it; what is no number gives none."""
    yield from _kept(KeyKind.ASSET, asset_key(asset_no))
    official = official_number(asset_no)
    if official is not None:
        yield DeviceKey(KeyKind.TAIL, f"{official.year}/{official.place}")
    yield from _kept(KeyKind.OTHER, asset_key(other_no))
    yield from _kept(KeyKind.SERIAL, serial_key(serial) or "")
    yield from _kept(KeyKind.HOST, host_key(host) or "")
    for mac in macs:
        key = mac_key(mac) or ""
        yield from _kept(KeyKind.VIRTUAL_MAC if key.startswith(VIRTUAL_MACS) else KeyKind.MAC, key)
    for ip in ips:
        yield from _kept(KeyKind.IP, ip_key(ip) or "")


def keys_typed(typed: str) -> list[DeviceKey]:
    """Each that these few signs may be, when somebody looks for a device by them."""
    found = [DeviceKey(kind, key) for kind in (KeyKind.ASSET, KeyKind.OTHER) for key in [asset_key(typed)] if key]
    if (tail := year_and_place(typed)) is not None:
        found.append(DeviceKey(KeyKind.TAIL, "/".join(tail)))
    if (mac := mac_key(typed)) is not None:
        found += [DeviceKey(KeyKind.MAC, mac), DeviceKey(KeyKind.VIRTUAL_MAC, mac)]
    if (ip := ip_key(typed)) is not None:
        found.append(DeviceKey(KeyKind.IP, ip))
    serial = serial_key(typed)
    if serial is not None and len(serial) >= _LEAST_SERIAL and any(letter.isdigit() for letter in serial):
        found.append(DeviceKey(KeyKind.SERIAL, serial))
    if (host := host_key(typed)) is not None and not host.isdigit():
        found.append(DeviceKey(KeyKind.HOST, host))
    return [one for one in found if len(one.key) <= _LONGEST]


def _kept(kind: KeyKind, key: str) -> Iterator[DeviceKey]:
    if key and len(key) <= _LONGEST:
        yield DeviceKey(kind, key)
