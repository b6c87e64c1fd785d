from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.domain.people import PersonId, UnitId
from handlers.domain.saved_views import SavedView
from knowledge.language.storable import storable
from tests.fakes.tables import FakeTransaction


class FakeSavedViews:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def add(self, view: SavedView) -> SavedView:
        added = replace(view, id=self._transaction.new_id())
        self._transaction.changing.saved_views[added.id] = replace(added, title=storable(view.title))
        return added

    def of(self, owner: PersonId) -> Sequence[SavedView]:
        found = [one for one in self._transaction.seen.saved_views.values() if one.owner == owner and not one.unit]
        return sorted(found, key=lambda one: (one.title, one.id))

    def of_unit(self, unit: UnitId) -> Sequence[SavedView]:
        found = [one for one in self._transaction.seen.saved_views.values() if one.unit and one.unit == unit]
        return sorted(found, key=lambda one: (one.title, one.id))

    def rename(self, view: int, title: str) -> None:
        views = self._transaction.changing.saved_views
        views[view] = replace(views[view], title=storable(title))

    def remove_of_unit(self, view: int) -> None:
        if self._transaction.seen.saved_views[view].unit:
            del self._transaction.changing.saved_views[view]

    def remove(self, owner: PersonId, view: int) -> bool:
        if view not in {one.id for one in self.of(owner)}:
            return False
        del self._transaction.changing.saved_views[view]
        return True

    def remove_all(self, owner: PersonId) -> int:
        return sum(self.remove(owner, one.id) for one in self.of(owner))
