"""What the house wrote in the place of shipped texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.house_texts import HouseText, TextKind


class HouseTexts(Protocol):
    """None is ever changed or deleted: another version takes its place."""

    def version(self) -> str:
        """Another one whenever something was added; empty where nothing ever was. By it a process knows whether what it
        has is what stands."""

    def add(self, text: HouseText) -> HouseText:
        """With its id. Raises Stale where that version was written meanwhile."""

    def standing(self) -> Sequence[HouseText]:
        """The newest version of each; also one that is empty."""

    def versions(self, kind: TextKind, name: str) -> Sequence[HouseText]:
        """Newest first."""
