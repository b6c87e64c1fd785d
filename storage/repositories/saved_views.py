"""Lists of tickets under names of people's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, select

from handlers.domain.people import PersonId
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


_THEIRS = saved_view.c.owner == bindparam("of_owner")
_ADD = prepared(insert(saved_view))
_OF = prepared(select(*columns(saved_view, SavedViewRow)).where(_THEIRS), SavedViewRow)
_REMOVE = prepared(delete(saved_view).where(_THEIRS, saved_view.c.id == bindparam("key")))
_REMOVE_ALL = prepared(delete(saved_view).where(_THEIRS))


class SqlSavedViews:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, view: SavedView) -> SavedView:
        values = {"owner": view.owner, "title": view.title, "query": view.query, "saved_at": view.saved_at}
        return replace(view, id=self._transaction.new_id(_ADD, values))

    def of(self, owner: PersonId) -> Sequence[SavedView]:
        found = [SavedView(**row._asdict()) for row in self._transaction.run(_OF, {"of_owner": owner})]
        return sorted(found, key=lambda one: (one.title, one.id))

    def remove(self, owner: PersonId, view: int) -> bool:
        return self._transaction.run(_REMOVE, {"of_owner": owner, "key": view}).rowcount == 1

    def remove_all(self, owner: PersonId) -> int:
        return self._transaction.run(_REMOVE_ALL, {"of_owner": owner}).rowcount
