"""Programs that the house runs, and who has their seats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Integer, String, bindparam, insert, select, update

from handlers.domain.devices import DeviceId
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId, UnitId
from handlers.domain.programs import LicenceModel, Program, ProgramId, Seat, SeatId
from storage.engine.columns import UtcTime
from storage.engine.prepared import prepared
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.repositories.vendors import name_key
from storage.tables import program, program_seat


class ProgramRow(NamedTuple):
    id: ProgramId
    name: str
    maker: str
    unit: UnitId
    model: str
    owned: int
    version_in_use: str
    support_ends: date | None
    pledge: str
    pledge_excused: str
    tested_on: date | None
    accounting: str
    key_kept: str
    active: bool
    recorded_at: datetime
    recorded_by: PersonId | None
    version: int


class SeatRow(NamedTuple):
    id: SeatId
    program: ProgramId
    person: PersonId | None
    device: DeviceId | None
    at: datetime
    by: PersonId
    ended_at: datetime | None


_COLUMNS, _SEATS = columns(program, ProgramRow), columns(program_seat, SeatRow)
_KEY = bindparam("key", type_=Integer)
_STANDS = program_seat.c.ended_at.is_(None)
_ALL = prepared(select(*_COLUMNS).order_by(program.c.name_key), ProgramRow)
_ONE = select(*_COLUMNS).where(program.c.id == _KEY)
_GET = prepared(_ONE, ProgramRow)
_GET_LOCKED = prepared(_ONE.with_for_update(), ProgramRow)
_BY_NAME = prepared(select(*_COLUMNS).where(program.c.name_key == bindparam("name", type_=String)), ProgramRow)
_ADD = prepared(insert(program))
_SAVE = prepared(update(program).where(program.c.id == bindparam("key"), program.c.version == bindparam("known")))
_GIVE = prepared(insert(program_seat))
_ALL_SEATS = prepared(select(*_SEATS).where(_STANDS).order_by(program_seat.c.id), SeatRow)
_SEATS_OF = prepared(
    select(*_SEATS).where(_STANDS, program_seat.c.program == _KEY).order_by(program_seat.c.id), SeatRow
)
_SEAT = prepared(select(*_SEATS).where(program_seat.c.id == _KEY), SeatRow)
_SEATS_OF_PERSON = prepared(
    select(*_SEATS)
    .where(_STANDS, program_seat.c.person.is_not(None), program_seat.c.person == _KEY)
    .order_by(program_seat.c.id),
    SeatRow,
)
_END = prepared(
    update(program_seat)
    .where(program_seat.c.id == bindparam("key"), _STANDS)
    .values(ended_at=bindparam("now", type_=UtcTime))
)
_MOVE_RECORDED = prepared(update(program).where(program.c.recorded_by == bindparam("of")))
_MOVE_PERSON = prepared(update(program_seat).where(program_seat.c.person == bindparam("of")))
_MOVE_BY = prepared(update(program_seat).where(program_seat.c.by == bindparam("of")))


class SqlPrograms:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> Sequence[Program]:
        return [_program_of(row) for row in self._transaction.run(_ALL, {})]

    def get(self, key: ProgramId, *, to_change: bool = False) -> Program:
        query = _GET_LOCKED if to_change and self._transaction.locks_rows else _GET
        row = self._transaction.run(query, {"key": key}).first()
        if row is None:
            raise NotFound("program", key)
        return _program_of(row)

    def by_name(self, name: str) -> Program | None:
        row = self._transaction.run(_BY_NAME, {"name": name_key(name)}).first()
        return None if row is None else _program_of(row)

    def add(self, program: Program) -> Program:
        self._require_free(program)
        added = self._transaction.new_id(_ADD, {**_values(program), "version": 0})
        return replace(program, id=ProgramId(added), version=0)

    def save(self, program: Program) -> Program:
        self._require_free(program)
        values = {**_values(program), "version": program.version + 1, "key": program.id, "known": program.version}
        if self._transaction.run(_SAVE, values).rowcount != 1:
            self.get(program.id)
            raise Stale("program", program.id)
        return replace(program, version=program.version + 1)

    def give(self, seat: Seat) -> Seat:
        values = {name: getattr(seat, name) for name in SeatRow._fields if name != "id"}
        return replace(seat, id=SeatId(self._transaction.new_id(_GIVE, values)))

    def seats(self, program: ProgramId | None = None) -> Sequence[Seat]:
        if program is None:
            return [Seat(**row._asdict()) for row in self._transaction.run(_ALL_SEATS, {})]
        return [Seat(**row._asdict()) for row in self._transaction.run(_SEATS_OF, {"key": program})]

    def seat(self, key: SeatId) -> Seat:
        row = self._transaction.run(_SEAT, {"key": key}).first()
        if row is None:
            raise NotFound("seat", key)
        return Seat(**row._asdict())

    def end_seat(self, key: SeatId, at: datetime) -> None:
        self._transaction.run(_END, {"key": key, "now": at})

    def seats_of(self, person: PersonId) -> Sequence[Seat]:
        return [Seat(**row._asdict()) for row in self._transaction.run(_SEATS_OF_PERSON, {"key": person})]

    def move(self, of: PersonId, to: PersonId) -> None:
        self._transaction.run(_MOVE_RECORDED, {"of": of, "recorded_by": to})
        self._transaction.run(_MOVE_PERSON, {"of": of, "person": to})
        self._transaction.run(_MOVE_BY, {"of": of, "by": to})

    def _require_free(self, program: Program) -> None:
        """What another process adds at this moment the index refuses, and the work is done again."""
        other = self.by_name(program.name)
        if other is not None and other.id != program.id:
            raise Stale("program", other.id)


def _program_of(row: ProgramRow) -> Program:
    return Program(**{**row._asdict(), "model": LicenceModel(row.model), "active": bool(row.active)})


def _values(one: Program) -> dict[str, object]:
    names = [name for name in ProgramRow._fields if name not in ("id", "version")]
    return {**{name: getattr(one, name) for name in names}, "model": one.model.value, "name_key": name_key(one.name)}
