from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.domain.checklists import Checklist, TicketChecklist
from handlers.domain.errors import NotFound
from handlers.domain.people import UnitId
from handlers.domain.ticket import TicketId
from tests.fakes.tables import FakeTransaction


class FakeChecklists:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, checklist: Checklist) -> Checklist:
        added = replace(checklist, id=self._transaction.new_id())
        self._transaction.changing.checklists[added.id] = added
        return added

    def save(self, checklist: Checklist) -> None:
        self.get(checklist.id)
        self._transaction.changing.checklists[checklist.id] = checklist

    def get(self, key: int) -> Checklist:
        found = self._transaction.seen.checklists.get(key)
        if found is None:
            raise NotFound("checklist", key)
        return found

    def of_unit(self, unit: UnitId) -> Sequence[Checklist]:
        known = self._transaction.seen.checklists.values()
        standing = [one for one in known if one.unit == unit and one.withdrawn_at is None]
        return sorted(standing, key=lambda one: (one.name, one.version))

    def versions(self, unit: UnitId, name: str) -> Sequence[Checklist]:
        known = self._transaction.seen.checklists.values()
        return sorted((one for one in known if (one.unit, one.name) == (unit, name)), key=lambda one: -one.version)

    def hang(self, checklist: TicketChecklist) -> TicketChecklist:
        hung = replace(checklist, id=self._transaction.new_id())
        self._transaction.changing.ticket_checklists[hung.id] = hung
        return hung

    def of_ticket(self, ticket: TicketId) -> Sequence[TicketChecklist]:
        return [one for _, one in sorted(self._transaction.seen.ticket_checklists.items()) if one.ticket == ticket]
