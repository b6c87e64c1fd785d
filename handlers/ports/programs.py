"""Programs that the house runs, and who has their seats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.people import PersonId
from handlers.domain.programs import Program, ProgramId, Seat, SeatId


class Programs(Protocol):
    """None is ever deleted; a seat is ended."""

    def all(self) -> Sequence[Program]:
        """By their names."""

    def get(self, key: ProgramId, *, to_change: bool = False) -> Program:
        """Raises NotFound."""

    def by_name(self, name: str) -> Program | None:
        """However it is spelled."""

    def add(self, program: Program) -> Program:
        """With its id. Raises Stale where there is one of that name."""

    def save(self, program: Program) -> Program:
        """With its next version. Raises NotFound, Stale (another was first, or as `add`)."""

    def give(self, seat: Seat) -> Seat:
        """With its id."""

    def seats(self, program: ProgramId | None = None) -> Sequence[Seat]:
        """Those that are not ended, the oldest first; None: of all programs."""

    def seat(self, key: SeatId) -> Seat:
        """Raises NotFound."""

    def end_seat(self, key: SeatId, at: datetime) -> None:
        """Nothing where it is ended."""

    def seats_of(self, person: PersonId) -> Sequence[Seat]:
        """Those that they have."""

    def move(self, of: PersonId, to: PersonId) -> None:
        """What one account has and did counts as the other's."""
