"""Kişisel veri ihlali: from when it was learned of, 72 hours to tell the Board (KVKK m.12/5, Board 2019/10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId

TOLD_WITHIN = timedelta(hours=72)
"""By the clock: nights, weekends and holidays count."""
STEPS = (24, 48, 66, 72)
"""Hours after which those who answer for it are reminded; the last says that it is late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One a ticket: of a security matter that may have touched personal data."""

    number: Number
    """`KV-2026-004`."""
    ticket: TicketId
    learned_at: datetime
    begun_at: datetime
    """When somebody said so."""
    begun_by: PersonId | None
    reminded: int = 0
    """The last of the steps that was told."""
    reported_at: datetime | None = None
    """When the Board was told, as somebody said."""
    reported_by: PersonId | None = None
    version: int = 0

    @property
    def due_at(self) -> datetime:
        return self.learned_at + TOLD_WITHIN

    @property
    def is_late(self) -> bool:
        return self.reported_at is not None and self.reported_at > self.due_at

    def step_at(self, now: datetime) -> int | None:
        """The one to tell now; those that were missed while nobody ticked are told as the last of them."""
        if self.reported_at is not None:
            return None
        passed = [step for step in STEPS if now - self.learned_at >= timedelta(hours=step)]
        return passed[-1] if passed and passed[-1] > self.reminded else None
