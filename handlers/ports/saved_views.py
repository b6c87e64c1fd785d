"""Lists of tickets under names of people's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.people import PersonId
from handlers.domain.saved_views import SavedView


class SavedViews(Protocol):
    def add(self, view: SavedView) -> SavedView:
        """With its id."""

    def of(self, owner: PersonId) -> Sequence[SavedView]:
        """By title."""

    def remove(self, owner: PersonId, view: int) -> bool:
        """False where it is not theirs, or gone."""

    def remove_all(self, owner: PersonId) -> int: ...
