"""Programs and their seats: the same from every store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from handlers.contracts import programs
from handlers.domain.errors import Invalid, NotFound, Stale
from handlers.domain.people import PersonId
from handlers.domain.programs import LicenceModel, Program, ProgramId, Seat, SeatId
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.handlers.devices.house import House
from tests.storage.builders import add_person

NETCAD = Program(
    name="NetCAD",
    maker="Netcad",
    unit="yazilim",
    model=LicenceModel.DEVICE,
    owned=5,
    support_ends=START.date(),
    pledge="2026/44",
    tested_on=START.date(),
    recorded_at=START,
)


def test_programs_come_back_and_no_two_have_one_name(store: Transactions) -> None:
    kept = store.write(lambda uow: uow.programs.add(NETCAD))
    assert store.write(lambda uow: uow.programs.get(kept.id, to_change=True)) == kept
    assert store.read(lambda uow: uow.programs.by_name("netcad")) == kept
    saved = store.write(lambda uow: uow.programs.save(replace(kept, owned=7, active=False)))
    assert store.read(lambda uow: uow.programs.all()) == [saved]
    for refused in (
        lambda uow: uow.programs.save(kept),
        lambda uow: uow.programs.add(replace(NETCAD, name="NETCAD")),
    ):
        with pytest.raises(Stale):
            store.write(refused)
    for gone in (lambda uow: uow.programs.get(ProgramId(99_999)), lambda uow: uow.programs.seat(SeatId(99_999))):
        with pytest.raises(NotFound):
            store.read(gone)


def test_seats_are_given_and_ended_once(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> tuple[Seat, PersonId, PersonId]:
        ayse, hasan = add_person(uow, "ayse"), add_person(uow, "hasan")
        kept = uow.programs.add(NETCAD)
        return uow.programs.give(Seat(program=kept.id, person=ayse, at=START, by=hasan)), ayse, hasan

    seat, ayse, hasan = store.write(work)
    assert store.read(lambda uow: uow.programs.seats(seat.program)) == [seat]
    assert store.read(lambda uow: uow.programs.seats_of(ayse)) == [seat]
    store.write(lambda uow: uow.programs.move(ayse, hasan))
    assert [one.person for one in store.read(lambda uow: uow.programs.seats())] == [hasan]
    store.write(lambda uow: uow.programs.end_seat(seat.id, START))
    assert store.read(lambda uow: uow.programs.seats()) == []
    assert store.read(lambda uow: uow.programs.seat(seat.id)).ended_at == START


def test_what_an_auditor_would_miss_and_what_is_too_many() -> None:
    assert NETCAD.lacks == ()
    assert replace(NETCAD, pledge="", tested_on=None).lacks == ("pledge", "test")
    assert replace(NETCAD, pledge="", pledge_excused="açık kaynak").lacks == ()
    assert replace(NETCAD, pledge="", active=False).lacks == ()
    assert [NETCAD.is_over(seats) for seats in (5, 6)] == [False, True]
    assert not replace(NETCAD, model=LicenceModel.FREE).is_over(6)


def test_of_two_who_give_the_last_seat_the_second_is_asked(store: Transactions) -> None:
    house = House(store)
    names = ("ayse", "hasan", "mehmet", "zeynep")
    for place in range(3):
        made = replace(NETCAD, name=f"Netcad {place}", owned=1)
        kept = store.write(lambda uow, made=made: uow.programs.add(made))  # type: ignore[misc] # a loop's

        def gives(whom: str, key: ProgramId = kept.id) -> str:
            try:
                house.does("fatma", lambda acting: programs.give(acting, key, whom))
            except Invalid as refusal:
                return refusal.reason
            return "given"

        with ThreadPoolExecutor(len(names)) as threads:
            assert sorted(threads.map(gives, names)) == ["given", *["program_over"] * 3]
