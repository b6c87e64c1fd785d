"""Görevler as use cases ask for them: who may, in whose place, and to whom things go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

import pytest

from handlers.context import Acting
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.officers import Answerable, Office, Officer
from handlers.domain.people import Person, PersonId, Role
from handlers.domain.store_events import Stream
from handlers.people import officers
from handlers.people.officers import Authority
from handlers.ports import UnitOfWork
from handlers.queries import officers as queries
from tests.clock import START
from tests.fakes.officers import FakeOfficers
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_private

T = TypeVar("T")
TODAY = START.date()


class House:
    def __init__(self) -> None:
        self.store = FakeStore()
        self.now = START
        people = [Person(handle=handle, name=f"{handle} Kaya", department="Mali") for handle in ("ayse", "can", "veli")]
        people.append(Person(handle="kemal", name="Kemal Su", department="Bilgi İşlem", role=Role.DIRECTOR))
        self.ayse, self.can, self.veli, self.kemal = (
            self.store.write(lambda uow, one=one: uow.people.add(one).id)
            for one in people  # type: ignore[misc] # mypy does not see through the default
        )

    def does(self, work: Callable[[Acting], T], who: PersonId | None = None) -> T:
        def with_person(uow: UnitOfWork) -> T:
            person = uow.people.get(who or self.kemal)
            return work(Acting(desk=shared_desk(), uow=uow, now=self.now, person=person, channel="web", event_key="k"))

        return self.store.write(with_person)

    def names(self, person: PersonId, days: int | None = None, of: PersonId | None = None) -> Officer:
        ends = None if days is None else TODAY + timedelta(days=days)
        return self.does(
            lambda acting: officers.name(
                acting, officers.proposed(acting, Office.AMBAR, person, TODAY, ends, in_place_of=of)
            )
        )


@pytest.fixture
def house() -> House:
    return House()


def test_who_holds_it_may_and_who_acts_may_in_their_place(house: House) -> None:
    asked = [Office.KVKK, Office.AMBAR]
    house.names(house.ayse)
    house.names(house.can, 3, of=house.ayse)
    may = lambda who: house.does(lambda acting: officers.require_office(acting, asked), who)  # noqa: E731
    assert may(house.ayse) == Authority(Office.AMBAR, ())
    assert may(house.can) == Authority(Office.AMBAR, (house.ayse,))
    with pytest.raises(NotAllowed):
        may(house.veli)
    house.now += timedelta(days=4)
    with pytest.raises(NotAllowed):
        may(house.can)


def test_things_go_to_the_vekil_and_back_where_who_acts_left(house: House) -> None:
    goes = lambda: house.does(lambda acting: officers.answerable_now(acting, Office.AMBAR))  # noqa: E731
    house.names(house.ayse)
    house.names(house.can, 3, of=house.ayse)
    assert goes() == [Answerable(house.can, house.ayse)]

    def leave(uow: UnitOfWork) -> None:
        can = uow.people.get(house.can)
        can.leave(START)
        uow.people.save(can)

    house.store.write(leave)
    assert goes() == [Answerable(house.ayse)], "who left takes no office along"
    (today,) = [one.today for one in house.does(queries.look).offices if one.office is Office.AMBAR]
    assert today == ["ayse Kaya (Ambar sorumlusu)"]


def test_what_ended_is_read_when_nobody_else_writes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the reading and the lock somebody else ended it."""
    held = house.names(house.ayse, 9)
    locked = FakeOfficers.all

    def all_(self: FakeOfficers, *, to_change: bool = False) -> object:
        if to_change:
            self.save(replace(held, ends=TODAY, document="2026/9"))
        return locked(self, to_change=to_change)

    monkeypatch.setattr(FakeOfficers, "all", all_)
    assert not house.does(lambda acting: officers.end(acting, held.id, TODAY + timedelta(days=2)))
    assert house.does(lambda acting: officers.withdraw(acting, held.id))
    (one,) = house.store.read(lambda uow: uow.officers.all())
    assert (one.ends, one.document) == (TODAY, "2026/9"), "nothing of it is overwritten"


def test_whoever_had_it_hears_that_it_ended_or_never_was(house: House) -> None:
    def reachable(uow: UnitOfWork) -> None:
        for person, address in ((house.ayse, "web:p:ayse"), (house.can, "web:p:can")):
            add_private(uow, person, address)

    house.store.write(reachable)
    held, deputy = house.names(house.ayse), house.names(house.can, 9, of=house.ayse)
    house.does(lambda acting: officers.withdraw(acting, deputy.id))
    house.does(lambda acting: officers.end(acting, held.id, TODAY))
    told = lambda of: [m.text for m in house.store.read(lambda uow: uow.timeline.page(f"web:p:{of}"))]  # noqa: E731
    assert "görevindeki vekâletiniz geri alındı; hiç verilmemiş sayılır" in told("can")[-1]
    assert "göreviniz için son gün: " in told("ayse")[-1]


def test_a_vekalet_ends_with_what_it_stands_for(house: House) -> None:
    held, acting_one = house.names(house.ayse), house.names(house.can, 9, of=house.ayse)
    last = TODAY + timedelta(days=2)
    assert house.does(lambda acting: officers.end(acting, held.id, last))
    assert not house.does(lambda acting: officers.end(acting, held.id, last + timedelta(days=1))), "it ends by then"
    assert [one.ends for one in house.store.read(lambda uow: uow.officers.all())] == [last, last]
    lines = house.store.read(lambda uow: uow.store_events.history(Stream.OFFICER, acting_one.id))
    assert [(line.what, line.after.get("ends")) for line in lines] == [
        ("named", (TODAY + timedelta(days=9)).isoformat()),
        ("ended", last.isoformat()),
    ]


def test_a_slip_is_withdrawn_for_a_week_and_not_while_somebody_acts_in_it(house: House) -> None:
    held = house.names(house.ayse)
    acting_one = house.names(house.can, 9, of=house.ayse)
    with pytest.raises(Invalid, match="officer_has_deputy"):
        house.does(lambda acting: officers.withdraw(acting, held.id))
    assert house.does(lambda acting: officers.withdraw(acting, acting_one.id))
    assert not house.does(lambda acting: officers.withdraw(acting, acting_one.id))
    house.now += timedelta(days=8)
    with pytest.raises(Invalid, match="officer_old"):
        house.does(lambda acting: officers.withdraw(acting, held.id))


def test_nobody_who_left_is_named_and_nobody_else_names(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.does(lambda acting: officers.proposed(acting, Office.AMBAR, house.can, date(2026, 12, 1)), house.ayse)

    def leave(uow: UnitOfWork) -> None:
        can = uow.people.get(house.can)
        can.leave(START)
        uow.people.save(can)

    house.store.write(leave)
    with pytest.raises(Invalid, match="officer_left"):
        house.names(house.can)
