from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.domain.errors import NotFound
from handlers.domain.recurring import Recurring
from tests.fakes.tables import FakeTransaction


class FakeRecurringWork:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, recurring: Recurring) -> Recurring:
        added = replace(recurring, id=self._transaction.new_id())
        self._transaction.changing.recurring[added.id] = added
        return added

    def save(self, recurring: Recurring) -> None:
        self.get(recurring.id)
        self._transaction.changing.recurring[recurring.id] = recurring

    def get(self, key: int) -> Recurring:
        found = self._transaction.seen.recurring.get(key)
        if found is None:
            raise NotFound("recurring", key)
        return found

    def checked(self) -> Sequence[Recurring]:
        return [one for _, one in sorted(self._transaction.seen.recurring.items()) if one.checked]

    def standing(self) -> Sequence[Recurring]:
        return [one for _, one in sorted(self._transaction.seen.recurring.items()) if one.withdrawn_at is None]
