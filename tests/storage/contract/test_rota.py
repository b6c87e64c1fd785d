"""Who is on call: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.rota import SECOND, Duty
from handlers.ports import Transactions
from tests.clock import START
from tests.storage.builders import add_technician

DAY = timedelta(days=1)


@pytest.fixture
def mehmet(store: Transactions) -> PersonId:
    return store.write(add_technician)


def duty(person: PersonId, begins: float = 1, **about: object) -> Duty:
    starts = START + begins * DAY
    values = {"unit": "donanim", "person": person, "starts": starts, "ends": starts + DAY, "entered_by": person}
    return Duty(**{**values, "entered_at": START, **about})  # type: ignore[arg-type] # fields by name


def test_what_is_written_down_comes_back(store: Transactions, mehmet: PersonId) -> None:
    whole = duty(mehmet, place=SECOND, swapped_from=mehmet, offered_at=START)
    added = store.write(lambda uow: uow.rota.add(whole))
    assert store.read(lambda uow: uow.rota.get(added.id)) == replace(whole, id=added.id)
    gone = replace(added, withdrawn_at=START)
    store.write(lambda uow: uow.rota.save(gone))
    assert store.read(lambda uow: uow.rota.get(added.id)) == gone
    assert store.read(lambda uow: uow.rota.standing()) == []


def test_those_of_a_stretch_and_of_a_moment(store: Transactions, mehmet: PersonId) -> None:
    later, earlier = store.write(lambda uow: [uow.rota.add(duty(mehmet, begins=begins)) for begins in (3, 1)])
    assert store.read(lambda uow: uow.rota.standing()) == [earlier, later]
    at = [store.read(lambda uow, n=n: uow.rota.between(START + n * DAY, START + n * DAY)) for n in (1, 2, 3)]  # type: ignore[misc]
    assert at == [[earlier], [], [later]]


def test_each_change_is_another_version_of_the_calendar(store: Transactions, mehmet: PersonId) -> None:
    """By which the time of emergencies is counted."""
    seen = [store.read(lambda uow: uow.calendars.version())]
    added = store.write(lambda uow: uow.rota.add(duty(mehmet)))
    seen.append(store.read(lambda uow: uow.calendars.version()))
    store.write(lambda uow: uow.rota.save(replace(added, withdrawn_at=START)))
    seen.append(store.read(lambda uow: uow.calendars.version()))
    assert len(set(seen)) == 3


def test_a_guest_who_was_recognised_takes_it_along(store: Transactions, mehmet: PersonId) -> None:
    zeynep = store.write(lambda uow: add_technician(uow, "zeynep"))
    added = store.write(lambda uow: uow.rota.add(duty(mehmet, swapped_from=mehmet)))
    store.write(lambda uow: uow.rota.move(mehmet, zeynep))
    moved = store.read(lambda uow: uow.rota.get(added.id))
    assert (moved.person, moved.entered_by, moved.swapped_from) == (zeynep, zeynep, zeynep)
    assert store.read(lambda uow: (uow.rota.count_of(mehmet), uow.rota.count_of(zeynep))) == (0, 1)


def test_what_is_not_there_is_not_found(store: Transactions, mehmet: PersonId) -> None:
    for missing in (lambda uow: uow.rota.get(7), lambda uow: uow.rota.save(replace(duty(mehmet), id=7))):
        with pytest.raises(NotFound):
            store.write(missing)
