"""Hazır yanıtlar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from handlers.domain.canned_replies import CannedReply
from handlers.domain.people import UnitId


class CannedReplies(Protocol):
    """None is ever deleted: it is withdrawn."""

    def add(self, reply: CannedReply) -> CannedReply:
        """With its id."""

    def save(self, reply: CannedReply) -> None:
        """Raises NotFound."""

    def get(self, key: int) -> CannedReply:
        """Raises NotFound."""

    def of_unit(self, unit: UnitId) -> Sequence[CannedReply]:
        """Those that stand, by name."""

    def used(self, key: int, category: str | None) -> None:
        """Once more for that subject."""

    def uses(self, unit: UnitId, category: str | None) -> Mapping[int, int]:
        """How often each of the unit's was used for that subject, by id; without those that never were."""
