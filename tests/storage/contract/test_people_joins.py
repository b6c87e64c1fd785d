"""That two people were made one, as long as it may be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.domain.people import PersonId
from handlers.domain.people_joins import Look, PeopleJoin, Stands, put_back, standing_of
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.storage.builders import add_person


def _joined(store: Transactions) -> PeopleJoin:
    def fill(uow: UnitOfWork) -> PeopleJoin:
        own = [add_person(uow, handle) for handle in ("misafir", "ayse", "admin")]
        guest, person = uow.people.get(own[0]), uow.people.get(own[1])
        made = PeopleJoin(
            guest=own[0],
            person=own[1],
            by=own[2],
            at=START,
            guest_before=standing_of(guest),
            person_before=standing_of(person),
            look=Look(standing_of(person), {"web:b-1": "web:p:b-1"}, {"web:p:b-1": 7}, {"2026-000001": 3}),
            never=Stands.KNOWN,
        )
        uow.people_joins.add(made)
        return made

    return store.write(fill)


def test_the_newest_of_a_person_is_kept_until_it_is_taken_back(store: Transactions) -> None:
    made = _joined(store)

    def newest(person: PersonId) -> PeopleJoin | None:
        return store.read(lambda uow: uow.people_joins.newest(person))

    assert newest(made.person) == made
    assert newest(made.guest) is None
    other = store.write(lambda uow: add_person(uow, "ikinci"))
    later = replace(made, guest=other, at=START + timedelta(hours=1), never=None)
    store.write(lambda uow: uow.people_joins.add(later))
    assert newest(made.person) == later
    again = replace(later, never=Stands.ROLE)
    store.write(lambda uow: uow.people_joins.add(again))
    assert newest(made.person) == again
    store.write(lambda uow: uow.people_joins.remove(other))
    assert newest(made.person) == made


def test_it_is_forgotten_with_time_and_with_either_of_them(store: Transactions) -> None:
    made = _joined(store)
    assert store.write(lambda uow: uow.people_joins.forget(START)) == 0
    assert store.write(lambda uow: uow.people_joins.forget(START + timedelta(seconds=1))) == 1
    for person in (made.guest, made.person):
        store.write(lambda uow: uow.people_joins.add(made))
        assert store.write(lambda uow, person=person: uow.people_joins.forget_person(person)) == 1
    assert store.read(lambda uow: uow.people_joins.newest(made.person)) is None


def test_somebody_is_put_back_as_they_stood(store: Transactions) -> None:
    made = _joined(store)

    def back(uow: UnitOfWork) -> None:
        person = uow.people.get(made.person)
        person.room, person.notice_version, person.became = "999", 5, made.guest
        put_back(person, made.person_before)
        assert standing_of(person) == made.person_before
        assert person.became is None

    store.write(back)
