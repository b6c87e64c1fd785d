from __future__ import annotations

from dataclasses import replace

from handlers.domain.recommendations import Recommendation
from knowledge.language.storable import storable
from tests.fakes.tables import FakeTransaction


class FakeRecommendations:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, written: Recommendation) -> bool:
        if self.version(written.year, written.version) is not None:
            return False
        kept = replace(written, text=storable(written.text))
        self._transaction.changing.recommendations[written.year, written.version] = kept
        return True

    def newest(self, year: int) -> Recommendation | None:
        found = [one for one in self._transaction.seen.recommendations.values() if one.year == year]
        return max(found, key=lambda one: one.version, default=None)

    def version(self, year: int, version: int) -> Recommendation | None:
        return self._transaction.seen.recommendations.get((year, version))
