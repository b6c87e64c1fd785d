"""A staff list is taken in part by part, and back to the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from handlers.context import Acting, UseCaseContext
from handlers.domain.brought_lists import ROWS_A_PART, RowFate, RowKind
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.people import Account, Person, PersonId, Role
from handlers.domain.staff_lists import StaffList, StaffRow
from handlers.people import staff, staff_lists
from handlers.ports import UnitOfWork
from tests.clock import START, FakeClock
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person

KEY = "00000000-0000-4000-8000-000000000001"


class House:
    def __init__(self) -> None:
        self.store = FakeStore(FakeClock(START))
        self.now = START
        self.admin = self.store.write(lambda uow: add_person(uow, "admin", role=Role.ADMIN, staff_no=""))

    def acting(self, uow: UnitOfWork, who: PersonId | None = None) -> Acting:
        person = uow.people.get(who or self.admin)
        return Acting(desk=shared_desk(), uow=uow, now=self.now, person=person, channel="web", event_key="e")

    def bring(self, *rows: StaffRow, key: str = KEY) -> dict[RowKind, int]:
        brought = StaffList(rows=rows)
        kept = self.store.write(lambda uow: staff_lists.bring(self.acting(uow), key, brought, name="p.csv", digest="d"))
        return dict(self.store.read(lambda uow: uow.staff_imports.counts(kept.id).kinds))

    def take_in(self, part: int = 0, *same: int, key: str = KEY) -> int:
        chosen = frozenset(same)
        return self.store.write(lambda uow: staff_lists.take_in_part(self.acting(uow), key, part, same=chosen))

    def take_back(self, part: int = 0) -> int:
        return self.store.write(lambda uow: staff_lists.take_back_part(self.acting(uow), KEY, part))

    def people(self) -> dict[str, Person]:
        return {one.handle: replace(one) for one in self.store.read(lambda uow: uow.people.everybody())}

    def fates(self) -> dict[RowFate, int]:
        brought = self.store.read(lambda uow: uow.staff_imports.get(KEY))
        return dict(self.store.read(lambda uow: uow.staff_imports.counts(brought.id)).fates)


@pytest.fixture
def house() -> House:
    return House()


def row(number: int, name: str = "Can Su", department: str = "Zabıta", **about: object) -> StaffRow:
    base = StaffRow(number + 1, str(number), name, department, "4", "1453", "")
    return replace(base, **about)  # type: ignore[arg-type]


def test_new_changed_and_same_are_told_apart_and_the_second_time_nothing_changes(house: House) -> None:
    house.store.write(lambda uow: add_person(uow, "veli", name="Veli Ak", department="Zabıta", staff_no="2", room="1"))
    rows = (row(1), row(2, "Veli Ak"), row(3, "Su Can"))
    assert house.bring(*rows) == {RowKind.NEW: 2, RowKind.CHANGED: 1}
    assert house.take_in() == 3
    assert house.take_in() == 0, "asked twice"
    assert house.people()["veli"].room == "4"
    again = "00000000-0000-4000-8000-000000000002"
    assert house.bring(*rows, key=again) == {RowKind.SAME: 3}
    before = house.people()
    assert house.take_in(key=again) == 0
    assert house.people() == before


def test_it_is_taken_back_exactly(house: House) -> None:
    house.store.write(lambda uow: add_person(uow, "veli", name="Veli Ak", department="Zabıta", staff_no="2", phone="7"))
    left = START - timedelta(days=3)
    house.store.write(
        lambda uow: uow.people.add(
            Person(handle="eski", name="Eski Şef", department="Fen", staff_no="9", left_at=left,
                   former_role=Role.LEAD, former_unit="donanim", left_by_list=True,
                   role_until=START + timedelta(days=1), then_role=Role.TECHNICIAN, then_unit="yazilim")
        )
    )  # fmt: skip
    before = house.people()
    house.bring(row(1), row(2, "Veli Ak"), row(9, "Eski Şef", "Fen İşleri"))
    assert house.take_in() == 3
    assert house.people()["eski"].role is Role.LEAD
    assert house.take_back() == 3
    assert house.take_back() == 0
    assert house.people() == before
    with pytest.raises(Invalid, match="list_taken_back"):
        house.take_in()


def test_who_was_changed_since_or_used_the_desk_stays(house: House) -> None:
    house.store.write(lambda uow: add_person(uow, "veli", name="Veli Ak", department="Zabıta", staff_no="2", room="1"))
    house.bring(row(1), row(2, "Veli Ak"), row(3, "Su Can"))
    house.take_in()

    def meanwhile(uow: UnitOfWork) -> None:
        veli, can = uow.people.by_staff_no("2"), uow.people.by_staff_no("1")
        assert veli is not None
        assert can is not None
        veli.phone = "9999"
        uow.people.save(veli)
        uow.people.link(Account("telegram", "1"), can.id, "telegram:1")

    house.store.write(meanwhile)
    assert house.take_back() == 1
    assert house.fates() == {RowFate.KEPT: 2, RowFate.TAKEN_BACK: 1}
    assert set(house.people()) == {"admin", "veli", "can.su"}


def test_who_may_be_somebody_known_is_asked_about_and_tied_only_when_said_so(house: House) -> None:
    guest = house.store.write(lambda uow: add_person(uow, "ays", name="Ayşe Yilmaz", department="Mali"))
    moved = house.store.write(
        lambda uow: add_person(uow, "ali", name="Ali Er", department="Zabıta Müdürlüğü", staff_no="77")
    )
    house.store.write(lambda uow: add_person(uow, "can", name="Can Su", department="Fen İşleri", staff_no="78"))
    rows = (row(1, "AYŞE YILMAZ", "Mali Hizmetler"), row(2, "Ali Er"), row(3))
    assert house.bring(*rows) == {RowKind.TWIN: 2, RowKind.NEW: 1}
    house.take_in(0, 0)
    people = {one.staff_no: one for one in house.people().values()}
    assert people["1"].id == guest
    assert people["2"].id != moved
    assert people["77"].id == moved


@pytest.mark.parametrize(("number", "tied"), [("77", False), ("", True)])
def test_who_was_recognised_meanwhile_does_not_come_alive_beside_themselves(
    house: House, number: str, *, tied: bool
) -> None:
    guest = house.store.write(lambda uow: add_person(uow, "ays", name="Ayşe Yılmaz", department="Mali"))
    listed = house.store.write(lambda uow: add_person(uow, "ayse", name="Ayşe Ak", staff_no=number))
    house.bring(row(1, "Ayşe Yılmaz", "Mali"))

    def recognise(uow: UnitOfWork) -> None:
        was, person = uow.people.get(guest), uow.people.get(listed)
        was.turn_out_to_be(person, START)
        uow.people.save(was)

    house.store.write(recognise)
    house.take_in(0, 0)
    was = house.store.read(lambda uow: uow.people.get(guest))
    assert (was.gone, was.staff_no) == (True, "")
    assert house.store.read(lambda uow: uow.people.get(listed)).staff_no == ("1" if tied else number)


def test_who_is_said_to_be_somebody_known_is_so_in_every_part_whoever_asks_for_it(house: House) -> None:
    guest = house.store.write(lambda uow: add_person(uow, "ays", name="Ayşe Yılmaz", department="Mali"))
    house.bring(row(1, "Ayşe Yılmaz", "Mali"))
    house.store.write(lambda uow: staff_lists.say_yes(house.acting(uow), KEY, frozenset({0})))
    house.take_in()
    assert house.store.read(lambda uow: uow.people.get(guest)).staff_no == "1"


def test_of_whom_words_were_erased_meanwhile_stays_and_the_list_is_done(house: House) -> None:
    house.store.write(lambda uow: add_person(uow, "veli", name="Veli Ak", department="Zabıta", staff_no="2", room="1"))
    house.bring(row(1), row(2, "Veli Ak"))
    house.take_in()
    house.store.write(lambda uow: uow.staff_imports.forget_person(house.people()["veli"].id))
    assert house.take_back() == 1
    assert house.fates() == {RowFate.KEPT: 1, RowFate.TAKEN_BACK: 1}
    brought = house.store.read(lambda uow: uow.staff_imports.get(KEY))
    assert brought.progress(house.store.read(lambda uow: uow.staff_imports.counts(brought.id))) is None


def test_missing_people_are_counted_and_left_alone(house: House) -> None:
    house.store.write(lambda uow: add_person(uow, "veli", staff_no="2"))
    house.bring(row(1))
    house.take_in()
    assert house.store.read(lambda uow: uow.staff_imports.get(KEY)).absent == 1
    assert not house.people()["veli"].gone


def test_parts_go_by_their_rows(house: House) -> None:
    house.bring(*(row(n, f"Kişi {chr(65 + n % 26)}") for n in range(1, ROWS_A_PART + 3)))
    assert [house.take_in(1), house.take_in(0), house.take_in(2)] == [2, ROWS_A_PART, 0]


def test_only_who_manages_people_may_and_only_for_a_fortnight(house: House) -> None:
    house.bring(row(1))
    lead = house.store.write(lambda uow: add_person(uow, "fatma", role=Role.LEAD, unit="donanim"))
    with pytest.raises(NotAllowed):
        house.store.write(lambda uow: staff_lists.take_in_part(house.acting(uow, lead), KEY, 0))
    with pytest.raises(Invalid, match="list_not_taken"):
        house.take_back()
    house.take_in()
    house.now += timedelta(days=15)
    with pytest.raises(Invalid, match="list_too_old"):
        house.take_back()


def test_a_role_ends_by_itself_and_gives_back_what_stood_before(house: House) -> None:
    mehmet = house.store.write(lambda uow: add_person(uow, "mehmet", role=Role.TECHNICIAN, unit="donanim"))
    until = START + timedelta(days=2)

    def give(uow: UnitOfWork) -> bool:
        return staff.give_role(house.acting(uow), uow.people.get(mehmet), Role.LEAD, "donanim", until)

    assert house.store.write(give)
    assert not house.store.write(give), "pressed twice"
    assert house.people()["mehmet"].role is Role.LEAD

    def tick(uow: UnitOfWork) -> None:
        staff.end_due_roles(UseCaseContext(desk=shared_desk(), uow=uow, now=house.now))

    house.now = until - timedelta(seconds=1)
    house.store.write(tick)
    assert house.people()["mehmet"].role is Role.LEAD
    house.now = until
    house.store.write(tick)
    back = house.people()["mehmet"]
    assert (back.role, back.unit, back.role_until, back.then_role) == (Role.TECHNICIAN, "donanim", None, None)
    logged = [line[3] for line in house.store.read(lambda uow: uow.audit.recent()) if line[2] == "role_given"]
    assert logged[0] == f"mehmet lead:donanim ({until.isoformat()}) → technician:donanim"


def test_there_is_always_an_admin(house: House) -> None:
    second = house.store.write(lambda uow: add_person(uow, "ikinci", role=Role.ADMIN))

    def demote(uow: UnitOfWork, who: PersonId, whom: PersonId, until: datetime | None = None) -> None:
        staff.give_role(house.acting(uow, who), uow.people.get(whom), Role.REQUESTER, None, until)

    house.store.write(lambda uow: demote(uow, house.admin, second))
    with pytest.raises(NotAllowed):
        house.store.write(lambda uow: demote(uow, second, house.admin))
    with pytest.raises(Invalid, match="not_yourself"):
        house.store.write(lambda uow: demote(uow, house.admin, house.admin))


def noted(house: House, *rows: StaffRow) -> list[str]:
    return house.store.read(lambda uow: staff_lists.department_notes(uow, rows))


def test_a_mudurluk_under_two_names_is_said_as_what_becomes_of_it(house: House) -> None:
    rows = (row(1, department="Mali Hizmetler"), row(2, department="Mali Hizmetler"))
    slip, folded = row(3, department="Mali Hizmtler"), row(4, department="MALİ HİZ. MÜD.")
    assert noted(house, *rows, slip, folded) == [
        "“Mali Hizmtler” (1 kişi) “Mali Hizmetler” adına çok benziyor; aynı müdürlükse listede düzeltin",
        "“MALİ HİZ. MÜD.” → Mali Hizmetler sayıldı (1 kişi)",
    ]
    house.bring(*rows)
    house.take_in()
    assert noted(house, slip, folded) == [
        "listede olmayan müdürlük: “Mali Hizmtler” (1 kişi), en yakını “Mali Hizmetler”",
        "“MALİ HİZ. MÜD.” → Mali Hizmetler sayıldı (1 kişi)",
    ]


def test_a_row_without_a_mudurluk_leaves_the_one_that_is_known(house: House) -> None:
    house.store.write(lambda uow: add_person(uow, "veli", name="Veli Ak", department="Zabıta", staff_no="2", room="1"))
    house.bring(row(2, "Veli Ak", department=""), row(3, department=""))
    assert house.take_in() == 2
    found = {one.staff_no: one for one in house.people().values()}
    assert (found["2"].department, found["2"].room, found["3"].department) == ("Zabıta", "4", "")
    assert house.store.read(lambda uow: [one.name for one in uow.departments.all()]) == []
