"""Lists of tickets under names of people's own, and of units'."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, delete, insert, literal_column, select, update

from handlers.domain.people import PersonId, UnitId
from handlers.domain.saved_views import SavedView
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import saved_view


class SavedViewRow(NamedTuple):
    id: int
    owner: PersonId
    title: str
    query: str
    saved_at: datetime
    unit: UnitId


_THEIRS = and_(saved_view.c.owner == bindparam("of_owner"), saved_view.c.unit == "")
_OF_UNITS = saved_view.c.unit != literal_column("''")
_ADD = prepared(insert(saved_view))
_OF = prepared(select(*columns(saved_view, SavedViewRow)).where(_THEIRS), SavedViewRow)
_OF_UNIT = prepared(
    select(*columns(saved_view, SavedViewRow)).where(_OF_UNITS, saved_view.c.unit == bindparam("of_unit")), SavedViewRow
)
_RENAME = prepared(update(saved_view).where(saved_view.c.id == bindparam("key")).values(title=bindparam("new_title")))
_REMOVE_OF_UNIT = prepared(delete(saved_view).where(_OF_UNITS, saved_view.c.id == bindparam("key")))
_REMOVE = prepared(delete(saved_view).where(_THEIRS, saved_view.c.id == bindparam("key")))
_REMOVE_ALL = prepared(delete(saved_view).where(_THEIRS))


class SqlSavedViews:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, view: SavedView) -> SavedView:
        values: dict[str, object] = {
            "owner": view.owner,
            "title": view.title,
            "query": view.query,
            "saved_at": view.saved_at,
        }
        values["unit"] = view.unit
        return replace(view, id=self._transaction.new_id(_ADD, values))

    def of(self, owner: PersonId) -> Sequence[SavedView]:
        return _by_title(self._transaction.run(_OF, {"of_owner": owner}))

    def of_unit(self, unit: UnitId) -> Sequence[SavedView]:
        return _by_title(self._transaction.run(_OF_UNIT, {"of_unit": unit}))

    def rename(self, view: int, title: str) -> None:
        self._transaction.run(_RENAME, {"key": view, "new_title": title})

    def remove_of_unit(self, view: int) -> None:
        self._transaction.run(_REMOVE_OF_UNIT, {"key": view})

    def remove(self, owner: PersonId, view: int) -> bool:
        return self._transaction.run(_REMOVE, {"of_owner": owner, "key": view}).rowcount == 1

    def remove_all(self, owner: PersonId) -> int:
        return self._transaction.run(_REMOVE_ALL, {"of_owner": owner}).rowcount


def _by_title(rows: Iterable[SavedViewRow]) -> Sequence[SavedView]:
    found = [SavedView(**row._asdict()) for row in rows]
    return sorted(found, key=lambda one: (one.title, one.id))
