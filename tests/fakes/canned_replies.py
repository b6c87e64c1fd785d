from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.domain.canned_replies import CannedReply
from handlers.domain.errors import NotFound
from handlers.domain.people import UnitId
from tests.fakes.tables import FakeTransaction


class FakeCannedReplies:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, reply: CannedReply) -> CannedReply:
        added = replace(reply, id=self._transaction.new_id())
        self._transaction.changing.canned_replies[added.id] = added
        return added

    def save(self, reply: CannedReply) -> None:
        self.get(reply.id)
        self._transaction.changing.canned_replies[reply.id] = reply

    def get(self, key: int) -> CannedReply:
        found = self._transaction.seen.canned_replies.get(key)
        if found is None:
            raise NotFound("canned reply", key)
        return found

    def of_unit(self, unit: UnitId) -> Sequence[CannedReply]:
        known = self._transaction.seen.canned_replies.values()
        standing = [one for one in known if one.unit == unit and one.withdrawn_at is None]
        return sorted(standing, key=lambda one: one.name)

    def used(self, key: int, category: str | None) -> None:
        self._transaction.changing.canned_reply_uses[self.get(key).id, category or ""] += 1

    def uses(self, unit: UnitId, category: str | None) -> Mapping[int, int]:
        counted = self._transaction.seen.canned_reply_uses
        found = {one.id: counted[one.id, category or ""] for one in self.of_unit(unit)}
        return {key: count for key, count in found.items() if count}
