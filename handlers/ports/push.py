"""Browsers that ring although no page of ours is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.people import PersonId, UnitId
from handlers.domain.push import PushSubscription


class PushSubscriptions(Protocol):
    """Of those whose session has ended, or was not used `since`, nothing is told."""

    def put(self, subscription: PushSubscription) -> None:
        """In place of what that browser gave before."""

    def get(self, key: str, since: datetime) -> PushSubscription | None: ...
    def of(self, person: PersonId, since: datetime) -> Sequence[PushSubscription]:
        """The oldest first."""

    def of_unit(self, unit: UnitId, since: datetime) -> Sequence[tuple[PersonId, PushSubscription]]:
        """Of those who work there, by person."""

    def owner(self, key: str) -> PersonId | None:
        """Whose browser it was last, whatever became of the session."""

    def move(self, old: str, new: str) -> None:
        """A session goes on under another cookie."""

    def remove(self, key: str) -> bool: ...
    def count(self) -> int:
        """All that are kept, also of sessions that ended."""

    def count_deaf(self, house_key: str) -> int:
        """Those of them that were given another key than this."""

    def remove_ended(self) -> int:
        """Those whose session has ended."""
