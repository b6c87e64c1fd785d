from __future__ import annotations

from dataclasses import replace

from handlers.domain.errors import NotFound
from handlers.domain.months import Month, MonthLock
from handlers.domain.people import UnitId
from tests.fakes.tables import FakeTransaction


class FakeMonthLocks:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, lock: MonthLock) -> bool:
        if self.standing(lock.unit, lock.month) is not None:
            return False
        added = replace(lock, id=self._transaction.new_id())
        self._transaction.changing.month_locks[added.id] = added
        return True

    def undo(self, lock: MonthLock) -> None:
        known = self._transaction.seen.month_locks.get(lock.id)
        if known is None or known.undone_at is not None:
            raise NotFound("month_lock", lock.id)
        self._transaction.changing.month_locks[lock.id] = lock

    def standing(self, unit: UnitId, month: Month) -> MonthLock | None:
        found = self._transaction.seen.month_locks.values()
        return next((one for one in found if (one.unit, one.month, one.undone_at) == (unit, month, None)), None)
