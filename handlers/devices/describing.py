"""What somebody wrote of a device, as it can be kept: without what is no number, and no number that another has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from handlers import device_names
from handlers.context import Acting
from handlers.domain.devices import Description, Device, number_of
from handlers.domain.errors import Invalid
from knowledge.device_kinds import OTHER, device_kinds
from knowledge.language.device_keys import UNIQUE, DeviceKey, KeyKind, host_key, ip_key, keys_of, mac_key, make_key
from knowledge.language.device_numbers import asset_key, official_number, serial_key
from knowledge.language.folding import one_line

NO_NUMBER = number_of(0)
"""Of a device that was not recorded yet."""
MAX_LETTERS = 60
MAX_NOTE_LETTERS = 500
MAX_PARTS = 20
_LINES = ("brand", "model", "serial", "asset_no", "other_no", "host", "supplier", "price")


def usable(description: Description, before: Description | None = None) -> Description:
    """As it would be kept. What it had `before` is not looked at again.

    Raises Invalid(`device_kind`, `device_too_long`, `device_serial`, `device_asset_no`, `device_other_no`,
    `device_host`, `device_mac`, `device_ip`).
    """
    typed = {name: one_line(getattr(description, name)) for name in _LINES}
    parts = tuple(filter(None, (one_line(part) for part in description.parts)))
    made = replace(
        description,
        brand=typed["brand"],
        model=typed["model"],
        serial=typed["serial"],
        asset_no=typed["asset_no"],
        other_no=typed["other_no"],
        host=typed["host"],
        supplier=typed["supplier"],
        price=typed["price"],
        kind=description.kind or OTHER,
        macs=tuple(dict.fromkeys(filter(None, map(one_line, description.macs)))),
        ips=tuple(dict.fromkeys(filter(None, map(one_line, description.ips)))),
        note=description.note.strip(),
        parts=parts,
    )
    if made.kind not in device_kinds():
        raise Invalid("device_kind", kind=made.kind)
    longest = max(len(one) for one in (*typed.values(), *made.macs, *made.ips, *parts, ""))
    if longest > MAX_LETTERS or len(made.note) > MAX_NOTE_LETTERS or len(parts) > MAX_PARTS:
        raise Invalid("device_too_long", most=MAX_LETTERS, note=MAX_NOTE_LETTERS)
    _require_numbers(made, before or Description())
    official = official_number(made.asset_no)
    return made if official is None else replace(made, asset_no=str(official))


def taken_by(acting: Acting, description: Description, own: Device | None = None) -> tuple[str, Device] | None:
    """The living device that has one of these numbers, and which of the fields says so."""
    keys = {key: field for key, field in _keys(description) if key.kind in UNIQUE}
    for known in acting.uow.devices.known_by(list(keys)):
        if not known.living or (own is not None and known.device == own.id):
            continue
        other = acting.uow.devices.get(known.device)
        is_serial = known.key.kind is KeyKind.SERIAL
        if not is_serial or make_key(other.description.brand) == make_key(description.brand):
            return keys[known.key], other
    return None


def require_free(acting: Acting, description: Description, own: Device | None = None) -> None:
    """Raises Invalid(`device_number_taken`, `device_serial_taken`), with the other device named."""
    if (found := taken_by(acting, description, own)) is None:
        return
    field, other = found
    named = device_names.whole_name(acting.uow, other)
    if field == "serial":
        raise Invalid("device_serial_taken", serial=description.serial, number=other.number, name=named)
    raise Invalid("device_number_taken", field=field, number=other.number, name=named)


def _keys(description: Description) -> list[tuple[DeviceKey, str]]:
    said = {
        "asset_no": description.asset_no,
        "other_no": description.other_no,
        "serial": description.serial,
        "host": description.host,
    }
    numbers = keys_of(**said, macs=description.macs, ips=description.ips)
    return [(key, _FIELDS.get(key.kind, key.kind.value)) for key in numbers]


_FIELDS = {KeyKind.ASSET: "asset_no", KeyKind.OTHER: "other_no", KeyKind.MAC: "mac"}


def _require_numbers(made: Description, before: Description) -> None:
    for name, (is_one, reason) in _IS_ONE.items():
        written = getattr(made, name)
        if written and written != getattr(before, name) and not is_one(written):
            raise Invalid(reason, typed=written)
    for mac in made.macs:
        if mac not in before.macs and mac_key(mac) is None:
            raise Invalid("device_mac", typed=mac)
    for ip in made.ips:
        if ip not in before.ips and ip_key(ip) is None:
            raise Invalid("device_ip", typed=ip)


_IS_ONE: dict[str, tuple[Callable[[str], object], str]] = {
    "serial": (serial_key, "device_serial"),
    "asset_no": (asset_key, "device_asset_no"),
    "other_no": (asset_key, "device_other_no"),
    "host": (host_key, "device_host"),
}
