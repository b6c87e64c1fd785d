from __future__ import annotations

from collections.abc import Sequence

from handlers.domain.errors import Stale
from handlers.domain.house_settings import StoredSetting
from tests.fakes.tables import FakeTransaction


class FakeStoredSettings:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def all(self) -> Sequence[StoredSetting]:
        return [self._transaction.seen.stored_settings[key] for key in sorted(self._transaction.seen.stored_settings)]

    def get(self, key: str) -> StoredSetting | None:
        return self._transaction.seen.stored_settings.get(key)

    def version(self) -> int:
        return sum(one.version for one in self.all())

    def put(self, setting: StoredSetting) -> None:
        stands = self.get(setting.key)
        if stands is not None and stands.version != setting.version - 1:
            raise Stale("setting", setting.key)
        self._transaction.changing.stored_settings[setting.key] = setting
