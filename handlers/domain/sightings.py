"""What the inventory agents of the house say of machines in its network (“ağda görülen”).

A sighting is no device: it says what was seen, when first and when last, and which device it is of, where that is
known. It never makes a device. What is kept of an inventory is `Seen` and nothing else: no people, no programs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, NewType

from handlers.domain.devices import DeviceId
from handlers.domain.months import Month
from handlers.domain.people import PersonId

SightingId = NewType("SightingId", int)
UNLINKED_KEPT = timedelta(days=90)
"""Since it was seen last; what is of a device is kept until that is written off."""
TWIN_WITHIN = timedelta(days=30)
"""Two that say the same of themselves were both seen within it: one of them is a copy of the other's disk."""
LONG_UNSEEN = timedelta(days=730)
"""A device that was in the network once and has not been since: to be looked for, or scrapped."""
LOW_TONER = 10
"""Percent."""


class ItemType(StrEnum):
    """What the agent calls it."""

    COMPUTER = "Computer"
    PRINTER = "Printer"
    NETWORK = "NetworkEquipment"
    PHONE = "Phone"
    OTHER = "Unmanaged"


class KeyKind(StrEnum):
    AGENT = "agent"
    """The agent's own id and the name that it gave its machine: both lie on the disk, a copy has them too."""
    UUID = "uuid"
    SERIAL = "serial"
    MAC = "mac"
    HOST = "host"
    """Name and address, of what says neither serial nor MAC."""


class SightingKey(NamedTuple):
    kind: KeyKind
    key: str


TELLS_TWINS = frozenset({KeyKind.AGENT, KeyKind.UUID, KeyKind.SERIAL})
"""Two machines have none of these in common; a MAC they may, by a dock."""


class Link(StrEnum):
    """By what it was found to be of a device."""

    SERIAL = "serial"
    MAC = "mac"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Disk:
    model: str = ""
    serial: str = ""
    megabytes: int = 0


