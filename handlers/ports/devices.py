"""Devices, their labels, and which tickets are about them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from handlers.domain.devices import Condition, CustodyKind, Device, DeviceId, Label, Life, TicketDevice
from handlers.domain.people import PersonId, UnitId
from handlers.domain.places import PlaceId
from handlers.domain.security_matters import ALL, KnownMatters
from handlers.domain.ticket import TicketId
from knowledge.language.device_keys import DeviceKey


class Known(NamedTuple):
    """A device that is, or was, known by a key."""

    key: DeviceKey
    device: DeviceId
    living: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesWanted:
    """What a list shows; what is None or empty does not matter. Merged and withdrawn ones are in none."""

    words: str = ""
    """Folded; each of them is a part of its number, make, model or another of its numbers."""
    kinds: frozenset[str] = frozenset()
    departments: frozenset[str] | None = None
    """As they are spelled on devices."""
    places: frozenset[PlaceId] = frozenset()
    custody: CustodyKind | None = None
    condition: Condition | None = None
    lives: frozenset[Life] = frozenset()
    """Empty: all but those that are written off."""
    holder: PersonId | None = None
    keeper: PersonId | None = None
    """Who answers for the common area in which it is."""
    unresolved_holder: bool = False
    """A list named somebody whom nobody was found by."""
    warranty_before: date | None = None
    """It ends, or ended, before that day."""
    unseen_since: datetime | None = None
    """An agent saw it once, and none has since then."""
    without_asset_no: bool = False
    without_place: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Whose devices, and those of which rooms and müdürlük, a message may mean."""

    kinds: frozenset[str]
    """Empty: any."""
    holder: PersonId | None = None
    places: frozenset[PlaceId] = frozenset()
    departments: frozenset[str] = frozenset()
    """As they are spelled on devices."""
    words: tuple[str, ...] = ()
    """Make and model (`make_key`), two at most: parts of its own, or nobody wrote down what it is."""


class Devices(Protocol):
    """None is ever deleted."""

    def get(self, device: DeviceId) -> Device:
        """Raises NotFound."""

    def several(self, devices: Collection[DeviceId]) -> Sequence[Device]:
        """In the order of their numbers; those that there are."""

    def any(self) -> bool:
        """Whether one was ever recorded: where none was, nothing is looked for."""

    def by_number(self, place: int) -> Device | None:
        """`D-00042` is 42; merged and withdrawn ones too."""

    def numbered(self, places: Collection[int]) -> Sequence[Device]:
        """The same of several, in that order of their numbers; those that there are."""

    def add(self, device: Device) -> Device:
        """With its id. Raises Stale where a living one has its official, other or serial number or its MAC address."""

    def save(self, device: Device) -> Device:
        """With its next version. Raises NotFound, Stale (another was first, or as `add`)."""

    def known_by(self, keys: Collection[DeviceKey]) -> Sequence[Known]:
        """Those that have one of these keys; of withdrawn ones none."""

    def page(self, wanted: DevicesWanted, *, after: DeviceId | None = None, limit: int = 50) -> Sequence[Device]:
        """The newest first, those behind `after`."""

    def count(self, wanted: DevicesWanted) -> int: ...

    def near(self, near: Near, limit: int) -> Sequence[Device]:
        """Living ones in that person's custody, in those rooms or in that müdürlük; no more than `limit`."""

    def merged_into(self, devices: Collection[DeviceId]) -> Mapping[DeviceId, DeviceId]:
        """Others that are one with one of these, however many steps ago, and with which."""

    def merges(self) -> Mapping[DeviceId, DeviceId]:
        """Each that was merged, and into which, one step."""

    def departments(self) -> Sequence[str]:
        """Everything that is written as one on a living device."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """A guest turned out to be this person: what is in their custody is that person's."""

    def add_label(self, label: Label) -> None:
        """Raises Stale where there is such a token."""

    def save_label(self, label: Label) -> None:
        """Raises NotFound."""

    def label(self, token: str) -> Label | None: ...

    def labels(self, devices: Collection[DeviceId]) -> Sequence[Label]:
        """Of all of them, the oldest first, revoked ones too."""

    def label_addresses(self) -> Mapping[str, int]:
        """Under which addresses those that work were printed, and how many of each."""


class TicketDevices(Protocol):
    """`known`: which security matters count; the others are as if there were none."""

    def put(self, link: TicketDevice) -> None:
        """In the place of that ticket's link with that device. Raises Stale where it is the ticket's second sure
        subject."""

    def remove(self, ticket: TicketId, device: DeviceId) -> None: ...

    def of_ticket(self, ticket: TicketId) -> Sequence[TicketDevice]:
        """The sure subject first."""

    def tickets(self, devices: Collection[DeviceId], limit: int, known: KnownMatters = ALL) -> Sequence[TicketId]:
        """Those that are surely about one of them, the newest first."""

    def count(self, devices: Collection[DeviceId], since: datetime, until: datetime, known: KnownMatters) -> int:
        """How many tickets that were opened in that time are surely about one of them."""

    def counts(self, devices: Collection[DeviceId], since: datetime, known: KnownMatters) -> Mapping[DeviceId, int]:
        """The same for each, merged ones apart; those without are not in it."""

    def of_units(
        self, devices: Collection[DeviceId], units: Collection[UnitId], known: KnownMatters
    ) -> frozenset[DeviceId]:
        """Those of them that a ticket of these units is about."""

    def last_of(self, reporter: PersonId, since: datetime) -> Sequence[DeviceId]:
        """What that person's tickets since then were surely about, the newest first; not of security matters."""

    def most_often(self, since: datetime, until: datetime, known: KnownMatters) -> Mapping[DeviceId, int]:
        """How many tickets of that time are surely about each, the most first; merged ones apart."""
