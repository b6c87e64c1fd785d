"""Lists of tickets under names of people's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.people import PersonId, UnitId
from handlers.domain.saved_views import SavedView


class SavedViews(Protocol):
    def add(self, view: SavedView) -> SavedView:
        """With its id."""

    def of(self, owner: PersonId) -> Sequence[SavedView]:
        """Their own, by title."""

    def of_unit(self, unit: UnitId) -> Sequence[SavedView]:
        """By title."""

    def rename(self, view: int, title: str) -> None: ...

    def remove_of_unit(self, view: int) -> None: ...

    def remove(self, owner: PersonId, view: int) -> bool:
        """False where it is not theirs, or gone."""

    def remove_all(self, owner: PersonId) -> int:
        """What they saved for a unit stays."""
