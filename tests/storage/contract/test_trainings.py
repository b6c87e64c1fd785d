"""Trainings: the same from every store; and a session from its requests to who was there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.context import UseCaseContext
from handlers.domain.errors import Invalid, NotAllowed, NotFound, Stale
from handlers.domain.numbers import Series
from handlers.domain.people import PersonId
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.domain.trainings import Answer, Participant, Training, TrainingId
from handlers.ports import Transactions, UnitOfWork
from handlers.trainings import planning
from handlers.trainings.planning import Said
from tests.clock import START
from tests.handlers.devices.house import House
from tests.handlers.document_house import CAME, at
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, open_ticket


def planned(uow: UnitOfWork, who: PersonId, days: int, **about: Any) -> Training:
    said = {"title": "Excel", "place": "Salon", "trainer": "Zeynep", "capacity": 2, **about}
    number, starts = uow.counters.next(Series.TRAINING, 2026), START + timedelta(days=days)
    return uow.trainings.add(Training(number=number, starts=starts, made_by=who, made_at=START, **said))


def test_a_training_comes_back_with_who_takes_part(store: Transactions) -> None:
    ayse, mehmet = store.write(lambda uow: (add_person(uow, "ayse"), add_person(uow, "mehmet")))
    ticket = store.write(lambda uow: open_ticket(uow, ayse)).id
    later, sooner = store.write(lambda uow: (planned(uow, ayse, 9), planned(uow, ayse, 3)))
    mine = Participant(training=later.id, person=ayse, ticket=ticket)
    theirs = Participant(training=later.id, person=mehmet, answer=Answer.COMING, answered_at=START)
    store.write(lambda uow: [uow.trainings.put(one) for one in (mine, theirs)])
    assert store.read(lambda uow: uow.trainings.get(later.id)) == later
    assert store.read(lambda uow: uow.trainings.participants(later.id)) == [theirs, mine], "who answered comes first"
    assert store.read(lambda uow: uow.trainings.counts()) == {later.id: (2, 1)}
    assert store.read(lambda uow: uow.trainings.latest()) == [later, sooner]
    assert store.read(lambda uow: uow.trainings.open_until(START + timedelta(days=5))) == [sooner]
    assert store.read(lambda uow: uow.trainings.joined()) == {ticket}
    store.write(lambda uow: uow.trainings.put(replace(mine, answer=Answer.DECLINED)))
    assert [one.answer for one in store.read(lambda uow: uow.trainings.participants(later.id))][1] is Answer.DECLINED
    gone = store.write(lambda uow: uow.trainings.save(replace(later, cancelled_at=START)))
    assert store.read(lambda uow: (uow.trainings.joined(), uow.trainings.open_of(ayse))) == (frozenset(), [])
    with pytest.raises(Stale):
        store.write(lambda uow: uow.trainings.save(later))
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.trainings.get(TrainingId(99)))
    store.write(lambda uow: uow.trainings.put(Participant(training=sooner.id, person=ayse)))
    store.write(lambda uow: uow.trainings.move(ayse, mehmet))
    assert store.read(lambda uow: (uow.trainings.count_of(ayse), uow.trainings.count_of(mehmet))) == (0, 2)
    assert store.read(lambda uow: uow.trainings.open_of(mehmet)) == [sooner]
    assert gone.version == 1


def test_from_the_requests_to_who_was_there(store: Transactions) -> None:
    house = at(House(store), CAME)
    about: dict[str, Any] = {"unit": "yazilim", "category": planning.REQUEST, "at": house.now}
    asked = [_asks(house, who, f"2026-00000{place}", **about) for place, who in enumerate(("ayse", "hasan"), 1)]
    said = Said(
        title=" Excel’e  giriş ",
        starts=house.now + timedelta(days=3),
        place="Salon",
        trainer="",
        capacity=1,
        tickets=[one.id for one in asked],
    )
    with pytest.raises(NotAllowed):
        house.does("mehmet", lambda acting: planning.plan(acting, said))
    for wrong, reason in (
        ({"title": ""}, "training_words"),
        ({"capacity": 0}, "training_places"),
        ({"starts": house.now}, "training_day"),
    ):
        with pytest.raises(Invalid, match=reason):
            house.does("sevgi", lambda acting, w=wrong: planning.plan(acting, replace(said, **w)))  # type: ignore[misc]
    assert len(house.does("sevgi", planning.requests)) == 2
    one = house.does("sevgi", lambda acting: planning.plan(acting, said))
    assert (str(one.number), one.title) == ("EG-2026-00001", "Excel’e giriş")
    assert house.does("sevgi", planning.requests) == []
    assert house.does("sevgi", lambda acting: planning.invite(acting, one.id, ["Ayşe Yılmaz", "Ambar"])) == 1
    with pytest.raises(Invalid, match="training_nobody"):
        house.does("sevgi", lambda acting: planning.invite(acting, one.id, ["Kimse Yok"]))
    with pytest.raises(Invalid, match="training_not_invited"):
        house.does("zeynep", lambda acting: planning.answer(acting, one.id, comes=True))
    comes = {
        who: house.does(who, lambda acting: planning.answer(acting, one.id, comes=True)) for who in ("ayse", "hasan")
    }
    assert [mine.answer for mine in comes.values()] == [Answer.COMING, Answer.WAITING]
    house.does("ayse", lambda acting: planning.answer(acting, one.id, comes=False))
    moved = {found.person: found.answer for found in store.read(lambda uow: uow.trainings.participants(one.id))}
    assert moved[house.ids["hasan"]] is Answer.COMING, "whoever waited moves up"
    with pytest.raises(Invalid, match="training_early"):
        house.does("sevgi", lambda acting: planning.hold(acting, one.id, [house.ids["hasan"]]))
    house.now += timedelta(days=2, hours=12)
    before = store.read(lambda uow: uow.timeline.last_seq("web:p:hasan"))
    for _ in range(2):
        store.write(lambda uow: planning.remind(UseCaseContext(desk=shared_desk(), uow=uow, now=house.now)))
    assert store.read(lambda uow: len(uow.timeline.since("web:p:hasan", before))) >= 1
    house.now += timedelta(days=1)
    store.write(lambda uow: _claimed(uow, asked[1].id, house.ids["sevgi"], house.now))
    left = house.does("sevgi", lambda acting: planning.hold(acting, one.id, [house.ids["hasan"]], "Tablo yapıldı."))
    assert left == []
    states = [store.read(lambda uow, key=ticket.id: uow.tickets.get(key)).state for ticket in asked]  # type: ignore[misc]
    assert states == [State.OPEN, State.RESOLVED], "whoever was not there still waits"
    with pytest.raises(Invalid, match="training_over"):
        house.does("sevgi", lambda acting: planning.cancel(acting, one.id))


def _asks(house: House, who: str, number: str, **about: Any) -> Ticket:
    return house.store.write(lambda uow: open_ticket(uow, house.ids[who], number=number, **about))


def _claimed(uow: UnitOfWork, key: Any, who: PersonId, now: Any) -> None:
    ticket = uow.tickets.get(key)
    ticket.claim(by=who, at=now, channel="web")
    uow.tickets.save(ticket)


def test_a_cancelled_one_sets_its_requests_free(store: Transactions) -> None:
    house = at(House(store), CAME)
    asked = store.write(
        lambda uow: open_ticket(uow, house.ids["ayse"], unit="yazilim", category=planning.REQUEST, at=house.now)
    )
    said = Said(
        title="Excel", starts=house.now + timedelta(days=3), place="S", trainer="", capacity=9, tickets=[asked.id]
    )
    one = house.does("kemal", lambda acting: planning.plan(acting, said))
    cancelled = house.does("kemal", lambda acting: planning.cancel(acting, one.id))
    assert house.does("kemal", lambda acting: planning.cancel(acting, one.id)) == cancelled
    assert [ticket.id for ticket in house.does("kemal", planning.requests)] == [asked.id]


def test_a_last_place_is_taken_once(store: Transactions) -> None:
    house = at(House(store), CAME)
    names = ("ayse", "hasan", "mehmet", "zeynep")
    for _ in range(3):
        one = house.does("fatma", lambda acting: planned(acting.uow, acting.person.id, 90, capacity=1))
        for who in names:
            mine = Participant(training=one.id, person=house.ids[who])
            store.write(lambda uow, mine=mine: uow.trainings.put(mine))  # type: ignore[misc] # a loop's

        def comes(who: str, key: TrainingId = one.id) -> Participant:
            return house.does(who, lambda acting: planning.answer(acting, key, comes=True))

        with ThreadPoolExecutor(len(names)) as threads:
            said = [found.answer for found in threads.map(comes, names)]
        assert sorted(said) == [Answer.COMING, *[Answer.WAITING] * 3]
