"""Months whose figures were signed."""

from __future__ import annotations

from typing import Protocol

from handlers.domain.months import Month, MonthLock
from handlers.domain.people import UnitId


class MonthLocks(Protocol):
    """None is ever deleted: it is undone. One stands at a time, of a unit and month."""

    def add(self, lock: MonthLock) -> bool:
        """False where one stands already, also where another process was faster."""

    def undo(self, lock: MonthLock) -> None:
        """With who undid it and when. Raises NotFound."""

    def standing(self, unit: UnitId, month: Month) -> MonthLock | None: ...
