"""Yazılımlar written down and corrected; their seats given and freed (bylaw 10/22, 10/23)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from handlers.context import Acting
from handlers.contracts import access, history
from handlers.contracts.recording import day_in
from handlers.device_finding import found_by
from handlers.domain.devices import DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.licence_keys import require_none
from handlers.domain.people import PersonId, UnitId
from handlers.domain.programs import MOST_SEATS, LicenceModel, Program, ProgramId, Seat, SeatId
from handlers.domain.term_rights import TermAction
from knowledge.language.folding import folded, one_line
from knowledge.language.suffixes import which_one

MAX_LETTERS = 120
_TEXTS = ("maker", "version_in_use", "pledge", "pledge_excused", "accounting", "key_kept")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfProgram:
    """What somebody typed of a program."""

    name: str
    maker: str = ""
    unit: str = ""
    model: str = ""
    owned: str = ""
    version_in_use: str = ""
    support_ends: str = ""
    pledge: str = ""
    pledge_excused: str = ""
    tested_on: str = ""
    accounting: str = ""
    key_kept: str = ""
    active: bool = True


def record(acting: Acting, said: SaidOfProgram) -> Program:
    """Raises NotAllowed, Invalid as `usable`."""
    in_place_of = access.require(acting, TermAction.KEEP)
    made = Program(**usable(acting, said), recorded_at=acting.now, recorded_by=acting.person.id)
    added = acting.uow.programs.add(made)
    history.note_program(acting, "recorded", added, acting_for=in_place_of)
    return added


def correct(acting: Acting, key: ProgramId, said: SaidOfProgram) -> Program:
    """As it is now. Raises NotAllowed, NotFound, Stale, Invalid as `usable`."""
    in_place_of = access.require(acting, TermAction.KEEP)
    before = acting.uow.programs.get(key, to_change=True)
    after = replace(before, **usable(acting, said, before))
    if after == before:
        return before
    saved = acting.uow.programs.save(after)
    history.note_program(acting, "corrected", saved, before, acting_for=in_place_of)
    return saved


def usable(acting: Acting, said: SaidOfProgram, own: Program | None = None) -> dict[str, Any]:
    """Raises Invalid(`program_name`, `vendor_name_taken`, `program_seats`, `term_unit`, `term_day`, `term_too_long`,
    `licence_key`)."""
    name = one_line(said.name)
    if not any(letter.isalnum() for letter in name):
        raise Invalid("program_name")
    other = acting.uow.programs.by_name(name)
    if other is not None and (own is None or other.id != own.id):
        raise Invalid("vendor_name_taken", name=other.name)
    texts = {one: one_line(getattr(said, one)) for one in _TEXTS}
    if max(map(len, (name, *texts.values()))) > MAX_LETTERS:
        raise Invalid("term_too_long", most=MAX_LETTERS)
    require_none(name, *texts.values())
    if said.unit and said.unit not in acting.desk.units:
        raise Invalid("term_unit")
    unit: UnitId = said.unit or (own.unit if own is not None else acting.desk.units[-1])
    return {
        "name": name,
        **texts,
        "unit": unit,
        "model": LicenceModel(said.model) if said.model in set(LicenceModel) else LicenceModel.PERSON,
        "owned": _owned(said.owned),
        "support_ends": day_in(said.support_ends),
        "tested_on": day_in(said.tested_on),
        "active": said.active,
    }


def give(acting: Acting, key: ProgramId, whom: str, *, anyway: bool = False) -> Seat:
    """To a person (a handle or name) or on a device (any of its numbers). More than are owned are given where that is
    meant: it is kept, and shown. Raises NotAllowed, NotFound, Invalid(`program_who`, `program_twice`,
    `program_over`)."""
    in_place_of = access.require(acting, TermAction.KEEP_VENDORS)
    program = acting.uow.programs.get(key, to_change=True)  # of two who give the last one the second is asked
    person, device = require_gives(acting, key, whom, anyway=anyway)
    seat = Seat(program=key, person=person, device=device, at=acting.now, by=acting.person.id)
    given = acting.uow.programs.give(seat)
    history.note_seat(acting, "seat_given", program, given, acting_for=in_place_of)
    return given


def require_gives(
    acting: Acting, key: ProgramId, whom: str, *, anyway: bool
) -> tuple[PersonId | None, DeviceId | None]:
    """Whose or what it would be. Raises as `give`."""
    access.require(acting, TermAction.KEEP_VENDORS)
    program = acting.uow.programs.get(key)
    seats = acting.uow.programs.seats(key)
    person, device = _meant(acting, whom)
    if any((one.person, one.device) == (person, device) for one in seats):
        raise Invalid("program_twice", name=program.name)
    if program.is_over(len(seats) + 1) and not anyway:
        raise Invalid("program_over", name=program.name, owned=program.owned, nth=which_one(len(seats) + 1))
    return person, device


def free(acting: Acting, key: SeatId) -> bool:
    """False where it was free already. Raises NotAllowed, NotFound."""
    in_place_of = access.require(acting, TermAction.KEEP_VENDORS)
    seat = acting.uow.programs.seat(key)
    if seat.ended_at is not None:
        return False
    acting.uow.programs.end_seat(key, acting.now)
    program = acting.uow.programs.get(seat.program)
    history.note_seat(acting, "seat_freed", program, seat, acting_for=in_place_of)
    return True


def _owned(typed: str) -> int:
    plain = typed.strip() or "0"
    if not (plain.isascii() and plain.isdecimal() and len(plain) < 7) or int(plain) > MOST_SEATS:
        raise Invalid("program_seats", most=MOST_SEATS)
    return int(plain)


def _meant(acting: Acting, whom: str) -> tuple[PersonId | None, DeviceId | None]:
    """Raises Invalid(`program_who`)."""
    line = one_line(whom)
    known = acting.uow.people.by_handle(line) if line else None
    found = [known] if known is not None else acting.uow.people.named(line) if line else []
    same = [one for one in found if folded(one.name) == folded(line)] or list(found)
    here = [one for one in same if not one.gone]
    if len(here) == 1:
        return here[0].id, None
    devices = found_by(acting.uow, line) if line and not here else []
    if len(devices) == 1 and devices[0].living:
        return None, devices[0].id
    raise Invalid("program_who", typed=line[:40] or "(boş)")
