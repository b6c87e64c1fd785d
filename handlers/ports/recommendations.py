"""What the director writes under the figures of a year."""

from __future__ import annotations

from typing import Protocol

from handlers.domain.recommendations import Recommendation


class Recommendations(Protocol):
    """None is ever deleted or written over: a newer version stands in its place."""

    def add(self, written: Recommendation) -> bool:
        """False where that year has such a version already: somebody else was faster."""

    def newest(self, year: int) -> Recommendation | None: ...
    def version(self, year: int, version: int) -> Recommendation | None: ...
