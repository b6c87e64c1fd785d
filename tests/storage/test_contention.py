"""Many hands on the same tickets and the same room, over two stores on one PostgreSQL: nothing lost, and soon done."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest

from handlers.domain.errors import AlreadyClaimed, Stale
from handlers.domain.numbers import Series
from handlers.domain.people import PersonId, Role, UnitId
from handlers.domain.rota import Duty
from handlers.messages import Outgoing
from handlers.people import admins
from handlers.ports import UnitOfWork
from storage import Store
from tests.clock import START, FakeClock
from tests.storage.builders import add_person, add_room, add_technician, card, open_ticket
from tests.storage.stores import broken

pytestmark = pytest.mark.postgres
ROOM = "web:r:donanim"
HANDS = 20
EACH = 5


def say_everywhere(uow: UnitOfWork, number: str, reporter: str) -> None:
    """As a handler does: the card of the ticket in the room, a line to the reporter."""
    uow.messages.put(card(f"{number} {reporter}", "claim", conversation=ROOM, slot=f"card:{number}"))
    uow.messages.put(Outgoing(conversation=f"web:p:{reporter}", text=number))


def test_claims_and_reports_in_one_room_at_once(postgres_url: str) -> None:
    with Store.open(postgres_url, clock=FakeClock()) as one, Store.open(postgres_url, clock=FakeClock()) as two:
        stores = (one, two)

        def people(uow: UnitOfWork) -> tuple[list[PersonId], list[PersonId]]:
            add_room(uow, ROOM)
            reporters = [add_person(uow, f"kisi{number}") for number in range(5)]
            return reporters, [add_technician(uow, f"tekniker{number}") for number in range(4)]

        reporters, technicians = one.write(people)
        contested = [one.write(lambda uow: open_ticket(uow, reporters[0]).id) for _ in range(3)]
        came: Counter[str] = Counter()

        def report(uow: UnitOfWork, hand: int) -> str:
            ticket = open_ticket(uow, reporters[hand % 5])
            say_everywhere(uow, ticket.number, f"kisi{hand % 5}")
            return "reported"

        def claim(uow: UnitOfWork, hand: int, number: int) -> str:
            ticket = uow.tickets.get(contested[number % 3])
            if hand % 2:  # some write to the room before they touch the ticket
                say_everywhere(uow, ticket.number, "kisi0")
                uow.messages.flush()
            ticket.claim(by=technicians[hand % 4], at=START, channel="web")
            uow.tickets.save(ticket)
            ticket.release(by=technicians[hand % 4], at=START, channel="web")
            uow.tickets.save(ticket)
            say_everywhere(uow, ticket.number, "kisi0")
            return "claimed"

        def work(hand: int) -> None:
            dice = random.Random(hand)
            for number in range(EACH):
                store, reports = stores[hand % 2], dice.random() < 0.5
                while True:
                    try:
                        came[
                            store.write(
                                lambda uow, reports=reports, number=number: (
                                    report(uow, hand) if reports else claim(uow, hand, number)
                                )
                            )
                        ] += 1
                        break
                    except (Stale, AlreadyClaimed):
                        came["again"] += 1

        with ThreadPoolExecutor(HANDS) as threads:
            list(threads.map(work, range(HANDS)))

        assert came["reported"] + came["claimed"] == HANDS * EACH
        opened = one.read(lambda uow: uow.summaries.list(limit=1000))
        assert sorted(ticket.number for ticket in opened) == [
            f"2026-{number:06d}" for number in range(1, 3 + came["reported"] + 1)
        ]
        claims = one.read(lambda uow: sum(len(uow.tickets.history(own)) for own in contested))
        assert claims == 3 + 2 * came["claimed"], "each opened once, claimed and released as often as somebody did"
        assert broken(one) == []
        seqs = [m.seq for m in one.read(lambda uow: uow.timeline.since(ROOM, 0, limit=10_000))]
        assert len(seqs) == len(set(seqs))


def test_of_two_who_take_a_duty_at_once_one_has_it(postgres_url: str) -> None:
    with Store.open(postgres_url, clock=FakeClock()) as one, Store.open(postgres_url, clock=FakeClock()) as two:
        people = one.write(lambda uow: [add_technician(uow, f"tekniker{number}") for number in range(3)])
        offered = Duty(
            unit=UnitId("donanim"),
            person=people[0],
            starts=START,
            ends=START + timedelta(days=1),
            entered_by=people[0],
            entered_at=START,
            offered_at=START,
        )
        key = one.write(lambda uow: uow.rota.add(offered)).id
        both_are_there = Barrier(2)

        def take(uow: UnitOfWork, by: PersonId) -> bool:
            with suppress(BrokenBarrierError):  # done again alone
                both_are_there.wait(5)
            duty = uow.rota.get(key, to_change=True)
            if duty.offered_at is None:
                return False
            uow.rota.save(replace(duty, person=by, offered_at=None))
            return True

        with ThreadPoolExecutor(2) as threads:
            taking = [
                threads.submit(store.write, lambda uow, by=by: take(uow, by))
                for store, by in ((one, people[1]), (two, people[2]))
            ]
            assert sorted(took.result() for took in taking) == [False, True]


def test_of_two_processes_that_take_a_number_at_once_the_second_waits_for_the_first(postgres_url: str) -> None:
    with Store.open(postgres_url, clock=FakeClock()) as one, Store.open(postgres_url, clock=FakeClock()) as two:
        both_are_there = Barrier(2)

        def take(uow: UnitOfWork) -> str:
            with suppress(BrokenBarrierError):  # done again alone
                both_are_there.wait(5)
            return str(uow.counters.next(Series.HANDOVER, 2026))

        with ThreadPoolExecutor(2) as threads:
            numbers = list(threads.map(lambda store: store.write(take), (one, two)))
        assert sorted(numbers) == ["TB-2026-00001", "TB-2026-00002"]


def test_of_two_admins_who_take_each_other_s_role_at_once_one_stays(postgres_url: str) -> None:
    with Store.open(postgres_url, clock=FakeClock()) as one, Store.open(postgres_url, clock=FakeClock()) as two:
        own = one.write(lambda uow: [add_person(uow, f"admin{number}", role=Role.ADMIN) for number in range(2)])
        both_are_there = Barrier(2)

        def take(uow: UnitOfWork, by: int) -> bool:
            taker, person = (uow.people.get(own[number]) for number in (by, 1 - by))
            assert (taker.role, person.role) == (Role.ADMIN, Role.ADMIN)
            with suppress(BrokenBarrierError):  # done again alone
                both_are_there.wait(5)
            if admins.is_last(uow, person):
                return False
            person.be(Role.REQUESTER, None)
            uow.people.save(person)
            return True

        with ThreadPoolExecutor(2) as threads:
            taking = [
                threads.submit(store.write, lambda uow, by=by: take(uow, by)) for by, store in ((0, one), (1, two))
            ]
            assert sorted(took.result() for took in taking) == [False, True]
        assert len(one.read(lambda uow: uow.people.lasting_admins())) == 1
