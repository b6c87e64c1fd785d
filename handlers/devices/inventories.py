"""What is kept of an inventory, whoever sends it and whatever else stands in it: the machine, and nobody at it.

Only what `Seen` has room for is read. People who signed in, local accounts and groups, programs, processes,
environment, product keys, owners, names of wireless networks and ids of remote control (`REFUSED`) are not even looked
at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from uuid import UUID

from handlers.domain.errors import Invalid
from handlers.domain.sightings import Disk, ItemType, Report, Seen, Toner, is_known_by_something
from knowledge.language.device_keys import VIRTUAL_MACS, ip_key, mac_key
from knowledge.language.device_numbers import serial_key
from knowledge.language.folding import folded, one_line
from knowledge.language.storable import storable

Content = Mapping[str, object]
NOT_ASKED_FOR = ("process", "environment", "local_user", "local_group", "user", "software", "license")
"""Categories that an agent is told to leave out, as it calls them."""
REFUSED = (
    "processes", "envs", "users", "local_users", "local_groups", "softwares", "licenseinfos", "remote_mgmt",
    "lastloggeduser", "winprodkey", "winprodid", "winowner", "wincompany", "wifi_ssid", "contact", "location",
)  # fmt: skip
"""Of the parts of an inventory and of their fields; left out by reading none but what is kept."""
MAX_LETTERS = 60
"""Of each word; a device has no longer ones."""
_MOST_ROWS, _MOST_CARDS, _MOST_TONERS = 64, 16, 12
_MOST_MEGABYTES = 2**40
_MOST_PAGES = 2_000_000_000
_SHARED_UUIDS = frozenset(
    {
        "03000200-0400-0500-0006-000700080009",
        "12345678-1234-5678-90ab-cddeefaabbcc",
        "00020003-0004-0005-0006-000700080009",
        "fefefefe-fefe-fefe-fefe-fefefefefefe",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "00000000-0000-0000-0000-000000000000",
    }
)
"""What boards have where their maker wrote none."""
_NO_NAME = frozenset(
    {"tobefilledbyoem", "defaultstring", "systemproductname", "systemmanufacturer", "notspecified", "none", "na"}
    | {"unknown", "oem"}
)
_TYPES: Mapping[str, ItemType] = {
    "computer": ItemType.COMPUTER,
    "printer": ItemType.PRINTER,
    "networking": ItemType.NETWORK,
    "networkequipment": ItemType.NETWORK,
    "phone": ItemType.PHONE,
}


def report_of(
    content: Content, *, agent: str = "", device_text: str = "", item_type: str = "", partial: bool = False
) -> Report:
    """`content`: as the agent's JSON has it, of `DEVICE` for one of printers and switches.

    Raises Invalid(`sighting_nothing_known`) for what could not be told again.
    """
    network = _part(content, "network_device") or _part(content, "info")
    kind = _TYPES.get(folded(item_type or _text(network.get("type"))))
    kind = kind or (ItemType.OTHER if network or item_type else ItemType.COMPUTER)
    read: dict[str, object] = {"item_type": kind}
    for name, reader in _PARTS.items():
        if name in content:
            read.update(reader(content))
    if network:
        read.update(_of_the_network(network, content))
    made = Report(
        agent=_uuid(agent),
        device_text=_text(device_text, 120),
        seen=Seen(**read),  # type: ignore[arg-type] # by the names of its fields
        given=frozenset(read) & _FIELDS,
        partial=partial,
    )
    if not is_known_by_something(made):
        raise Invalid("sighting_nothing_known")
    return made


_FIELDS = frozenset(one.name for one in fields(Seen))


# --- its parts -------------------------------------------------------------------------------------
def _hardware(content: Content) -> dict[str, object]:
    part = _part(content, "hardware")
    uuid = _uuid(part.get("uuid"))
    return {
        "name": _text(part.get("name")),
        "uuid": "" if uuid in _SHARED_UUIDS else uuid,
        "memory": _whole(part.get("memory"), _MOST_MEGABYTES),
        **({"chassis": _text(part.get("chassis_type"))} if "chassis_type" in part else {}),
        **({"system": _text(part["osname"])} if "osname" in part and "operatingsystem" not in content else {}),
    }


def _bios(content: Content) -> dict[str, object]:
    part = _part(content, "bios")
    return {
        **_serial(part.get("ssn")),
        "brand": _name(part.get("smanufacturer")) or _name(part.get("mmanufacturer")),
        "model": _name(part.get("smodel")) or _name(part.get("mmodel")),
        "asset_tag": _tag(part.get("assettag")),
        **({"chassis": _text(part["type"])} if "type" in part else {}),
    }


def _system(content: Content) -> dict[str, object]:
    part = _part(content, "operatingsystem")
    name, version = _text(part.get("full_name")) or _text(part.get("name")), _text(part.get("version"))
    return {"system": (name if version in name else f"{name} {version}").strip()[:MAX_LETTERS]}


def _cpus(content: Content) -> dict[str, object]:
    names = [name for row in _rows(content, "cpus") if (name := _text(row.get("name")))]
    return {"cpu": names[0] if len(names) == 1 else f"{len(names)} × {names[0]}"[:MAX_LETTERS] if names else ""}


def _memories(content: Content) -> dict[str, object]:
    return {"modules": sum(_whole(row.get("capacity"), _MOST_MEGABYTES) for row in _rows(content, "memories"))}


def _storages(content: Content) -> dict[str, object]:
    return {"disks": tuple(_disks(content))}


def _disks(content: Content) -> Iterator[Disk]:
    for row in _rows(content, "storages"):
        said = folded(" ".join(_text(row.get(name)) for name in ("type", "interface", "description")))
        size = _whole(row.get("disksize"), _MOST_MEGABYTES)
        if not size or any(word in said for word in ("cd", "dvd", "usb", "removable", "floppy", "tape")):
            continue
        serial = _text(row.get("serial")) or _text(row.get("serialnumber"))
        yield Disk(_text(row.get("model")) or _text(row.get("name")), serial if serial_key(serial) else "", size)


def _networks(content: Content) -> dict[str, object]:
    real = [row for row in _rows(content, "networks") if _is_real(row)]
    return {
        "macs": _macs(row.get("macaddr") for row in real),
        "ips": _ips(row.get("ipaddress") for row in real),
    }


def _is_real(card: Content) -> bool:
    kind = folded(_text(card.get("type")))
    return folded(_text(card.get("virtualdev"))) not in ("1", "true", "yes") and kind not in ("loopback", "bluetooth")


def _monitors(content: Content) -> dict[str, object]:
    serials = (_text(row.get("serial")) or _text(row.get("altserial")) for row in _rows(content, "monitors"))
    return {"monitors": tuple(dict.fromkeys(one for one in serials if serial_key(one)))[:_MOST_CARDS]}


def _cartridges(content: Content) -> dict[str, object]:
    return {"toners": tuple(_toners(content))[:_MOST_TONERS]}


def _toners(content: Content) -> Iterator[Toner]:
    for row in _rows(content, "cartridges"):
        for name, value in row.items():
            said = _text(value)
            if str(name).startswith(("toner", "cartridge")) and said.isascii() and said.isdecimal() and len(said) < 4:
                yield Toner(_text(name, 30), min(int(said), 100))


def _pages(content: Content) -> dict[str, object]:
    total = _text(_part(content, "pagecounters").get("total"))
    is_number = total.isascii() and total.isdecimal() and len(total) <= len(str(_MOST_PAGES))
    return {"pages": int(total)} if is_number and int(total) <= _MOST_PAGES else {}


_PARTS = {
    "hardware": _hardware,
    "bios": _bios,
    "operatingsystem": _system,
    "cpus": _cpus,
    "memories": _memories,
    "storages": _storages,
    "networks": _networks,
    "monitors": _monitors,
    "cartridges": _cartridges,
    "pagecounters": _pages,
}


def _of_the_network(network: Content, content: Content) -> dict[str, object]:
    """What was read of a printer or a switch from elsewhere."""
    ports = [*_rows(content, "network_ports"), *_rows(_part(content, "ports"), "port")]
    addresses = network.get("ips")
    said = addresses.get("ip") if isinstance(addresses, Mapping) else addresses
    return {
        "name": _text(network.get("name")),
        **_serial(network.get("serial")),
        "brand": _name(network.get("manufacturer")),
        "model": _name(network.get("model")),
        "macs": _macs([network.get("mac")]) or _macs(row.get("mac") for row in ports)[:1],
        "ips": _ips(said if isinstance(said, list) else [said]),
    }


# --- its values ------------------------------------------------------------------------------------
def _part(content: Content, name: str) -> Content:
    found = content.get(name)
    if isinstance(found, list):
        found = next((one for one in found if isinstance(one, Mapping)), None)
    return found if isinstance(found, Mapping) else {}


def _rows(content: Content, name: str) -> list[Content]:
    """One alone stands without a list."""
    found = content.get(name)
    rows = found if isinstance(found, list) else [found]
    return [one for one in rows if isinstance(one, Mapping)][:_MOST_ROWS]


def _text(value: object, most: int = MAX_LETTERS) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return "1" if value is True else ""
    try:
        said = str(value)
    except ValueError:  # a number of thousands of digits
        return ""
    plain = "".join(letter if letter.isprintable() else " " for letter in storable(said[: most * 4]))
    return one_line(plain)[:most]


def _name(value: object) -> str:
    """Of a make or a model; empty for what boards have where there is none."""
    said = _text(value)
    return "" if "".join(filter(str.isalnum, folded(said))) in _NO_NAME else said


def _tag(value: object) -> str:
    """Of the house; empty for what boards have where nobody wrote one."""
    said = _text(value)
    return said if any(map(str.isdigit, said)) and serial_key(said) and "1234567890" not in said else ""


def _whole(value: object, most: int) -> int:
    said = _text(value).partition(".")[0]
    return min(int(said), most) if said.isascii() and said.isdecimal() and len(said) <= len(str(most)) else 0


def _serial(value: object) -> dict[str, object]:
    said = _text(value)
    key = serial_key(said) or ""
    return {"serial": said if key else "", "serial_key": key[:MAX_LETTERS]}


def _uuid(value: object) -> str:
    try:
        return str(UUID(_text(value)))
    except ValueError:
        return ""


def _macs(values: object) -> tuple[str, ...]:
    found = [mac_key(_text(one)) for one in values]  # type: ignore[attr-defined] # something to go through
    return tuple(dict.fromkeys(one for one in found if one is not None and _is_cards_own(one)))[:_MOST_CARDS]


def _is_cards_own(mac: str) -> bool:
    """Neither a virtual machine's nor one that somebody gave it: both stand in several machines."""
    return not mac.startswith(VIRTUAL_MACS) and not int(mac[1], 16) & 0b11


def _ips(values: object) -> tuple[str, ...]:
    found = [ip_key(_text(one)) for one in values]  # type: ignore[attr-defined] # something to go through
    real = (one for one in found if one is not None and not one.startswith(("127.", "169.254.", "0.")))
    return tuple(dict.fromkeys(real))[:_MOST_CARDS]
