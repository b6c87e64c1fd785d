"""Firmalar (bylaw 7/14, 11/40): who repairs, delivers or provides for the house; their fault line, not their files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from handlers.domain.people import PersonId

VendorId = NewType("VendorId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """Never deleted; one that is worked with no more is kept with what it did."""

    name: str
    """As it is compared, of one firm alone."""
    phone: str = ""
    email: str = ""
    fault_line: str = ""
    contact: str = ""
    """Whom one asks for there: a name and no more."""
    active: bool = True
    recorded_at: datetime
    recorded_by: PersonId | None = None
    version: int = 0
    id: VendorId = VendorId(0)

    @property
    def reached_at(self) -> str:
        """Where a fault is told, else where anything is; empty: nobody wrote it down."""
        return self.fault_line or self.phone or self.email
