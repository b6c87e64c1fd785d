"""Who holds which office, and who acts for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.officers import Officer
from handlers.domain.people import PersonId


class Officers(Protocol):
    """None is ever deleted: it is ended or withdrawn. A house has some dozens in ten years."""

    def all(self, *, to_change: bool = False) -> Sequence[Officer]:
        """Past and withdrawn ones too, the earliest first. `to_change`: nobody else writes one down until this is
        over, so that what was looked at still holds."""

    def get(self, key: int) -> Officer:
        """Raises NotFound."""

    def add(self, officer: Officer) -> Officer:
        """With its id."""

    def save(self, officer: Officer) -> None:
        """Raises NotFound."""

    def count_of(self, person: PersonId) -> int:
        """Held or acted for by them, or in their place, however long ago."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """A guest turned out to be this person."""
