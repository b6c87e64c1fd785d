"""Hurda (bylaw 11/12, 11/36, Taşınır Mal Yönetmeliği m.27–28): devices proposed to be written off, looked at by the
lead, decided on by a commission, approved by the harcama yetkilisi, and got rid of.

What the desk keeps of it is the technical opinion and the preparation; the official record is kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from handlers.domain.devices import DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId

ScrapId = NewType("ScrapId", int)
MOST_LINES = 200
FEWEST_OF_COMMISSION = 3
MOST_OF_COMMISSION = 10
MAX_LETTERS = 300


class ScrapReason(StrEnum):
    LIFE_OVER = "life_over"
    NOT_WORTH_IT = "not_worth_it"
    NO_PARTS = "no_parts"
    BROKEN = "broken"


class DiskFate(StrEnum):
    """What became of its disk (2019/12-9, 10)."""

    REMOVED = "removed"
    WIPED = "wiped"
    DESTROYED = "destroyed"
    NONE = "none"


class Verdict(StrEnum):
    FIT = "fit"
    UNFIT = "unfit"
    """It stays; why is written (m.28/2)."""


class Disposal(StrEnum):
    MKE = "mke"
    DESTROYED = "destroyed"
    """With a record of its own."""
    PARTS = "parts"


class ScrapState(StrEnum):
    COLLECTING = "collecting"
    CHECKED = "checked"
    """The lead looked through it: it leaves the unit."""
    COMMISSIONED = "commissioned"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrapLine:
    device: DeviceId
    reason: ScrapReason
    opinion: str = ""
    """Of whoever proposed it: teknik görüş."""
    file: str = ""
    """A photo of it."""
    proposed_by: PersonId
    proposed_at: datetime
    disk: DiskFate | None = None
    """None: nobody answered yet."""
    disk_note: str = ""
    """By what it was wiped, or the number of the record of its destruction."""
    verdict: Verdict | None = None
    verdict_reason: str = ""
    disposal: Disposal | None = None
    disposal_note: str = ""
    """The number of the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionMember:
    name: str
    person: PersonId | None = None
    """None: of no staff list."""
    expert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrapProposal:
    number: Number
    lines: tuple[ScrapLine, ...] = ()
    opened_at: datetime
    opened_by: PersonId
    checked_at: datetime | None = None
    checked_by: PersonId | None = None
    commission: tuple[CommissionMember, ...] = ()
    commissioned_at: datetime | None = None
    commissioned_by: PersonId | None = None
    approved_at: datetime | None = None
    approved_by: PersonId | None = None
    approved_on: date | None = None
    """As the document says."""
    document: str = ""
    """Number of the document behind the approval."""
    slip: str = ""
    """Number of the Varlık İşlem Fişi, once there is one."""
    version: int = 0
    id: ScrapId = ScrapId(0)

    @property
    def state(self) -> ScrapState:
        if self.approved_at is not None:
            return ScrapState.APPROVED
        if self.commissioned_at is not None:
            return ScrapState.COMMISSIONED
        return ScrapState.CHECKED if self.checked_at is not None else ScrapState.COLLECTING

    def line(self, device: DeviceId) -> ScrapLine:
        """Raises Invalid(`scrap_no_line`)."""
        found = next((one for one in self.lines if one.device == device), None)
        if found is None:
            raise Invalid("scrap_no_line")
        return found

    def with_line(self, line: ScrapLine) -> ScrapProposal:
        """In the place of that device's, or behind the others."""
        if all(one.device != line.device for one in self.lines):
            return replace(self, lines=(*self.lines, line))
        return replace(self, lines=tuple(line if one.device == line.device else one for one in self.lines))

    def without(self, device: DeviceId) -> ScrapProposal:
        return replace(self, lines=tuple(one for one in self.lines if one.device != device))

    @property
    def leaving(self) -> Sequence[ScrapLine]:
        """Those that the commission found fit."""
        return [one for one in self.lines if one.verdict is Verdict.FIT]


def require_commission(members: Sequence[CommissionMember]) -> None:
    """Raises Invalid(`scrap_commission`, `scrap_commission_large`)."""
    names = {one.name.casefold() for one in members}
    if len(names) < FEWEST_OF_COMMISSION or not any(one.expert for one in members):
        raise Invalid("scrap_commission")
    if len(members) > MOST_OF_COMMISSION:
        raise Invalid("scrap_commission_large", most=MOST_OF_COMMISSION)
