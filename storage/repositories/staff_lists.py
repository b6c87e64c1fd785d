"""Lists of staff that were brought to the panel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, or_, update

from handlers.domain.brought_lists import RowFate, RowFault, RowKind
from handlers.domain.people import PersonId
from handlers.domain.staff_lists import ListedRow, StaffImport, StaffRow, Standing
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.brought_lists import CountedRow, ListQueries, ListStatements, SqlBroughtLists
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


_ASK = ListQueries(
    staff_import,
    staff_import_row,
    StaffImportRow,
    ListedStaffRow,
    saved=("faults",),
    saved_of_row=("person", "twin", "before", "after"),
)
_STATEMENTS = ListStatements(
    asked=_ASK,
    add=prepared(_ASK.add),
    add_rows=prepared(_ASK.add_rows),
    get=prepared(_ASK.get, StaffImportRow),
    get_locked=prepared(_ASK.get_locked, StaffImportRow),
    save=prepared(_ASK.save),
    taken_before=prepared(_ASK.taken_before, StaffImportRow),
    recent=prepared(_ASK.recent, StaffImportRow),
    drafts=prepared(_ASK.drafts, StaffImportRow),
    drop_rows=prepared(_ASK.drop_rows),
    drop=prepared(_ASK.drop),
    counts=prepared(_ASK.counts, CountedRow),
    rows=prepared(_ASK.rows, ListedStaffRow),
    of_kind=prepared(_ASK.of_kind, ListedStaffRow),
    save_row=prepared(_ASK.save_row),
    forget_rows=prepared(_ASK.forget_rows),
    forget_drafts=prepared(_ASK.forget_drafts),
)
_FORGET_PERSON = prepared(
    update(staff_import_row)
    .where(or_(staff_import_row.c.person == bindparam("of_person"), staff_import_row.c.twin == bindparam("of_person")))
    .values(data=bindparam("nothing"), before=bindparam("nothing"), after=bindparam("nothing"))
)


class SqlStaffImports(SqlBroughtLists[StaffImport, ListedRow, StaffImportRow, ListedStaffRow]):
    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction, _STATEMENTS, "staff_import")

    def forget_person(self, person: PersonId) -> int:
        return self._transaction.run(_FORGET_PERSON, {"of_person": person, "nothing": {}}).rowcount

    def _said(self, brought: StaffImport) -> Mapping[str, object]:
        return {
            "faults": [[one.line, one.says, one.whom] for one in brought.faults],
            "notes": list(brought.notes),
            "absent": brought.absent,
        }

    def _brought(self, row: StaffImportRow) -> StaffImport:
        return StaffImport(**{**row._asdict(), "faults": [RowFault(*one) for one in row.faults]})

    def _row_values(self, one: ListedRow) -> Mapping[str, object]:
        return {
            "data": one.row.as_data(),
            "person": one.person,
            "twin": one.twin,
            "before": one.before.as_data() if one.before is not None else {},
            "after": one.after.as_data() if one.after is not None else {},
        }

    def _listed(self, row: ListedStaffRow) -> tuple[int, ListedRow]:
        return row.place, ListedRow(
            row=StaffRow(**row.data) if row.data else FORGOTTEN,
            kind=RowKind(row.kind),
            person=row.person,
            twin=row.twin,
            fate=RowFate(row.fate) if row.fate is not None else None,
            before=Standing(**row.before) if row.before else None,
            after=Standing(**row.after) if row.after else None,
        )


FORGOTTEN = StaffRow(0, "", "", "", None, None, None)
"""What stood there was erased."""
