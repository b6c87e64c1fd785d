"""What the house wrote in the place of shipped texts, version by version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import bindparam, func, insert, select

from handlers.domain.errors import Stale
from handlers.domain.house_texts import HouseText, TextKind
from handlers.domain.people import PersonId
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import columns
from storage.tables import house_text, setting


class HouseTextRow(NamedTuple):
    id: int
    kind: str
    name: str
    version: int
    body: str
    shipped: str
    written_at: datetime
    written_by: int


class NewestRow(NamedTuple):
    version: int | None


_VERSION_NAME = "house_texts_version"
_COLUMNS = columns(house_text, HouseTextRow)
_THAT = (house_text.c.kind == bindparam("of_kind")) & (house_text.c.name == bindparam("of_name"))
_ADD = prepared(insert(house_text))
_VERSIONS = prepared(select(*_COLUMNS).where(_THAT).order_by(house_text.c.version.desc()), HouseTextRow)
_NEWEST = prepared(select(func.max(house_text.c.version).label("version")).where(_THAT), NewestRow)
_LAST = (
    select(house_text.c.kind, house_text.c.name, func.max(house_text.c.version).label("version"))
    .group_by(house_text.c.kind, house_text.c.name)
    .subquery("last")
)
_STANDING = prepared(
    select(*_COLUMNS)
    .join(
        _LAST,
        (house_text.c.kind == _LAST.c.kind)
        & (house_text.c.name == _LAST.c.name)
        & (house_text.c.version == _LAST.c.version),
    )
    .order_by(house_text.c.kind, house_text.c.name),
    HouseTextRow,
)
_VERSION = prepared_value(select(setting.c.value).where(setting.c.name == bindparam("of_name")), str)
_SET = prepared(
    upsert(
        lambda insert: (adding := insert(setting)).on_conflict_do_update(
            index_elements=["name"], set_={"value": adding.excluded.value}
        )
    )
)


class SqlHouseTexts:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._known: str | None = None

    def version(self) -> str:
        """Asked for by every work, so it is read once a transaction."""
        if self._known is None:
            self._known = self._transaction.run(_VERSION, {"of_name": _VERSION_NAME}).first() or ""
        return self._known

    def add(self, text: HouseText) -> HouseText:
        newest = self._transaction.run(_NEWEST, {"of_kind": text.kind, "of_name": text.name}).first()
        if newest is not None and (newest.version or 0) >= text.version:
            raise Stale("house text", text.name)
        added = replace(text, id=self._transaction.new_id(_ADD, _values(text)))
        self._known = uuid4().hex  # which no other state of the table ever had, also one that was rolled back
        self._transaction.run(_SET, {"name": _VERSION_NAME, "value": self._known})
        return added

    def standing(self) -> Sequence[HouseText]:
        return [_text_of(row) for row in self._transaction.run(_STANDING, {})]

    def versions(self, kind: TextKind, name: str) -> Sequence[HouseText]:
        return [_text_of(row) for row in self._transaction.run(_VERSIONS, {"of_kind": kind, "of_name": name})]


def _text_of(row: HouseTextRow) -> HouseText:
    known = row._asdict()
    return HouseText(**{**known, "kind": TextKind(row.kind), "written_by": PersonId(row.written_by)})


def _values(text: HouseText) -> dict[str, object]:
    return {
        "kind": text.kind.value,
        "name": text.name,
        "version": text.version,
        "body": text.body,
        "shipped": text.shipped,
        "written_at": text.written_at,
        "written_by": text.written_by,
    }
