"""Who holds which office: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.domain.errors import NotFound
from handlers.domain.officers import Office, Officer
from handlers.domain.people import PersonId
from handlers.ports import Transactions
from tests.clock import START
from tests.storage.builders import add_technician


@pytest.fixture
def people(store: Transactions) -> list[PersonId]:
    return store.write(lambda uow: [add_technician(uow, handle) for handle in ("fatma", "zeynep", "ali")])


def test_what_is_written_down_comes_back(store: Transactions, people: list[PersonId]) -> None:
    fatma, zeynep, ali = people
    held = Officer(
        office=Office.AMBAR, person=fatma, starts=date(2026, 12, 1), entered_by=fatma, entered_at=START, document="7/1"
    )
    acting = replace(held, person=zeynep, ends=date(2026, 12, 9), in_place_of=fatma, starts=date(2026, 11, 30))
    later, first = store.write(lambda uow: [uow.officers.add(one) for one in (held, acting)])
    assert store.read(lambda uow: uow.officers.all()) == [first, later]
    assert store.write(lambda uow: uow.officers.all(to_change=True)) == [first, later]
    assert (first, later) == (replace(acting, id=first.id), replace(held, id=later.id))
    ended = replace(first, withdrawn_at=START)
    store.write(lambda uow: uow.officers.save(ended))
    assert store.read(lambda uow: uow.officers.get(first.id)) == ended
    assert store.read(lambda uow: [uow.officers.count_of(one) for one in people]) == [2, 1, 0]
    store.write(lambda uow: uow.officers.move(fatma, ali))
    assert [(one.person, one.in_place_of) for one in store.read(lambda uow: uow.officers.all())] == [
        (zeynep, ali),
        (ali, None),
    ]


def test_what_is_not_there(store: Transactions, people: list[PersonId]) -> None:
    nobody = Officer(office=Office.KVKK, person=people[0], starts=START.date(), entered_by=people[0], entered_at=START)
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.officers.get(77))
    with pytest.raises(NotFound):
        store.write(lambda uow: uow.officers.save(replace(nobody, id=77)))
