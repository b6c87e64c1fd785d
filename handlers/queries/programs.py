"""What the pages of programs show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from handlers import device_names
from handlers.context import Acting
from handlers.contracts import access
from handlers.domain.programs import Program, ProgramId, Seat
from handlers.domain.term_rights import TermAction
from knowledge.language.folding import folded

ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramRow:
    program: Program
    seats: int
    """Given away."""

    @property
    def over(self) -> bool:
        return self.program.is_over(self.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramPage:
    rows: Sequence[ProgramRow]
    number: int
    any: bool
    keeps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRow:
    seat: Seat
    whose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OneProgram:
    row: ProgramRow
    seats: Sequence[SeatRow]
    keeps: bool
    gives: bool


def look(acting: Acting, words: str, *, lacking: bool = False, skip: int = 0, limit: int = ROWS) -> ProgramPage:
    """`lacking`: those without a security paper alone. Raises NotAllowed."""
    access.require(acting, TermAction.SEE)
    every = acting.uow.programs.all()
    counted = Counter(one.program for one in acting.uow.programs.seats())
    wanted = folded(words).split()
    found = [
        ProgramRow(program=one, seats=counted[one.id])
        for one in every
        if all(word in folded(f"{one.name} {one.maker}") for word in wanted) and (not lacking or one.lacks)
    ]
    found.sort(key=lambda row: not row.program.active)
    return ProgramPage(
        rows=found[skip : skip + limit],
        number=len(found),
        any=bool(every),
        keeps=access.may(acting, TermAction.KEEP),
    )


def one(acting: Acting, key: ProgramId) -> OneProgram:
    """Raises NotAllowed, NotFound."""
    access.require(acting, TermAction.SEE)
    program, seats = acting.uow.programs.get(key), acting.uow.programs.seats(key)
    return OneProgram(
        row=ProgramRow(program=program, seats=len(seats)),
        seats=[SeatRow(seat=one, whose=_whose(acting, one)) for one in seats],
        keeps=access.may(acting, TermAction.KEEP),
        gives=access.may(acting, TermAction.KEEP_VENDORS),
    )


def _whose(acting: Acting, seat: Seat) -> str:
    if seat.person is not None:
        person = acting.uow.people.get(seat.person)
        return person.name or person.handle
    return "" if seat.device is None else device_names.numbered_name(acting.uow.devices.get(seat.device))
