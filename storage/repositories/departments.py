"""The list of müdürlükler, and how they stand written on people and tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update

from handlers.domain.departments import Department, DepartmentId, FormerName, Merge
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from knowledge.language import comparison
from knowledge.language.storable import storable
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import columns
from storage.tables import department, department_name, person, ticket


class DepartmentRow(NamedTuple):
    id: DepartmentId
    name: str
    short_names: list[str]
    former_names: list[list[str]]
    closed_at: datetime | None
    merge: dict[str, Any]


class WrittenRow(NamedTuple):
    written: str
    number: int


_ALL = prepared(select(*columns(department, DepartmentRow)).order_by(department.c.id), DepartmentRow, remembered=True)
_GET = prepared(select(*columns(department, DepartmentRow)).where(department.c.id == bindparam("key")), DepartmentRow)
_ADD = prepared(insert(department))
_SAVE = prepared(update(department).where(department.c.id == bindparam("key")))
_REMOVE = prepared(delete(department).where(department.c.id == bindparam("key")))
_ADD_NAME = prepared(upsert(lambda insert: insert(department_name).on_conflict_do_nothing()))
_REMOVE_NAMES = prepared(delete(department_name).where(department_name.c.department == bindparam("of_department")))
_SPELLED_ON_PEOPLE = prepared_value(
    select(person.c.department).where(person.c.left_at.is_(None), person.c.department != "").distinct(), str
)
_first = select(func.min(ticket.c.department).label("name")).cte("spelled", recursive=True)
_next = select(func.min(ticket.c.department)).where(ticket.c.department > _first.c.name).scalar_subquery()
_each = _first.union_all(select(_next).select_from(_first).where(_first.c.name.is_not(None)))
_SPELLED_ON_TICKETS = prepared_value(select(_each.c.name).where(_each.c.name.is_not(None), _each.c.name != ""), str)
"""From one to the next in their index, since as many tickets have the same as there are people."""
_PEOPLE = prepared(
    select(person.c.department.label("written"), func.count().label("number"))
    .where(person.c.left_at.is_(None), person.c.department != "")
    .group_by(person.c.department),
    WrittenRow,
)
_OPEN_TICKETS = prepared(
    select(ticket.c.department.label("written"), func.count().label("number"))
    .where(ticket.c.finished_at.is_(None), ticket.c.department != "")
    .group_by(ticket.c.department),
    WrittenRow,
)


class SqlDepartments:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> Sequence[Department]:
        return [_department(row) for row in self._transaction.run(_ALL)]

    def get(self, department: DepartmentId) -> Department:
        row = self._transaction.run(_GET, {"key": department}).first()
        if row is None:
            raise NotFound("department", department)
        return _department(row)

    def add(self, department: Department) -> Department:
        added = replace(department, id=DepartmentId(self._transaction.new_id(_ADD, _values(department))))
        self._name(added)
        return added

    def save(self, department: Department) -> None:
        if self._transaction.run(_SAVE, {"key": department.id, **_values(department)}).rowcount != 1:
            raise NotFound("department", department.id)
        self._transaction.run(_REMOVE_NAMES, {"of_department": department.id})
        self._name(department)

    def remove(self, department: DepartmentId) -> None:
        self._transaction.run(_REMOVE_NAMES, {"of_department": department})
        if self._transaction.run(_REMOVE, {"key": department}).rowcount != 1:
            raise NotFound("department", department)

    def spelled(self) -> Sequence[str]:
        written = {*self._transaction.run(_SPELLED_ON_PEOPLE), *self._transaction.run(_SPELLED_ON_TICKETS)}
        return sorted(written)

    def people(self) -> Mapping[str, int]:
        return {row.written: row.number for row in self._transaction.run(_PEOPLE)}

    def open_tickets(self) -> Mapping[str, int]:
        return {row.written: row.number for row in self._transaction.run(_OPEN_TICKETS)}

    def _name(self, department: Department) -> None:
        for key in dict.fromkeys(map(comparison.office, department.names)):
            if self._transaction.run(_ADD_NAME, {"key": key, "department": department.id}).rowcount != 1:
                raise Stale("department", key)


def _department(row: DepartmentRow) -> Department:
    return Department(
        id=row.id,
        name=row.name,
        short_names=tuple(row.short_names),
        former_names=tuple(FormerName(name, date.fromisoformat(until)) for name, until in row.former_names),
        closed_at=row.closed_at,
        merge=_merge(row.merge) if row.merge else None,
    )


def _merge(stored: Mapping[str, Any]) -> Merge:
    return Merge(
        into=DepartmentId(stored["into"]),
        at=datetime.fromisoformat(stored["at"]),
        people=tuple(map(PersonId, stored["people"])),
        listed=stored["listed"],
    )


def _values(one: Department) -> dict[str, object]:
    merge = one.merge
    return {
        "name": one.name,
        "short_names": [storable(name) for name in one.short_names],
        "former_names": [[storable(former.name), former.until.isoformat()] for former in one.former_names],
        "closed_at": one.closed_at,
        "merge": {}
        if merge is None
        else {
            "into": merge.into,
            "at": merge.at.isoformat(),
            "people": list(merge.people),
            "listed": merge.listed,
        },
    }
