"""Who is away: the same from every store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.domain.absences import Absence, AbsenceKind, Choice, Fate
from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.storage.builders import add_person, add_room, add_technician, open_ticket

DAY = timedelta(days=1)


@pytest.fixture
def mehmet(store: Transactions) -> PersonId:
    return store.write(add_technician)


def leave(person: PersonId, begins: float = 1, days: float = 2, **about: object) -> Absence:
    starts = START + begins * DAY
    values = {"person": person, "starts": starts, "ends": starts + days * DAY, "entered_by": person}
    return Absence(**{**values, "entered_at": START, **about})  # type: ignore[arg-type] # fields by name


def add(store: Transactions, *leaves: Absence) -> list[Absence]:
    return store.write(lambda uow: [uow.absences.add(one) for one in leaves])


def between(store: Transactions, begins: float, ends: float) -> Sequence[Absence]:
    return store.read(lambda uow: uow.absences.between(START + begins * DAY, START + ends * DAY))


def test_what_is_written_down_comes_back(store: Transactions, mehmet: PersonId) -> None:
    whole = leave(mehmet, kind=AbsenceKind.TRAINING, choice=Choice(Fate.TO_PERSON, mehmet), begun_at=START)
    first, second = add(store, whole, leave(mehmet, begins=5))
    assert first.id != second.id
    assert store.read(lambda uow: uow.absences.get(first.id)) == replace(whole, id=first.id)
    changed = replace(second, ends=second.ends + DAY, choice=Choice(Fate.TO_UNIT))
    store.write(lambda uow: uow.absences.save(changed))
    assert store.read(lambda uow: uow.absences.get(second.id)) == changed


def test_who_is_away_in_a_stretch_and_at_a_moment(store: Transactions, mehmet: PersonId) -> None:
    later, earlier = add(store, leave(mehmet, begins=5), leave(mehmet, begins=1))
    assert between(store, 0, 9) == [earlier, later]
    assert between(store, 1, 1) == [earlier], "the first moment is in it"
    assert between(store, 3, 3) == [], "the last is not"
    assert between(store, 3, 5) == [later]
    store.write(lambda uow: uow.absences.save(replace(later, withdrawn_at=START)))
    assert between(store, 0, 9) == [earlier]


def test_what_is_to_be_done_when_a_leave_begins(store: Transactions, mehmet: PersonId) -> None:
    due, begun, _later, gone = add(
        store,
        leave(mehmet, begins=-1),
        leave(mehmet, begins=-9, begun_at=START),
        leave(mehmet, begins=1),
        leave(mehmet, begins=-20, withdrawn_at=START),
    )
    assert begun.id != gone.id
    assert store.read(lambda uow: uow.absences.to_begin(START)) == [due]


def test_a_later_choice_for_a_ticket_takes_the_place_of_an_earlier_one(store: Transactions, mehmet: PersonId) -> None:
    def two_tickets(uow: UnitOfWork) -> list[int]:
        person = add_person(uow)
        add_room(uow)
        return [open_ticket(uow, person).id for _ in range(2)]

    (absence,) = add(store, leave(mehmet))
    one, other = store.write(two_tickets)
    for ticket, choice in (
        (one, Choice(Fate.STAYS)),
        (other, Choice(Fate.TO_UNIT)),
        (one, Choice(Fate.TO_PERSON, mehmet)),
    ):
        store.write(lambda uow, t=ticket, c=choice: uow.absences.choose(absence.id, t, c))  # type: ignore[misc]
    chosen = store.read(lambda uow: uow.absences.choices(absence.id))
    assert chosen == {one: Choice(Fate.TO_PERSON, mehmet), other: Choice(Fate.TO_UNIT)}


def test_a_guest_who_was_recognised_takes_the_leaves_along(store: Transactions, mehmet: PersonId) -> None:
    zeynep = store.write(lambda uow: add_technician(uow, "zeynep"))
    (absence,) = add(store, leave(mehmet, choice=Choice(Fate.TO_PERSON, mehmet)))
    store.write(lambda uow: uow.absences.move(mehmet, zeynep))
    moved = store.read(lambda uow: uow.absences.get(absence.id))
    assert (moved.person, moved.entered_by, moved.choice) == (zeynep, zeynep, Choice(Fate.TO_PERSON, zeynep))
    assert store.read(lambda uow: (uow.absences.count_of(mehmet), uow.absences.count_of(zeynep))) == (0, 1)


def test_what_is_not_there_is_not_found(store: Transactions, mehmet: PersonId) -> None:
    for missing in (lambda uow: uow.absences.get(7), lambda uow: uow.absences.save(replace(leave(mehmet), id=7))):
        with pytest.raises(NotFound):
            store.write(missing)
