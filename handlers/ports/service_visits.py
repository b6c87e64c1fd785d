"""Whom tickets wait for, and service forms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from handlers.domain.devices import DeviceId
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.services import ServiceVisit, VendorWait, VisitId, VisitState, WaitId
from handlers.domain.ticket import TicketId
from handlers.domain.vendors import VendorId


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsWanted:
    year: int | None = None
    """Of their numbers; None: of all years."""
    states: frozenset[VisitState] = frozenset()
    """Empty: all."""
    vendor: VendorId | None = None
    words: str = ""
    """In the number, in the firm's name, in what was done."""


class VendorWaits(Protocol):
    """None is ever deleted."""

    def add(self, wait: VendorWait) -> VendorWait:
        """With its id."""

    def save(self, wait: VendorWait) -> VendorWait:
        """With its next version. Raises NotFound, Stale (another was first)."""

    def get(self, key: WaitId, *, to_change: bool = False) -> VendorWait:
        """Raises NotFound."""

    def of_ticket(self, ticket: TicketId) -> VendorWait | None:
        """The newest."""

    def out(self) -> Sequence[VendorWait]:
        """Whose device is at the firm, the oldest first."""

    def of_vendors_lately(self, limit: int = 20) -> Sequence[VendorId]:
        """Whom it was waited for last, each once."""

    def of_device(self, device: DeviceId) -> Sequence[VendorWait]:
        """The newest first."""

    def move(self, of: PersonId, to: PersonId) -> None:
        """What one account did counts as the other's."""


class ServiceVisits(Protocol):
    """None is ever deleted."""

    def add(self, visit: ServiceVisit) -> ServiceVisit:
        """With its id."""

    def save(self, visit: ServiceVisit) -> ServiceVisit:
        """With its next version. Raises NotFound, Stale (another was first)."""

    def get(self, key: VisitId, *, to_change: bool = False) -> ServiceVisit:
        """Raises NotFound."""

    def numbered(self, number: Number) -> ServiceVisit | None: ...

    def of_ticket(self, ticket: TicketId) -> Sequence[ServiceVisit]:
        """The oldest first."""

    def wanted(self, wanted: VisitsWanted, *, skip: int = 0, limit: int = 50) -> Sequence[ServiceVisit]:
        """The newest first."""

    def count(self, wanted: VisitsWanted) -> int: ...

    def count_of(self, person: PersonId) -> int:
        """Written by them, or approved."""

    def forms_among(self, files: Collection[str]) -> frozenset[str]:
        """Which of these files are the form of one."""

    def move(self, of: PersonId, to: PersonId) -> None:
        """As in `VendorWaits`."""
