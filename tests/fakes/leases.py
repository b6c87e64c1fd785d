from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from tests.fakes.tables import FakeTransaction


class FakeLeases:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def hold(
        self, names: Collection[str], owner: str, seconds: float, now: datetime, *, take: bool = True
    ) -> Mapping[str, str]:
        held = {}
        for name in names:
            before, until = self._transaction.seen.leases.get(name, ("", now))
            if before in ("", owner) or (take and until <= now):
                self._transaction.changing.leases[name] = owner, now + timedelta(seconds=seconds)
                held[name] = before
        return held

    def release(self, owner: str, names: Collection[str]) -> None:
        for name in names:
            if self._transaction.seen.leases.get(name, ("",))[0] == owner:
                del self._transaction.changing.leases[name]
