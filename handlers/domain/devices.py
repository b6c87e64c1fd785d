"""Cihazlar (bylaw 11/21–11/25): what the house has to look after, where each is, and in whose custody (zimmet).

What a device says of itself (`Description`) anybody who looks after devices corrects; custody changes by an act of its
own. None is deleted: it is withdrawn, written off, or one with another by a merge. The official movables ledger is
kept elsewhere; its number (`asset_no`) is theirs, ours is `D-00042`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from handlers.domain.errors import Invalid
from handlers.domain.numbers import EVER, Number, Series
from handlers.domain.people import PersonId
from handlers.domain.places import PlaceId
from handlers.domain.ticket import TicketId

DeviceId = NewType("DeviceId", int)
MERGE_KEPT = timedelta(days=7)
"""So long a merge can be taken back."""
WITHDRAWN_WITHIN = timedelta(days=7)
"""So long whoever recorded a device can say that it was a slip."""
MAX_CANDIDATES = 4
"""So many are offered to be chosen from; more help nobody."""
TOKEN_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # noqa: S105 # letters, no token
"""Of a label: none that looks like another."""
TOKEN_LENGTH = 8


class Condition(StrEnum):
    WORKS = "works"
    BROKEN = "broken"
    UNUSABLE = "unusable"


class CustodyKind(StrEnum):
    """Where it is, one of five."""

    PERSON = "person"
    SHARED = "shared"
    """Of a room, a corridor: nobody's zimmet (Taşınır Mal Yönetmeliği m.10/1-ç)."""
    DEPOT = "depot"
    SERVICE = "service"
    AWAY = "away"


class Ending(StrEnum):
    """What took it out of the house's use."""

    LOST = "lost"
    """It may be found again."""
    WRITTEN_OFF = "written_off"
    WITHDRAWN = "withdrawn"
    """It was recorded by mistake."""


class Life(StrEnum):
    IN_USE = "in_use"
    IN_DEPOT = "in_depot"
    AT_SERVICE = "at_service"
    AWAY = "away"
    LOST = "lost"
    WRITTEN_OFF = "written_off"
    WITHDRAWN = "withdrawn"


_LIFE = {CustodyKind.DEPOT: Life.IN_DEPOT, CustodyKind.SERVICE: Life.AT_SERVICE, CustodyKind.AWAY: Life.AWAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a device says of itself, and papers of it; each empty where nobody knows it yet."""

    kind: str = ""
    """Of `knowledge/device_kinds.yaml`."""
    brand: str = ""
    model: str = ""
    serial: str = ""
    asset_no: str = ""
    """Taşınır sicil no (demirbaş no)."""
    other_no: str = ""
    """Of a list or label that the house had before: `BİM-0042`."""
    host: str = ""
    macs: tuple[str, ...] = ()
    ips: tuple[str, ...] = ()
    """Where it was last seen in the network."""
    supplier: str = ""
    bought_on: date | None = None
    price: str = ""
    """As it was written."""
    warranty_until: date | None = None
    note: str = ""
    parts: tuple[str, ...] = ()
    """What is fixed to it, a line each: memory, disks with their serials."""

    @property
    def name(self) -> str:
        """`HP LaserJet M404dn`; empty where neither make nor model is known."""
        return " ".join(filter(None, (self.brand, self.model)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    kind: CustodyKind = CustodyKind.SHARED
    holder: PersonId | None = None
    """Of `PERSON` alone."""
    holder_text: str = ""
    """A name that a list had and nobody of the staff list was found by: no zimmet yet."""
    keeper: PersonId | None = None
    """Who answers for the common area; of `SHARED` alone."""
    since: date | None = None

    def __post_init__(self) -> None:
        if self.holder is not None and self.kind is not CustodyKind.PERSON:
            raise Invalid("device_custody")
        if self.kind is CustodyKind.PERSON and self.holder is None:
            raise Invalid("device_custody")
        if self.keeper is not None and self.kind is not CustodyKind.SHARED:
            raise Invalid("device_custody")


@dataclass(frozen=True, slots=True)
class DeviceMerge:
    into: DeviceId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    number: Number
    description: Description = field(default_factory=Description)
    department: str = ""
    """Müdürlük, as it is called or was when it was written."""
    place: PlaceId | None = None
    place_text: str = ""
    """Where it is, as it was written, where that means no place of the list."""
    custody: Custody = field(default_factory=Custody)
    condition: Condition = Condition.WORKS
    ending: Ending | None = None
    merge: DeviceMerge | None = None
    recorded_at: datetime
    recorded_by: PersonId | None = None
    """None: the desk itself."""
    version: int = 0
    id: DeviceId = DeviceId(0)

    @property
    def living(self) -> bool:
        """Whether it stands in lists, and its numbers are its own. A lost one does: it may turn up."""
        return self.merge is None and self.ending in (None, Ending.LOST)

    @property
    def life(self) -> Life:
        return Life(self.ending.value) if self.ending is not None else _LIFE.get(self.custody.kind, Life.IN_USE)

    @property
    def can_change(self) -> bool:
        return self.merge is None and self.ending not in (Ending.WRITTEN_OFF, Ending.WITHDRAWN)


def number_of(place: int) -> Number:
    """`D-00042`."""
    return Number(Series.DEVICE, EVER, place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A code stuck on a device. An old one goes on working until it is revoked."""

    token: str
    device: DeviceId
    issued_at: datetime
    issued_by: PersonId | None = None
    revoked_at: datetime | None = None
    address: str = ""
    """Under which its code was printed last: `https://masa.defne.bel.tr`; empty: nobody knows."""

    @property
    def works(self) -> bool:
        return self.revoked_at is None


class LinkRole(StrEnum):
    SUBJECT = "subject"
    """What the ticket is about."""
    RELATED = "related"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDevice:
    """That a ticket is about a device, or has to do with it."""

    ticket: TicketId
    device: DeviceId
    role: LinkRole = LinkRole.SUBJECT
    sure: bool = True
    """False: the desk's guess, to be confirmed by somebody."""
    by: PersonId | None = None
    """Who said so; None: the desk, by what was written."""
    at: datetime


def require_known_by_something(description: Description, has_place: bool) -> None:
    """Raises Invalid(`device_nothing_known`) where nobody could find it again."""
    numbers = (description.serial, description.asset_no, description.other_no, description.host)
    if not any(numbers) and not (description.kind and has_place):
        raise Invalid("device_nothing_known")


def label_token(number: int) -> str:
    """Eight letters of a large random number; 30⁸ are possible."""
    letters = []
    for _ in range(TOKEN_LENGTH):
        number, place = divmod(number, len(TOKEN_LETTERS))
        letters.append(TOKEN_LETTERS[place])
    return "".join(letters)


def token_in(typed: str) -> str | None:
    """The token that somebody typed or scanned, whatever its case; None for what can be none."""
    plain = typed.strip().upper()
    return plain if len(plain) == TOKEN_LENGTH and set(plain) <= set(TOKEN_LETTERS) else None


def only_sure_subject(links: Iterable[TicketDevice]) -> TicketDevice | None:
    return next((one for one in links if one.role is LinkRole.SUBJECT and one.sure), None)
