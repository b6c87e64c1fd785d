"""Work that is announced beforehand: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.domain.errors import NotFound
from handlers.domain.maintenances import Maintenance
from handlers.domain.people import PersonId
from handlers.ports import Transactions
from tests.clock import START
from tests.storage.builders import add_person, add_technician

HOUR = timedelta(hours=1)


@pytest.fixture
def mehmet(store: Transactions) -> PersonId:
    return store.write(add_technician)


def planned(by: PersonId, begins: float = 1, **about: object) -> Maintenance:
    starts = START + begins * HOUR
    values = {"system": "ebys", "starts": starts, "ends": starts + HOUR, "text": "sürüm yükseltme", "entered_by": by}
    return Maintenance(**{**values, "entered_at": START, **about})  # type: ignore[arg-type] # fields by name


def test_what_is_written_down_comes_back_and_is_withdrawn(store: Transactions, mehmet: PersonId) -> None:
    whole = planned(mehmet, departments=("Zabıta", "Mali Hizmetler"))
    added = store.write(lambda uow: uow.maintenances.add(whole))
    assert store.read(lambda uow: uow.maintenances.get(added.id)) == replace(whole, id=added.id)
    gone = replace(added, withdrawn_at=START, text="")
    store.write(lambda uow: uow.maintenances.save(gone))
    assert store.read(lambda uow: uow.maintenances.get(added.id)) == gone
    assert store.read(lambda uow: uow.maintenances.between(START, START + 9 * HOUR)) == []
    assert store.read(lambda uow: uow.maintenances.entered_by(mehmet)) == [gone]


def test_those_of_a_stretch(store: Transactions, mehmet: PersonId) -> None:
    later, earlier = store.write(lambda uow: [uow.maintenances.add(planned(mehmet, begins)) for begins in (3, 1)])
    assert store.read(lambda uow: uow.maintenances.between(START, START + 3 * HOUR)) == [earlier, later]
    assert store.read(lambda uow: uow.maintenances.between(START + 2 * HOUR, START + 2.5 * HOUR)) == []
    assert [one.is_at(START + 3 * HOUR) for one in (later, earlier)] == [True, False]


def test_a_guest_who_was_recognised_takes_it_along(store: Transactions, mehmet: PersonId) -> None:
    ayse = store.write(add_person)
    added = store.write(lambda uow: uow.maintenances.add(planned(mehmet)))
    store.write(lambda uow: uow.maintenances.move(mehmet, ayse))
    assert store.read(lambda uow: uow.maintenances.get(added.id)).entered_by == ayse


def test_what_is_not_there_is_not_found(store: Transactions, mehmet: PersonId) -> None:
    for missing in (
        lambda uow: uow.maintenances.get(7),
        lambda uow: uow.maintenances.save(replace(planned(mehmet), id=7)),
    ):
        with pytest.raises(NotFound):
            store.write(missing)
