"""Documents to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.document_tracks import DocumentId, DocumentTrack
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId


class DocumentTracks(Protocol):
    """None is ever deleted."""

    def add(self, one: DocumentTrack) -> DocumentTrack:
        """With its id. Raises Stale where one of the same number of EBYS that came in that year stands."""

    def save(self, one: DocumentTrack) -> DocumentTrack:
        """With its next version. Raises NotFound, Stale."""

    def get(self, key: DocumentId) -> DocumentTrack:
        """Raises NotFound."""

    def numbered(self, number: str) -> DocumentTrack | None:
        """`ET-2026-00087`."""

    def registered(self, registry_no: str) -> Sequence[DocumentTrack]:
        """By the number of EBYS, however it is spelt; the newest first, none that was withdrawn."""

    def open(self, holder: PersonId | None = None) -> Sequence[DocumentTrack]:
        """Those that wait for their answer (of one person), whose last day is first before the others."""

    def of_year(self, year: int) -> Sequence[DocumentTrack]:
        """By number, those that were withdrawn too."""

    def of_ticket(self, ticket: TicketId) -> Sequence[DocumentTrack]:
        """The oldest first, none that was withdrawn."""

    def ended(self, holder: PersonId | None = None, *, limit: int = 50) -> Sequence[DocumentTrack]:
        """Those that ended last (with one person)."""

    def count_of(self, person: PersonId) -> int:
        """Held, written down or ended by them."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """Whoever was known by another name holds what that one did."""
