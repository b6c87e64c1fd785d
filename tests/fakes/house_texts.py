from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from handlers.domain.errors import Stale
from handlers.domain.house_texts import HouseText, TextKind
from knowledge.language.storable import storable
from tests.fakes.tables import FakeTransaction


class FakeHouseTexts:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def version(self) -> str:
        return self._transaction.seen.house_texts_version

    def add(self, text: HouseText) -> HouseText:
        if any(one.version >= text.version for one in self.versions(text.kind, text.name)):
            raise Stale("house text", text.name)
        added = replace(text, id=self._transaction.new_id(), body=storable(text.body))
        tables = self._transaction.changing
        tables.house_texts[added.id] = added
        tables.house_texts_version = uuid4().hex
        return added

    def standing(self) -> Sequence[HouseText]:
        known = sorted(self._transaction.seen.house_texts.values(), key=lambda one: one.version)
        return sorted({(one.kind, one.name): one for one in known}.values(), key=lambda one: (one.kind, one.name))

    def versions(self, kind: TextKind, name: str) -> Sequence[HouseText]:
        known = self._transaction.seen.house_texts.values()
        found = [one for one in known if (one.kind, one.name) == (kind, name)]
        return sorted(found, key=lambda one: -one.version)
