"""Lists of staff that were brought to the panel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from handlers.domain.brought_lists import Counts, RowFate, RowFault, RowKind
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.staff_lists import ListedRow, StaffImport, StaffRow, Standing
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import staff_import, staff_import_row


class StaffImportRow(NamedTuple):
    id: int
    key: str
    owner: PersonId
    at: datetime
    name: str
    digest: str
    faults: list[Any]
    notes: list[str]
    absent: int
    begun_at: datetime | None
    back_at: datetime | None


class ListedStaffRow(NamedTuple):
    place: int
    data: dict[str, Any]
    kind: str
    person: PersonId | None
    twin: PersonId | None
    fate: str | None
    before: dict[str, Any]
    after: dict[str, Any]


class CountedRow(NamedTuple):
    kind: str
    fate: str | None
    number: int


_LIST = columns(staff_import, StaffImportRow)
_ROW = columns(staff_import_row, ListedStaffRow)
_OF_LIST = staff_import_row.c.list == bindparam("of_list")
_TAKEN_IN = select(*_LIST).where(staff_import.c.begun_at.is_not(None)).order_by(staff_import.c.id.desc())
_ADD = prepared(insert(staff_import))
_ADD_ROWS = prepared(insert(staff_import_row))
_GET = prepared(select(*_LIST).where(staff_import.c.key == bindparam("of_key")), StaffImportRow)
_SAVE = prepared(
    update(staff_import)
    .where(staff_import.c.id == bindparam("of_list"))
    .values(begun_at=bindparam("begun_at"), back_at=bindparam("back_at"), faults=bindparam("faults"))
)
_BEFORE = prepared(
    _TAKEN_IN.where(staff_import.c.digest == bindparam("of_digest"), staff_import.c.back_at.is_(None)).limit(1),
    StaffImportRow,
)
_DRAFTS = prepared(
    select(*_LIST)
    .where(staff_import.c.begun_at.is_(None), staff_import.c.at >= bindparam("since"))
    .order_by(staff_import.c.id.desc())
    .limit(bindparam("most")),
    StaffImportRow,
)
_IS_DRAFT = select(staff_import.c.id).where(
    staff_import.c.key == bindparam("of_key"), staff_import.c.begun_at.is_(None)
)
_DROP_ROWS = prepared(delete(staff_import_row).where(staff_import_row.c.list.in_(_IS_DRAFT)))
_DROP = prepared(
    delete(staff_import).where(staff_import.c.key == bindparam("of_key"), staff_import.c.begun_at.is_(None))
)
_RECENT = prepared(_TAKEN_IN.limit(bindparam("most")), StaffImportRow)
_COUNTS = prepared(
    select(staff_import_row.c.kind, staff_import_row.c.fate, func.count().label("number"))
    .where(_OF_LIST)
    .group_by(staff_import_row.c.kind, staff_import_row.c.fate),
    CountedRow,
)
_BY_PLACE = select(*_ROW).where(_OF_LIST).order_by(staff_import_row.c.place).limit(bindparam("most"))
_ROWS = prepared(_BY_PLACE.where(staff_import_row.c.place >= bindparam("first")), ListedStaffRow)
_OF_KIND = prepared(
    _BY_PLACE.where(
        staff_import_row.c.place > bindparam("after_place"), staff_import_row.c.kind == bindparam("of_kind")
    ),
    ListedStaffRow,
)
_SAVE_ROW = prepared(
    update(staff_import_row)
    .where(_OF_LIST, staff_import_row.c.place == bindparam("of_place"))
    .values(
        person=bindparam("person"),
        twin=bindparam("twin"),
        fate=bindparam("fate"),
        before=bindparam("before"),
        after=bindparam("after"),
    )
)
_OLD = or_(
    staff_import.c.at < bindparam("before"),
    (staff_import.c.at < bindparam("previews_before")) & staff_import.c.begun_at.is_(None),
)
_FORGET_ROWS = prepared(
    delete(staff_import_row).where(staff_import_row.c.list.in_(select(staff_import.c.id).where(_OLD)))
)
_FORGET_LISTS = prepared(
    delete(staff_import).where(staff_import.c.at < bindparam("previews_before"), staff_import.c.begun_at.is_(None))
)
_FORGET_PERSON = prepared(
    update(staff_import_row)
    .where(or_(staff_import_row.c.person == bindparam("of_person"), staff_import_row.c.twin == bindparam("of_person")))
    .values(data=bindparam("nothing"), before=bindparam("nothing"), after=bindparam("nothing"))
)


class SqlStaffImports:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, brought: StaffImport, rows: Sequence[ListedRow]) -> StaffImport:
        values = {
            "key": brought.key,
            "owner": brought.owner,
            "at": brought.at,
            "name": brought.name,
            "digest": brought.digest,
            "faults": _faults(brought),
            "notes": list(brought.notes),
            "absent": brought.absent,
            "begun_at": brought.begun_at,
            "back_at": brought.back_at,
        }
        added = replace(brought, id=self._transaction.new_id(_ADD, values))
        if rows:
            self._transaction.run(_ADD_ROWS, [_values(added.id, place, one) for place, one in enumerate(rows)])
        return added

    def get(self, key: str) -> StaffImport:
        row = self._transaction.run(_GET, {"of_key": key}).first()
        if row is None:
            raise NotFound("staff_import", key)
        return _brought(row)

    def save(self, brought: StaffImport) -> None:
        values = {
            "of_list": brought.id,
            "begun_at": brought.begun_at,
            "back_at": brought.back_at,
            "faults": _faults(brought),
        }
        if self._transaction.run(_SAVE, values).rowcount != 1:
            raise NotFound("staff_import", brought.key)

    def taken_before(self, digest: str) -> StaffImport | None:
        row = self._transaction.run(_BEFORE, {"of_digest": digest}).first()
        return None if row is None else _brought(row)

    def recent(self, limit: int) -> Sequence[StaffImport]:
        return [_brought(row) for row in self._transaction.run(_RECENT, {"most": limit})]

    def drafts(self, since: datetime, limit: int) -> Sequence[StaffImport]:
        return [_brought(row) for row in self._transaction.run(_DRAFTS, {"since": since, "most": limit})]

    def drop(self, key: str) -> bool:
        self._transaction.run(_DROP_ROWS, {"of_key": key})
        return self._transaction.run(_DROP, {"of_key": key}).rowcount == 1

    def counts(self, brought: int) -> Counts:
        kinds: dict[RowKind, int] = {}
        fates: dict[RowFate, int] = {}
        for row in self._transaction.run(_COUNTS, {"of_list": brought}):
            kinds[RowKind(row.kind)] = kinds.get(RowKind(row.kind), 0) + row.number
            if row.fate is not None:
                fates[RowFate(row.fate)] = fates.get(RowFate(row.fate), 0) + row.number
        return Counts(kinds, fates)

    def rows(self, brought: int, first: int, limit: int) -> Sequence[tuple[int, ListedRow]]:
        return _listed(self._transaction.run(_ROWS, {"of_list": brought, "first": first, "most": limit}))

    def of_kind(self, brought: int, kind: RowKind, after: int, limit: int) -> Sequence[tuple[int, ListedRow]]:
        asked = {"of_list": brought, "of_kind": kind.value, "after_place": after, "most": limit}
        return _listed(self._transaction.run(_OF_KIND, asked))

    def save_row(self, brought: int, place: int, row: ListedRow) -> None:
        values = _values(brought, place, row)
        kept = {name: values[name] for name in ("person", "twin", "fate", "before", "after")}
        if self._transaction.run(_SAVE_ROW, {"of_list": brought, "of_place": place, **kept}).rowcount != 1:
            raise NotFound("staff_import_row", place)

    def forget(self, before: datetime, previews_before: datetime) -> int:
        self._transaction.run(_FORGET_ROWS, {"before": before, "previews_before": previews_before})
        return self._transaction.run(_FORGET_LISTS, {"previews_before": previews_before}).rowcount

    def forget_person(self, person: PersonId) -> int:
        return self._transaction.run(_FORGET_PERSON, {"of_person": person, "nothing": {}}).rowcount


def _values(brought: int, place: int, one: ListedRow) -> dict[str, object]:
    return {
        "list": brought,
        "place": place,
        "data": one.row.as_data(),
        "kind": one.kind.value,
        "person": one.person,
        "twin": one.twin,
        "fate": one.fate.value if one.fate is not None else None,
        "before": one.before.as_data() if one.before is not None else {},
        "after": one.after.as_data() if one.after is not None else {},
    }


def _faults(brought: StaffImport) -> list[list[object]]:
    return [[one.line, one.says, one.whom] for one in brought.faults]


def _brought(row: StaffImportRow) -> StaffImport:
    return StaffImport(**{**row._asdict(), "faults": [RowFault(*one) for one in row.faults]})


def _listed(rows: Iterable[ListedStaffRow]) -> Sequence[tuple[int, ListedRow]]:
    return [
        (
            row.place,
            ListedRow(
                row=StaffRow(**row.data) if row.data else FORGOTTEN,
                kind=RowKind(row.kind),
                person=row.person,
                twin=row.twin,
                fate=RowFate(row.fate) if row.fate is not None else None,
                before=Standing(**row.before) if row.before else None,
                after=Standing(**row.after) if row.after else None,
            ),
        )
        for row in rows
    ]


FORGOTTEN = StaffRow(0, "", "", "", None, None, None)
"""What stood there was erased."""
