"""Düzenli işler."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.recurring import Recurring


class RecurringWork(Protocol):
    """None is ever deleted: it is withdrawn."""

    def add(self, recurring: Recurring) -> Recurring:
        """With its id."""

    def save(self, recurring: Recurring) -> None:
        """Raises NotFound."""

    def get(self, key: int) -> Recurring:
        """Raises NotFound."""

    def checked(self) -> Sequence[Recurring]:
        """Those that are answered in one tap, also where they were taken away; oldest first."""

    def standing(self) -> Sequence[Recurring]:
        """Those that were not withdrawn, of all units, in the order in which they were written down."""
