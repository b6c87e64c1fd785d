"""Who watches how far tickets are counted anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from handlers.domain.recounts import Recount


class Recounts(Protocol):
    def add(self, recount: Recount) -> Recount:
        """With its id."""

    def save(self, recount: Recount) -> None:
        """Raises NotFound."""

    def running(self) -> Sequence[Recount]:
        """The earliest first."""