@dataclass(frozen=True, slots=True)
class Toner:
    name: str
    """`tonerblack`, as printers call it."""
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All that is kept of an inventory."""

    item_type: ItemType = ItemType.COMPUTER
    name: str = ""
    """Its name in the network."""
    uuid: str = ""
    """In small letters; empty for one that boards have in common."""
    serial: str = ""
    """As it was said; empty for a placeholder."""
    serial_key: str = ""
    """As serials are compared."""
    brand: str = ""
    model: str = ""
    asset_tag: str = ""
    chassis: str = ""
    system: str = ""
    """Operating system and its version."""
    cpu: str = ""
    modules: int = 0
    """Memory by its modules, in MB; 0: unknown."""
    memory: int = 0
    """Memory as the system has it, in MB."""
    disks: tuple[Disk, ...] = ()
    """Without what is plugged in."""
    macs: tuple[str, ...] = ()
    """As they are compared; of real cards."""
    ips: tuple[str, ...] = ()
    monitors: tuple[str, ...] = ()
    """Their serials."""
    toners: tuple[Toner, ...] = ()
    pages: int | None = None
    """Printed since it was made."""

    @property
    def megabytes(self) -> int:
        """Of memory."""
        return self.modules or self.memory

    @property
    def lowest_toner(self) -> Toner | None:
        """Of those that are nearly empty."""
        return min((one for one in self.toners if one.percent <= LOW_TONER), key=lambda one: one.percent, default=None)

    @property
    def machine(self) -> str:
        """`LENOVO ThinkPad E14`; its name where it says neither make nor model."""
        return " ".join(filter(None, (self.brand, self.model))) or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One inventory, as it came in."""

    agent: str
    """Its UUID; empty: it has none."""
    device_text: str
    """What the agent calls its machine: name and the time of its installation."""
    seen: Seen
    given: frozenset[str] = frozenset()
    """Fields of `seen` that it speaks of."""
    partial: bool = False
    """What it does not speak of is as before."""

    @property
    def agent_key(self) -> str:
        """Old agents have no id of their own. Empty where it tells nothing: what one machine collects of others has
        that one's."""
        named = self.device_text and self.seen.item_type is ItemType.COMPUTER
        return f"{self.agent}|{self.device_text}" if named else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    agent: str = ""
    device_text: str = ""
    agent_key: str = ""
    seen: Seen
    first_seen: datetime
    last_seen: datetime
    device: DeviceId | None = None
    link: Link | None = None
    """With a person and without a device: somebody said that it is none of those."""
    linked_by: PersonId | None = None
    linked_at: datetime | None = None
    ignored_at: datetime | None = None
    ignored_by: PersonId | None = None
    version: int = 0
    id: SightingId = SightingId(0)

    @property
    def keys(self) -> frozenset[SightingKey]:
        """Under which it is kept."""
        return frozenset(keys_of(self.agent_key, self.seen))

    @property
    def telling_keys(self) -> frozenset[SightingKey]:
        """Those that no other machine has."""
        return frozenset(key for key in self.keys if key.kind in TELLS_TWINS)

    def after(self, report: Report, at: datetime) -> Sighting:
        """With what the report says; a clock that was set back does not turn it back."""
        seen = report.seen
        if report.partial:
            seen = replace(self.seen, **{name: getattr(seen, name) for name in report.given})
        about = (report.agent, report.device_text, report.agent_key)
        agent, device_text, agent_key = about if report.agent_key else (self.agent, self.device_text, self.agent_key)
        return replace(
            self,
            agent=agent,
            device_text=device_text,
            agent_key=agent_key,
            seen=seen,
            last_seen=max(at, self.last_seen),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCount:
    """What a printer's counter stood at when it was read last in a month."""

    sighting: SightingId
    month: Month
    total: int
    at: datetime = field(compare=False)


def keys_of(agent_key: str, seen: Seen) -> Iterator[SightingKey]:
    if agent_key:
        yield SightingKey(KeyKind.AGENT, agent_key)
    if seen.uuid:
        yield SightingKey(KeyKind.UUID, seen.uuid)
    if seen.serial_key:
        yield SightingKey(KeyKind.SERIAL, seen.serial_key)
    for mac in seen.macs:
        yield SightingKey(KeyKind.MAC, mac)
    if seen.item_type is not ItemType.COMPUTER and seen.name and seen.ips:
        yield SightingKey(KeyKind.HOST, f"{seen.name}|{seen.ips[0]}"[:200])


def is_known_by_something(report: Report) -> bool:
    """Whether it could be told again when it comes the next time."""
    return any(keys_of(report.agent_key, report.seen))


def is_of(sighting: Sighting, report: Report) -> bool:
    """Whether the report speaks of that same machine. Agent id, name and UUID are copied with a disk or a virtual
    machine: where serials differ, or no network card is the same (nor name
    and serial), it is another one."""
    known, said = sighting.seen, report.seen
    if known.item_type is not said.item_type or _differ(known.serial_key, said.serial_key):
        return False
    same_serial = bool(said.serial_key) and known.serial_key == said.serial_key
    shared = bool(set(known.macs) & set(said.macs))
    other_cards = bool(known.macs and said.macs) and not shared
    if report.agent_key and sighting.agent_key == report.agent_key:
        return not other_cards or (same_serial and known.name == said.name)
    if same_serial:
        return not other_cards
    if shared:
        return not _differ(known.uuid, said.uuid)
    if known.macs or said.macs or known.serial_key or said.serial_key:
        return False
    return said.item_type is not ItemType.COMPUTER and known.name == said.name and known.ips[:1] == said.ips[:1]


def nearest(sightings: list[Sighting], report: Report) -> Sighting | None:
    """Of those that may be meant, the one that is: by its serial, its agent, its name, then the one seen last."""

    def rank(one: Sighting) -> tuple[bool, bool, bool, datetime]:
        same_serial = bool(report.seen.serial_key) and one.seen.serial_key == report.seen.serial_key
        same_agent = bool(report.agent_key) and one.agent_key == report.agent_key
        return same_serial, same_agent, one.seen.name == report.seen.name, one.last_seen

    return max((one for one in sightings if is_of(one, report)), key=rank, default=None)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other
