from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import PersonId
from handlers.domain.programs import Program, ProgramId, Seat, SeatId
from storage.repositories.vendors import name_key
from tests.fakes.tables import FakeTransaction


class FakePrograms:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def all(self) -> Sequence[Program]:
        return sorted(self._transaction.seen.programs.values(), key=lambda one: name_key(one.name))

    def get(self, key: ProgramId, *, to_change: bool = False) -> Program:
        found = self._transaction.seen.programs.get(key)
        if found is None:
            raise NotFound("program", key)
        return found

    def by_name(self, name: str) -> Program | None:
        return next((one for one in self.all() if name_key(one.name) == name_key(name)), None)

    def add(self, program: Program) -> Program:
        self._require_free(program)
        return self._put(replace(program, id=ProgramId(self._transaction.new_id()), version=0))

    def save(self, program: Program) -> Program:
        self._require_free(program)
        if self.get(program.id).version != program.version:
            raise Stale("program", program.id)
        return self._put(replace(program, version=program.version + 1))

    def give(self, seat: Seat) -> Seat:
        return self._put_seat(replace(seat, id=SeatId(self._transaction.new_id())))

    def seats(self, program: ProgramId | None = None) -> Sequence[Seat]:
        found = self._transaction.seen.program_seats.values()
        return [one for one in found if one.ended_at is None and program in (None, one.program)]

    def seat(self, key: SeatId) -> Seat:
        found = self._transaction.seen.program_seats.get(key)
        if found is None:
            raise NotFound("seat", key)
        return found

    def end_seat(self, key: SeatId, at: datetime) -> None:
        found = self._transaction.seen.program_seats.get(key)
        if found is not None and found.ended_at is None:
            self._put_seat(replace(found, ended_at=at))

    def seats_of(self, person: PersonId) -> Sequence[Seat]:
        return [one for one in self.seats() if one.person == person]

    def move(self, of: PersonId, to: PersonId) -> None:
        for one in self.all():
            if one.recorded_by == of:
                self._put(replace(one, recorded_by=to))
        for seat in list(self._transaction.seen.program_seats.values()):
            person, by = (to if key == of else key for key in (seat.person, seat.by))
            self._put_seat(replace(seat, person=person, by=by or seat.by))

    def _put(self, program: Program) -> Program:
        self._transaction.changing.programs[program.id] = program
        return program

    def _put_seat(self, seat: Seat) -> Seat:
        self._transaction.changing.program_seats[seat.id] = seat
        return seat

    def _require_free(self, program: Program) -> None:
        other = self.by_name(program.name)
        if other is not None and other.id != program.id:
            raise Stale("program", other.id)
