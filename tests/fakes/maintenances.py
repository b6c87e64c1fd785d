from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.errors import NotFound
from handlers.domain.maintenances import Maintenance
from handlers.domain.people import PersonId
from tests.fakes.tables import FakeTransaction


class FakeMaintenances:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, maintenance: Maintenance) -> Maintenance:
        added = replace(maintenance, id=self._transaction.new_id())
        self._transaction.changing.maintenances[added.id] = added
        return added

    def save(self, maintenance: Maintenance) -> None:
        self.get(maintenance.id)
        self._transaction.changing.maintenances[maintenance.id] = maintenance

    def get(self, key: int) -> Maintenance:
        found = self._transaction.seen.maintenances.get(key)
        if found is None:
            raise NotFound("maintenance", key)
        return found

    def between(self, since: datetime, until: datetime) -> Sequence[Maintenance]:
        found = [one for one in self._all() if one.withdrawn_at is None and one.ends > since and one.starts <= until]
        return sorted(found, key=lambda one: (one.starts, one.id))

    def entered_by(self, person: PersonId) -> Sequence[Maintenance]:
        return [one for one in self._all() if one.entered_by == person]

    def move(self, guest: PersonId, person: PersonId) -> None:
        rows = self._transaction.changing.maintenances
        for key, one in rows.items():
            rows[key] = replace(one, entered_by=person if one.entered_by == guest else one.entered_by)

    def _all(self) -> Sequence[Maintenance]:
        return [one for _, one in sorted(self._transaction.seen.maintenances.items())]
