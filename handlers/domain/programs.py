"""Yazılımlar (bylaw 10/22, 10/23): what the house runs, how many seats it owns, who has them. Never a licence key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from handlers.domain.devices import DeviceId
from handlers.domain.people import PersonId, UnitId

ProgramId = NewType("ProgramId", int)
SeatId = NewType("SeatId", int)
MOST_SEATS = 100_000


class LicenceModel(StrEnum):
    PERSON = "person"
    DEVICE = "device"
    CONCURRENT = "concurrent"
    SERVER = "server"
    PERPETUAL = "perpetual"
    PUBLIC = "public"
    """Given to public bodies."""
    FREE = "free"

    @property
    def has_seats(self) -> bool:
        """Whether more than are owned can be given away."""
        return self not in (LicenceModel.FREE, LicenceModel.PUBLIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Never deleted; what is used no more is kept."""

    name: str
    """As it is compared, of one program alone."""
    maker: str = ""
    unit: UnitId
    """Answerable for it."""
    model: LicenceModel = LicenceModel.PERSON
    owned: int = 0
    """Seats; 0: not counted."""
    version_in_use: str = ""
    support_ends: date | None = None
    pledge: str = ""
    """Number or place of the taahhütname (2019/12 m.12)."""
    pledge_excused: str = ""
    """Why there is none."""
    tested_on: date | None = None
    """Güvenlik testi (2019/12 m.13)."""
    accounting: str = ""
    """Muhasebe kaydı (260)."""
    key_kept: str = ""
    """Where the licence key is: never the key."""
    active: bool = True
    recorded_at: datetime
    recorded_by: PersonId | None = None
    version: int = 0
    id: ProgramId = ProgramId(0)

    @property
    def lacks(self) -> tuple[str, ...]:
        """Which security papers an auditor would miss: `pledge`, `test`."""
        if not self.active:
            return ()
        pledge = not self.pledge and not self.pledge_excused
        return (*(["pledge"] * pledge), *(["test"] * (self.tested_on is None)))

    def is_over(self, seats: int) -> bool:
        """Whether more are given away than the house owns."""
        return self.model.has_seats and self.owned > 0 and seats > self.owned


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Given to a person or on a device; ended, never deleted."""

    program: ProgramId
    person: PersonId | None = None
    device: DeviceId | None = None
    at: datetime
    by: PersonId
    ended_at: datetime | None = None
    id: SeatId = SeatId(0)
