"""Checklists of units, and as they hang on tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update

from handlers.domain.checklists import REQUIRED, Checklist, Item, TicketChecklist
from handlers.domain.errors import NotFound
from handlers.domain.people import UnitId
from handlers.domain.ticket import TicketId
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import checklist, ticket_checklist


class ChecklistRow(NamedTuple):
    id: int
    unit: str
    name: str
    title: str
    items: list[str]
    category: str | None
    version: int
    written_at: datetime
    withdrawn_at: datetime | None


class TicketChecklistRow(NamedTuple):
    id: int
    ticket: TicketId
    name: str
    version: int
    title: str
    items: list[str]


_COLUMNS = columns(checklist, ChecklistRow)
_ADD = prepared(insert(checklist))
_SAVE = prepared(update(checklist).where(checklist.c.id == bindparam("key")))
_GET = prepared(select(*_COLUMNS).where(checklist.c.id == bindparam("key")), ChecklistRow)
_OF_UNIT = prepared(
    select(*_COLUMNS)
    .where(checklist.c.unit == bindparam("of_unit"), checklist.c.withdrawn_at.is_(None))
    .order_by(checklist.c.name, checklist.c.version),
    ChecklistRow,
)
_VERSIONS = prepared(
    select(*_COLUMNS)
    .where(checklist.c.unit == bindparam("of_unit"), checklist.c.name == bindparam("of_name"))
    .order_by(checklist.c.version.desc()),
    ChecklistRow,
)
_HANG = prepared(insert(ticket_checklist))
_OF_TICKET = prepared(
    select(*columns(ticket_checklist, TicketChecklistRow))
    .where(ticket_checklist.c.ticket == bindparam("key"))
    .order_by(ticket_checklist.c.id),
    TicketChecklistRow,
    remembered=True,
)


class SqlChecklists:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, checklist: Checklist) -> Checklist:
        return replace(checklist, id=self._transaction.new_id(_ADD, _values(checklist)))

    def save(self, checklist: Checklist) -> None:
        if self._transaction.run(_SAVE, {**_values(checklist), "key": checklist.id}).rowcount != 1:
            raise NotFound("checklist", checklist.id)

    def get(self, key: int) -> Checklist:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("checklist", key)
        return _checklist_of(row)

    def of_unit(self, unit: UnitId) -> Sequence[Checklist]:
        return [_checklist_of(row) for row in self._transaction.run(_OF_UNIT, {"of_unit": unit})]

    def versions(self, unit: UnitId, name: str) -> Sequence[Checklist]:
        rows = self._transaction.run(_VERSIONS, {"of_unit": unit, "of_name": name})
        return [_checklist_of(row) for row in rows]

    def hang(self, checklist: TicketChecklist) -> TicketChecklist:
        values = {
            "ticket": checklist.ticket,
            "name": checklist.name,
            "version": checklist.version,
            "title": checklist.title,
            "items": _written(checklist.items),
        }
        return replace(checklist, id=self._transaction.new_id(_HANG, values))

    def of_ticket(self, ticket: TicketId) -> Sequence[TicketChecklist]:
        rows = self._transaction.run(_OF_TICKET, {"key": ticket})
        return [TicketChecklist(**row._asdict() | {"items": _read(row.items)}) for row in rows]


def _checklist_of(row: ChecklistRow) -> Checklist:
    return Checklist(**row._asdict() | {"items": _read(row.items)})


def _read(items: Sequence[str]) -> tuple[Item, ...]:
    return tuple(Item(text.removeprefix(REQUIRED), text.startswith(REQUIRED)) for text in items)


def _written(items: Sequence[Item]) -> list[str]:
    return [REQUIRED * item.required + item.text for item in items]


def _values(checklist: Checklist) -> dict[str, object]:
    return {
        "unit": checklist.unit,
        "name": checklist.name,
        "title": checklist.title,
        "items": _written(checklist.items),
        "category": checklist.category,
        "version": checklist.version,
        "written_at": checklist.written_at,
        "withdrawn_at": checklist.withdrawn_at,
    }
