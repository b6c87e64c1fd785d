"""Who deputises for whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.deputies import Deputy
from handlers.domain.people import PersonId


class Deputies(Protocol):
    """None is ever deleted: it is ended."""

    def add(self, deputy: Deputy) -> Deputy:
        """With its id."""

    def save(self, deputy: Deputy) -> None:
        """Raises NotFound."""

    def get(self, key: int) -> Deputy:
        """Raises NotFound."""

    def between(self, since: datetime, until: datetime) -> Sequence[Deputy]:
        """Those that begin by `until` and end after `since`, whether they were ended earlier or not; the earliest
        first."""

    def count_of(self, person: PersonId) -> int:
        """Named by them, or being one, however long ago."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """A guest turned out to be this person."""
