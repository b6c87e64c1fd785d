"""Settings that were said in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Executable, bindparam, func, select

from handlers.domain.errors import Stale
from handlers.domain.house_settings import StoredSetting
from handlers.domain.people import PersonId
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Insert, Transaction, upsert
from storage.repositories.rows import columns
from storage.tables import stored_setting

_IS = "is"


class StoredSettingRow(NamedTuple):
    key: str
    value: dict[str, Any]
    before: dict[str, Any]
    version: int
    set_by: PersonId | None
    set_at: datetime


_COLUMNS = columns(stored_setting, StoredSettingRow)
_ALL = prepared(select(*_COLUMNS).order_by(stored_setting.c.key), StoredSettingRow)
_GET = prepared(select(*_COLUMNS).where(stored_setting.c.key == bindparam("named")), StoredSettingRow)
_VERSION = prepared_value(select(func.coalesce(func.sum(stored_setting.c.version), 0)), int)


def _putting(insert: Insert) -> Executable:
    adding = insert(stored_setting)
    return adding.on_conflict_do_update(
        index_elements=["key"],
        set_={name: adding.excluded[name] for name in StoredSettingRow._fields[1:]},
        where=stored_setting.c.version == adding.excluded.version - 1,
    )


_PUT = prepared(upsert(_putting))


class SqlStoredSettings:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> Sequence[StoredSetting]:
        return [_setting(row) for row in self._transaction.run(_ALL)]

    def get(self, key: str) -> StoredSetting | None:
        row = self._transaction.run(_GET, {"named": key}).first()
        return None if row is None else _setting(row)

    def version(self) -> int:
        return self._transaction.run(_VERSION).one()

    def put(self, setting: StoredSetting) -> None:
        values = {
            "key": setting.key,
            "value": _wrapped(setting.value),
            "before": _wrapped(setting.before),
            "version": setting.version,
            "set_by": setting.set_by,
            "set_at": setting.set_at,
        }
        if self._transaction.run(_PUT, values).rowcount != 1:
            raise Stale("setting", setting.key)


def _wrapped(value: object) -> dict[str, object]:
    return {} if value is None else {_IS: value}


def _setting(row: StoredSettingRow) -> StoredSetting:
    return StoredSetting(
        key=row.key,
        value=row.value.get(_IS),
        before=row.before.get(_IS),
        version=row.version,
        set_by=row.set_by,
        set_at=row.set_at,
    )
