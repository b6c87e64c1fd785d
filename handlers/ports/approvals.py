"""Onaylar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from handlers.domain.approvals import Approval, ApprovalKind
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId


class Approvals(Protocol):
    """None is ever deleted: it is withdrawn."""

    def add(self, approval: Approval) -> Approval:
        """With its id."""

    def save(self, approval: Approval) -> None:
        """Raises NotFound."""

    def get(self, key: int) -> Approval:
        """Raises NotFound."""

    def of_ticket(self, ticket: TicketId) -> Sequence[Approval]:
        """In the order in which they were asked for."""

    def pending(self, limit: int = 500) -> Sequence[Approval]:
        """Those that somebody is asked for; the oldest first."""

    def automatic(self) -> Mapping[str, ApprovalKind]:
        """By category what its tickets ask for by themselves."""

    def set_automatic(self, category: str, kind: ApprovalKind | None) -> None:
        """None: nothing."""

    def count_of(self, person: PersonId) -> int:
        """Asked for, named in or decided by them."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """A guest turned out to be this person."""
