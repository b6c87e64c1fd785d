"""Small records: who read what, idempotency marks, examples to learn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.people import PersonId, UnitId


class Audit(Protocol):
    def log(self, at: datetime, who: PersonId | None, what: str, about: str, channel: str) -> None:
        """Readings of an auditor, what an admin changed, erasures, backups. Append-only."""

    def recent(self, limit: int = 100) -> Sequence[tuple[datetime, PersonId | None, str, str, str]]: ...


class Once(Protocol):
    """Unique marks, so that what the clock starts happens once."""

    def first(self, mark: str, at: datetime) -> bool:
        """True for the first who says this mark (`digest:donanim:2026-11-22`), in any process, for ever."""

    def latest(self, prefix: str) -> tuple[str, datetime] | None:
        """The mark with that prefix that was said last."""


class Feedback(Protocol):
    """Examples from daily work, for the matcher to learn from."""

    def add(self, at: datetime, text: str, category: str, source: str) -> None:
        """`source`: worked, opened, chosen, recategorised. Personal data is masked by the caller."""

    def since(self, at: datetime | None) -> Iterable[tuple[str, str, str]]:
        """(text, category, source), oldest first."""

    def tip_solved(self, at: datetime, unit: UnitId, category: str, department: str) -> None:
        """A report that ended without a ticket, by the shown steps alone: the digest counts these."""
