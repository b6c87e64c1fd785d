"""Kontrol listeleri: those that units keep, and those that hang on tickets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.checklists import Checklist, TicketChecklist
from handlers.domain.people import UnitId
from handlers.domain.ticket import TicketId


class Checklists(Protocol):
    """None is ever deleted: it is withdrawn."""

    def add(self, checklist: Checklist) -> Checklist:
        """With its id."""

    def save(self, checklist: Checklist) -> None:
        """Raises NotFound."""

    def get(self, key: int) -> Checklist:
        """Raises NotFound."""

    def of_unit(self, unit: UnitId) -> Sequence[Checklist]:
        """Those that stand, by name."""

    def versions(self, unit: UnitId, name: str) -> Sequence[Checklist]:
        """Also those that were withdrawn, the newest first."""

    def hang(self, checklist: TicketChecklist) -> TicketChecklist:
        """On its ticket; with its id."""

    def of_ticket(self, ticket: TicketId) -> Sequence[TicketChecklist]:
        """In the order in which they were hung there."""
