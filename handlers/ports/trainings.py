"""Trainings, and who takes part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from handlers.domain.trainings import Participant, Training, TrainingId


class Trainings(Protocol):
    """None is ever deleted."""

    def add(self, one: Training) -> Training:
        """With its id."""

    def save(self, one: Training) -> Training:
        """With its next version. Raises NotFound, Stale."""

    def get(self, key: TrainingId, *, to_change: bool = False) -> Training:
        """`to_change`: nobody else changes it, or who takes part, until this transaction ends. Raises NotFound."""

    def latest(self, limit: int = 100) -> Sequence[Training]:
        """The newest first."""

    def open_until(self, until: datetime) -> Sequence[Training]:
        """Those neither held nor cancelled that begin by then, the earliest first."""

    def participants(self, key: TrainingId) -> Sequence[Participant]:
        """In the order in which they answered, then of their number."""

    def counts(self) -> Mapping[TrainingId, tuple[int, int]]:
        """How many are invited, and how many come or came."""

    def put(self, one: Participant) -> None:
        """New, or as they stand now."""

    def open_of(self, person: PersonId) -> Sequence[Training]:
        """To which they are invited and which are neither held nor cancelled, the earliest first."""

    def joined(self) -> frozenset[TicketId]:
        """Tickets whose reporters are invited to one that was not cancelled."""

    def count_of(self, person: PersonId) -> int:
        """To which they were invited."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """Whoever was known by another name is invited to what that one was, once."""
