from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.domain.errors import NotFound
from handlers.domain.recounts import Recount
from tests.fakes.tables import FakeTransaction


class FakeRecounts:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, recount: Recount) -> Recount:
        added = replace(recount, id=self._transaction.new_id())
        self._transaction.changing.recounts[added.id] = added
        return added

    def save(self, recount: Recount) -> None:
        if recount.id not in self._transaction.seen.recounts:
            raise NotFound("recount", recount.id)
        self._transaction.changing.recounts[recount.id] = recount

    def running(self) -> Sequence[Recount]:
        known = sorted(self._transaction.seen.recounts.values(), key=lambda one: one.id)
        return [one for one in known if one.ended_at is None]
