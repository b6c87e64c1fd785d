"""Reports that are compared with others: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.symptoms import Answer, Proposal, Scope, Symptom
from handlers.ports import Transactions
from tests.clock import START
from tests.storage.builders import add_person

MINUTE = timedelta(minutes=1)


@pytest.fixture
def people(store: Transactions) -> list[PersonId]:
    return store.write(lambda uow: [add_person(uow, who) for who in ("ayse", "hasan", "elif")])


def symptom(person: PersonId, minute: float = 0, category: str | None = "ebys-giris", **about: object) -> Symptom:
    at = START + minute * MINUTE
    values = {"at": at, "day": at.toordinal(), "half_hour": 24, "person": person, "unit": "yazilim"}
    return Symptom(**{**values, "category": category, **about})  # type: ignore[arg-type] # fields by name


def note(store: Transactions, *symptoms: Symptom) -> list[Symptom]:
    return store.write(lambda uow: [uow.symptoms.note(one) for one in symptoms])


def test_different_people_are_counted_of_these_subjects_since_then(store: Transactions, people: list[PersonId]) -> None:
    ayse, hasan, elif_ = people
    first, *_ = note(
        store,
        symptom(ayse, 1),
        symptom(ayse, 2, "ebys-evrak"),
        symptom(hasan, 3, "ebys-evrak", place="3. kat"),
        symptom(elif_, 4, "kep"),
        symptom(elif_, 5, None),
    )
    ebys = ("ebys-giris", "ebys-evrak")
    assert store.read(lambda uow: uow.symptoms.people(START, ebys)) == 2
    assert store.read(lambda uow: uow.symptoms.people(START + 2.5 * MINUTE, ebys)) == 1
    assert store.read(lambda uow: uow.symptoms.people(START, ebys, "3. kat")) == 1
    assert store.read(lambda uow: uow.symptoms.people(START, ())) == 0
    assert store.read(lambda uow: uow.symptoms.among(START, ebys, limit=1)) == [first]
    assert len(store.read(lambda uow: uow.symptoms.among(START, ebys))) == 3
    assert [one.person for one in store.read(lambda uow: uow.symptoms.without_subject(START, "yazilim"))] == [elif_]
    assert store.read(lambda uow: uow.symptoms.without_subject(START, "donanim")) == []


def test_people_are_counted_by_department_the_largest_first(store: Transactions) -> None:
    departments = {"ayse": "Zabıta", "hasan": "Zabıta", "elif": "Mali Hizmetler", "can": "Fen İşleri", "su": ""}
    people = {
        who: store.write(lambda uow, who=who, of=of: add_person(uow, who, department=of))  # type: ignore[misc]
        for who, of in departments.items()
    }
    note(store, *(symptom(person, 2) for person in people.values()), symptom(people["elif"], 3), symptom(people["su"]))
    note(store, symptom(people["can"], 4, place="3. kat"))
    wanted = ("ebys-giris", "ebys-evrak")
    all_of_them = [("Zabıta", 2), ("", 1), ("Fen İşleri", 1), ("Mali Hizmetler", 1)]
    assert store.read(lambda uow: uow.symptoms.departments(START, wanted)) == all_of_them
    assert store.read(lambda uow: uow.symptoms.departments(START, wanted, limit=2)) == all_of_them[:2]
    assert store.read(lambda uow: uow.symptoms.departments(START, wanted, "3. kat")) == [("Fen İşleri", 1)]
    assert store.read(lambda uow: uow.symptoms.departments(START + 2.5 * MINUTE, wanted)) == all_of_them[2:]
    assert store.read(lambda uow: uow.symptoms.departments(START, ())) == []


def test_a_draft_is_noted_once_from_when_it_came(store: Transactions, people: list[PersonId]) -> None:
    first, _ = note(store, symptom(people[0], 1, None, draft="d1"), symptom(people[0], 9, "kep", draft="d1"))
    (found,) = store.read(lambda uow: uow.symptoms.of_person(people[0]))
    assert found == replace(first, category="kep")
    store.write(lambda uow: uow.symptoms.drop("d1"))
    assert store.read(lambda uow: uow.symptoms.of_person(people[0])) == []


def test_what_is_usual_is_counted_by_day(store: Transactions, people: list[PersonId]) -> None:
    ayse, hasan, _ = people
    note(
        store,
        symptom(ayse, day=1),
        symptom(ayse, day=1),
        symptom(hasan, day=1),
        symptom(ayse, day=2),
        symptom(ayse, day=3, half_hour=25),
        symptom(ayse, day=4, category="kep"),
    )
    assert store.read(lambda uow: dict(uow.symptoms.by_day(24, 1, ["ebys-giris"]))) == {1: 2, 2: 1}
    assert store.read(lambda uow: dict(uow.symptoms.by_day(24, 2, ["ebys-giris"]))) == {2: 1}


def test_they_are_forgotten_with_their_person_and_with_time(store: Transactions, people: list[PersonId]) -> None:
    ayse, hasan, elif_ = people
    note(store, symptom(ayse), symptom(hasan), symptom(elif_, 60))
    store.write(lambda uow: uow.symptoms.forget(ayse))
    store.write(lambda uow: uow.symptoms.forget_before(START + MINUTE))
    store.write(lambda uow: uow.symptoms.move(elif_, ayse))
    found = [store.read(lambda uow, one=one: len(uow.symptoms.of_person(one))) for one in people]  # type: ignore[misc]
    assert found == [1, 0, 0]


def test_proposals_come_back_and_change(store: Transactions) -> None:
    made = Proposal(
        scope=Scope.PLACE, key="place:internet-yok:3. kat", unit="donanim", category="internet-yok", since=START,
        changed_at=START, people=2,
    )  # fmt: skip
    added = store.write(lambda uow: uow.symptoms.propose(made))
    refused = replace(added, answer=Answer.REFUSED, answered_at=START, people=3, changed_at=START + MINUTE)
    store.write(lambda uow: uow.symptoms.save_proposal(refused))
    assert store.read(lambda uow: uow.symptoms.proposal(added.id)) == refused
    assert store.read(lambda uow: uow.symptoms.proposals(START + MINUTE)) == [refused]
    assert store.read(lambda uow: uow.symptoms.proposals(START + 2 * MINUTE)) == []
    for missing in (
        lambda uow: uow.symptoms.proposal(99),
        lambda uow: uow.symptoms.save_proposal(replace(made, id=99)),
    ):
        with pytest.raises(NotFound):
            store.write(missing)
