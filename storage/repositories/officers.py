"""Who holds which office, and who acts for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, func, insert, select, text, update

from handlers.domain.errors import NotFound
from handlers.domain.officers import Office, Officer
from handlers.domain.people import PersonId
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.tables import officer


class OfficerRow(NamedTuple):
    id: int
    office: str
    person: PersonId
    starts: date
    ends: date | None
    in_place_of: PersonId | None
    document: str
    entered_by: PersonId
    entered_at: datetime
    withdrawn_at: datetime | None


_COLUMNS = columns(officer, OfficerRow)
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('officers', 0))")
"""Rules between rows hold only while nobody else writes one; on SQLite nobody does."""
_ADD = prepared(insert(officer))
_SAVE = prepared(update(officer).where(officer.c.id == bindparam("key")))
_GET = prepared(select(*_COLUMNS).where(officer.c.id == bindparam("key")), OfficerRow)
_ALL = prepared(select(*_COLUMNS).order_by(officer.c.starts, officer.c.id), OfficerRow, remembered=True)
"""Where it is read to be changed, the lock before it makes forget."""
_COUNT = prepared_value(
    select(func.count()).where(bindparam("of_person", type_=Integer).in_([officer.c.person, officer.c.in_place_of])),
    int,
)
_GUEST, _PERSON = bindparam("guest", type_=Integer), bindparam("to_person", type_=Integer)
_MOVE = prepared(update(officer).where(officer.c.person == _GUEST).values(person=_PERSON))
_MOVE_PRINCIPAL = prepared(update(officer).where(officer.c.in_place_of == _GUEST).values(in_place_of=_PERSON))


class SqlOfficers:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self, *, to_change: bool = False) -> Sequence[Officer]:
        if to_change:
            self._hold()
        return [_officer_of(row) for row in self._transaction.run(_ALL)]

    def get(self, key: int) -> Officer:
        row = self._transaction.run(_GET, {"key": key}).first()
        if row is None:
            raise NotFound("officer", key)
        return _officer_of(row)

    def add(self, officer: Officer) -> Officer:
        return replace(officer, id=self._transaction.new_id(_ADD, _values(officer)))

    def save(self, officer: Officer) -> None:
        if self._transaction.run(_SAVE, {**_values(officer), "key": officer.id}).rowcount != 1:
            raise NotFound("officer", officer.id)

    def count_of(self, person: PersonId) -> int:
        return self._transaction.run(_COUNT, {"of_person": person}).first() or 0

    def move(self, guest: PersonId, person: PersonId) -> None:
        self._hold()
        for statement in (_MOVE, _MOVE_PRINCIPAL):
            self._transaction.run(statement, {"guest": guest, "to_person": person})

    def _hold(self) -> None:
        if self._transaction.locks_rows:
            self._transaction.execute(_ALONE)


def _officer_of(row: OfficerRow) -> Officer:
    return Officer(**{**row._asdict(), "office": Office(row.office)})


def _values(officer: Officer) -> dict[str, object]:
    return {
        "office": officer.office.value,
        "person": officer.person,
        "starts": officer.starts,
        "ends": officer.ends,
        "in_place_of": officer.in_place_of,
        "document": officer.document,
        "entered_by": officer.entered_by,
        "entered_at": officer.entered_at,
        "withdrawn_at": officer.withdrawn_at,
    }
