"""Firma beklerken ve servis formları (bylaw 7/14, 11/1): whom a ticket waits for, whether its device left the house,
and what the firm did there.

The form is what the firm signs; here it is a photo with what matters of it, approved by a lead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from handlers.domain.devices import Custody, DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from handlers.domain.vendors import VendorId

WaitId = NewType("WaitId", int)
VisitId = NewType("VisitId", int)
MOST_PARTS = 10


class Disk(StrEnum):
    """What became of a device's disk when it left the house (2019/12 sayılı Genelge m.9, 10)."""

    REMOVED = "removed"
    WIPED = "wiped"
    WITH_DISK = "with_disk"
    """Only by a lead's press."""
    NO_DISK = "no_disk"


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorWait:
    """That a ticket waits for a firm. The ticket itself says whether it still does; the newest one counts."""

    ticket: TicketId
    vendor: VendorId
    device: DeviceId | None = None
    covered_until: date | None = None
    """By a warranty or contract, as it was known then."""
    at: datetime
    by: PersonId
    disk: Disk | None = None
    asked_at: datetime | None = None
    """That it may leave with its disk: a lead has not said so yet."""
    left_at: datetime | None = None
    """The device went to the firm."""
    left_by: PersonId | None = None
    """Who said so; with its disk, the lead."""
    came_from: Custody | None = None
    """Where it was before; of what left."""
    back_at: datetime | None = None
    version: int = 0
    id: WaitId = WaitId(0)

    @property
    def is_out(self) -> bool:
        return self.left_at is not None and self.back_at is None


class VisitState(StrEnum):
    OPEN = "open"
    """Its form is still to come."""
    SUBMITTED = "submitted"
    APPROVED = "approved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class SwappedPart:
    """`ana kart`, its old serial and its new one."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceVisit:
    number: Number
    ticket: TicketId
    vendor: VendorId
    device: DeviceId | None = None
    wait: WaitId | None = None
    came_at: datetime
    who_came: str = ""
    done: str = ""
    parts: tuple[SwappedPart, ...] = ()
    new_serial: str = ""
    """Of the device that the firm left in the place of the one that it was about (27/4)."""
    charged: str = ""
    """As it was written; empty: nothing."""
    in_warranty: bool = False
    form: str = ""
    """Id of the photo or file."""
    without_form: str = ""
    """Why there is none."""
    state: VisitState = VisitState.OPEN
    made_by: PersonId
    submitted_at: datetime | None = None
    approved_by: PersonId | None = None
    approved_at: datetime | None = None
    version: int = 0
    id: VisitId = VisitId(0)

    @property
    def can_change(self) -> bool:
        return self.state in (VisitState.OPEN, VisitState.SUBMITTED)

    def require_form(self) -> None:
        """Raises Invalid(`service_form_missing`)."""
        if not self.form and not self.without_form:
            raise Invalid("service_form_missing", number=self.number)
