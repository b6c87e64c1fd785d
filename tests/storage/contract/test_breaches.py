"""Matters that may have touched personal data, from every store; and the clock of 72 hours (design, example 18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.context import UseCaseContext
from handlers.domain.breaches import STEPS, Breach
from handlers.domain.errors import NotAllowed, NotFound, Stale
from handlers.domain.numbers import Number, Series
from handlers.domain.ticket import Ticket, TicketId
from handlers.people import breaches
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.handlers.devices.house import House
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, open_ticket

FRIDAY = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)


def test_one_a_ticket_comes_back_and_waits_until_it_is_reported(store: Transactions) -> None:
    def work(uow: UnitOfWork) -> tuple[Breach, Breach]:
        who = add_person(uow, "fatma")
        tickets = [open_ticket(uow, who, START + timedelta(hours=hours)) for hours in (1, 0)]
        made = [
            Breach(
                number=Number(Series.PRIVACY_CASE, 2026, place),
                ticket=ticket.id,
                learned_at=ticket.opened_at,
                begun_at=START + timedelta(hours=2),
                begun_by=who,
            )
            for place, ticket in enumerate(tickets, 1)
        ]
        return uow.breaches.add(made[0]), uow.breaches.add(made[1])

    later, earlier = store.write(work)
    assert store.read(lambda uow: uow.breaches.waiting()) == [earlier, later]
    with pytest.raises(Stale):
        store.write(lambda uow: uow.breaches.add(later))
    told = replace(later, reminded=24, reported_at=START + timedelta(hours=30), reported_by=later.begun_by)
    saved = store.write(lambda uow: uow.breaches.save(told))
    assert (saved.version, store.read(lambda uow: uow.breaches.of_ticket(later.ticket))) == (1, saved)
    assert store.read(lambda uow: uow.breaches.waiting()) == [earlier]
    assert store.read(lambda uow: uow.breaches.of_ticket(TicketId(99_999))) is None
    with pytest.raises(Stale):
        store.write(lambda uow: uow.breaches.save(later))
    with pytest.raises(NotFound):
        store.write(lambda uow: uow.breaches.save(replace(later, ticket=TicketId(99_999))))
    heir = store.write(lambda uow: add_person(uow, "sevgi"))
    assert later.begun_by is not None
    guest = later.begun_by
    store.write(lambda uow: uow.breaches.move(guest, heir))
    moved = store.read(lambda uow: uow.breaches.of_ticket(later.ticket))
    assert moved is not None
    assert (moved.begun_by, moved.reported_by) == (heir, heir)
    assert store.read(lambda uow: [uow.breaches.count_of(one) for one in (heir, guest)]) == [2, 0]


def test_each_step_is_told_once_over_a_weekend_and_a_restart(
    store: Transactions,
) -> None:
    """A tick each hour from Friday on, with nobody ticking for some of them."""
    house = House(store)
    house.now = FRIDAY
    ticket = house.does("ayse", lambda acting: open_ticket(acting.uow, acting.person.id, FRIDAY, restricted=True))
    made = house.does("fatma", lambda acting: breaches.begin(acting, ticket))
    assert str(made.number) == "KV-2026-001"
    assert house.does("fatma", lambda acting: breaches.begin(acting, ticket)) == made, "asked twice, it runs once"
    told: list[int] = []

    def tick(hours: float) -> None:
        house.now = FRIDAY + timedelta(hours=hours)
        before = _reminded(store, ticket)
        store.write(lambda uow: breaches.remind(UseCaseContext(desk=shared_desk(), uow=uow, now=house.now)))
        if (after := _reminded(store, ticket)) != before:
            told.append(after)

    for hour in range(60):
        tick(hour)
        tick(hour)
    assert told == [24, 48]
    for hour in range(67, 90):
        tick(hour)
    assert told == list(STEPS)
    with pytest.raises(NotAllowed):
        house.does("ayse", lambda acting: breaches.report(acting, ticket))
    late, is_new = house.does("fatma", lambda acting: breaches.report(acting, ticket))
    assert (late.is_late, is_new) == (True, True)
    assert house.does("kemal", lambda acting: breaches.report(acting, ticket)) == (late, False)
    notes = store.read(lambda uow: [one.text for one in uow.tickets.entries(ticket.id)])
    assert [note for note in notes if "KV-2026-001: Kurula bildirildi" in note and "72 saat geçmişti" in note]
    tick(200)
    assert told == list(STEPS), "the Board knows"
    other = house.does("ayse", lambda acting: open_ticket(acting.uow, acting.person.id, FRIDAY))
    with pytest.raises(NotFound):
        house.does("fatma", lambda acting: breaches.report(acting, other))


def test_steps_that_were_missed_are_told_as_one() -> None:
    breach = Breach(
        number=Number(Series.PRIVACY_CASE, 2026, 1), ticket=TicketId(1), learned_at=START, begun_at=START, begun_by=None
    )
    hours = {0: None, 23.9: None, 24: 24, 47: 24, 50: 48, 66: 66, 72: 72, 500: 72}
    assert {hour: breach.step_at(START + timedelta(hours=hour)) for hour in hours} == hours
    assert replace(breach, reminded=48).step_at(START + timedelta(hours=60)) is None


def _reminded(store: Transactions, ticket: Ticket) -> int:
    found = store.read(lambda uow: uow.breaches.of_ticket(ticket.id))
    assert found is not None
    return found.reminded
