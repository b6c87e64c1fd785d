"""Who deputises for whom: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.domain.deputies import Deputy
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId, Role
from handlers.domain.states import TicketEvent
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.storage.builders import add_person, add_room, add_technician, open_ticket

DAY = timedelta(days=1)


@pytest.fixture
def people(store: Transactions) -> tuple[PersonId, PersonId]:
    return store.write(lambda uow: (add_person(uow, "fatma"), add_technician(uow, "zeynep")))


def vekalet(person: PersonId, deputy: PersonId, begins: float = 1, **about: object) -> Deputy:
    starts = START + begins * DAY
    values = {"person": person, "deputy": deputy, "role": Role.LEAD, "unit": "donanim", "starts": starts}
    return Deputy(**{**values, "ends": starts + DAY, "entered_at": START, **about})  # type: ignore[arg-type] # by name


def test_what_is_written_down_comes_back(store: Transactions, people: tuple[PersonId, PersonId]) -> None:
    whole = vekalet(
        *people, role=Role.DIRECTOR, unit=None, document="2026/1412", document_day=START.date(), restricted=True
    )
    added = store.write(lambda uow: uow.deputies.add(whole))
    assert store.read(lambda uow: uow.deputies.get(added.id)) == replace(whole, id=added.id)
    ended = replace(added, ended_at=START + 30 * timedelta(hours=1))
    store.write(lambda uow: uow.deputies.save(ended))
    assert store.read(lambda uow: uow.deputies.get(added.id)) == ended


def test_those_of_a_stretch_and_of_a_moment(store: Transactions, people: tuple[PersonId, PersonId]) -> None:
    first, second = store.write(lambda uow: [uow.deputies.add(vekalet(*people, begins=begins)) for begins in (1, 3)])
    between = lambda a, b: store.read(lambda uow: uow.deputies.between(START + a * DAY, START + b * DAY))  # noqa: E731
    assert between(0, 9) == [first, second]
    assert between(1, 1) == [first], "the first moment is in it"
    assert between(2, 2) == [], "the last is not"


def test_a_guest_who_was_recognised_takes_it_along(store: Transactions, people: tuple[PersonId, PersonId]) -> None:
    fatma, zeynep = people
    ali = store.write(lambda uow: add_technician(uow, "ali"))
    added = store.write(lambda uow: uow.deputies.add(vekalet(fatma, zeynep)))
    store.write(lambda uow: uow.deputies.move(zeynep, ali))
    assert store.read(lambda uow: uow.deputies.get(added.id)).deputy == ali
    assert store.read(lambda uow: [uow.deputies.count_of(one) for one in (fatma, zeynep, ali)]) == [1, 0, 1]


def test_what_is_not_there_is_not_found(store: Transactions, people: tuple[PersonId, PersonId]) -> None:
    for missing in (lambda uow: uow.deputies.get(7), lambda uow: uow.deputies.save(replace(vekalet(*people), id=7))):
        with pytest.raises(NotFound):
            store.write(missing)


def test_a_history_keeps_in_whose_place_something_was_done(
    store: Transactions, people: tuple[PersonId, PersonId]
) -> None:
    fatma, zeynep = people

    def work(uow: UnitOfWork) -> list[TicketEvent]:
        add_room(uow)
        ticket = open_ticket(uow, fatma)
        ticket.acted_for[zeynep] = (fatma, zeynep)
        ticket.assign(zeynep, by=zeynep, at=START + DAY, channel="web")
        ticket.claim(by=zeynep, at=START + DAY, channel="web")
        uow.tickets.save(ticket)
        return list(uow.tickets.history(ticket.id))

    store.write(work)
    events = store.read(lambda uow: uow.tickets.history(uow.tickets.by_number("2026-000001").id))
    assert [event.acting_for for event in events] == [(), (fatma, zeynep)]
