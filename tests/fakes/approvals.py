from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.domain.approvals import Approval, ApprovalKind
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from tests.fakes.tables import FakeTransaction


class FakeApprovals:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, approval: Approval) -> Approval:
        added = replace(approval, id=self._transaction.new_id())
        self._transaction.changing.approvals[added.id] = added
        return added

    def save(self, approval: Approval) -> None:
        self.get(approval.id)
        self._transaction.changing.approvals[approval.id] = approval

    def get(self, key: int) -> Approval:
        found = self._transaction.seen.approvals.get(key)
        if found is None:
            raise NotFound("approval", key)
        return found

    def of_ticket(self, ticket: TicketId) -> Sequence[Approval]:
        return [one for _, one in sorted(self._transaction.seen.approvals.items()) if one.ticket == ticket]

    def pending(self, limit: int = 500) -> Sequence[Approval]:
        pending = [one for one in self._transaction.seen.approvals.values() if one.is_pending]
        return sorted(pending, key=lambda one: (one.asked_at, one.id))[:limit]

    def automatic(self) -> Mapping[str, ApprovalKind]:
        return dict(self._transaction.seen.automatic_approvals)

    def set_automatic(self, category: str, kind: ApprovalKind | None) -> None:
        chosen = self._transaction.changing.automatic_approvals
        chosen.pop(category, None)
        if kind is not None:
            chosen[category] = kind

    def count_of(self, person: PersonId) -> int:
        return sum(person in _theirs(one) for one in self._transaction.seen.approvals.values())

    def move(self, guest: PersonId, person: PersonId) -> None:
        tables = self._transaction.changing
        for key, one in tables.approvals.items():
            asked, manager, decided = (person if who == guest else who for who in _theirs(one))
            assert asked is not None
            tables.approvals[key] = replace(one, asked_by=asked, manager=manager, decided_by=decided)


def _theirs(one: Approval) -> tuple[PersonId | None, PersonId | None, PersonId | None]:
    return one.asked_by, one.manager, one.decided_by
