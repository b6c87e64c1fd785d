"""Matters that may have touched personal data, and whether the Board was told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.breaches import Breach
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId


class Breaches(Protocol):
    """None is ever deleted."""

    def of_ticket(self, ticket: TicketId) -> Breach | None: ...

    def waiting(self) -> Sequence[Breach]:
        """Of which the Board was not told, the oldest first."""

    def add(self, breach: Breach) -> Breach:
        """Raises Stale where the ticket has one."""

    def save(self, breach: Breach) -> Breach:
        """With its next version. Raises NotFound, Stale."""

    def count_of(self, person: PersonId) -> int:
        """Of which they said so, or that the Board was told."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """What one account of somebody said was said by the other."""
