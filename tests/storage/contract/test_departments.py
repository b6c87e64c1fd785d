"""The list of müdürlükler: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.domain.departments import Department, DepartmentId, FormerName, Merge
from handlers.domain.errors import NotFound, Stale
from handlers.domain.people import Person
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.storage.builders import add_person, open_ticket

FINANCE = Department(
    name="Mali Hizmetler",
    short_names=("mali hiz.", "MHM"),
    former_names=(FormerName("Hesap İşleri", date(2019, 4, 1)),),
)


def test_what_is_kept_of_one_comes_back(store: Transactions) -> None:
    finance, parks = store.write(lambda uow: (uow.departments.add(FINANCE), uow.departments.add(Department(name="P"))))
    assert finance == replace(FINANCE, id=finance.id)
    closed = replace(parks, closed_at=START, merge=Merge(into=finance.id, at=START, people=(), listed=False))
    store.write(lambda uow: uow.departments.save(closed))
    assert store.read(lambda uow: uow.departments.all()) == [finance, closed]
    assert store.read(lambda uow: uow.departments.get(parks.id)) == closed
    store.write(lambda uow: uow.departments.remove(parks.id))
    assert store.read(lambda uow: uow.departments.all()) == [finance]


@pytest.mark.parametrize("name", ["MALİ HİZMETLER MÜD.", "mhm", "hesap işleri müdürlüğü"])
def test_no_two_have_one_name(store: Transactions, name: str) -> None:
    store.write(lambda uow: uow.departments.add(FINANCE))
    with pytest.raises(Stale):
        store.write(lambda uow: uow.departments.add(Department(name="Fen", short_names=(name,))))
    assert len(store.read(lambda uow: uow.departments.all())) == 1


def test_a_name_that_was_given_up_is_free(store: Transactions) -> None:
    finance = store.write(lambda uow: uow.departments.add(FINANCE))
    store.write(lambda uow: uow.departments.save(replace(finance, short_names=())))
    added = store.write(lambda uow: uow.departments.add(Department(name="MHM")))
    assert added.name == "MHM"


def test_what_is_not_there(store: Transactions) -> None:
    nobody = DepartmentId(77)
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.departments.get(nobody))
    with pytest.raises(NotFound):
        store.write(lambda uow: uow.departments.save(replace(FINANCE, id=nobody)))
    with pytest.raises(NotFound):
        store.write(lambda uow: uow.departments.remove(nobody))


def test_how_they_stand_written(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> None:
        ayse = uow.people.add(Person(handle="ayse", department="Mali Hizmetler"))
        uow.people.add(Person(handle="veli", department="mali hizmetler"))
        uow.people.add(Person(handle="left", department="Kapanan", left_at=START))
        nobody = add_person(uow, "hasan", department="")
        for reporter in (ayse.id, ayse.id, nobody):
            open_ticket(uow, reporter)
        ayse.department = "Fen İşleri"
        uow.people.save(ayse)

    store.write(work)
    assert store.read(lambda uow: uow.departments.spelled()) == ["Fen İşleri", "Mali Hizmetler", "mali hizmetler"]
    assert store.read(lambda uow: dict(uow.departments.people())) == {"Fen İşleri": 1, "mali hizmetler": 1}
    assert store.read(lambda uow: dict(uow.departments.open_tickets())) == {"Mali Hizmetler": 2}
    written = ["Fen İşleri", "mali hizmetler", "Kapanan"]
    assert [one.handle for one in store.read(lambda uow: uow.people.in_departments(written))] == ["ayse", "veli"]


def test_nothing_is_written_anywhere(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> tuple[object, ...]:
        return list(uow.departments.spelled()), dict(uow.departments.people()), dict(uow.departments.open_tickets())

    assert store.read(work) == ([], {}, {})
