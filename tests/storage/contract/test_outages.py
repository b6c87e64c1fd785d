"""Outages and systems: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.domain.errors import NotFound, Stale
from handlers.domain.outages import Cause, JoinedTicket, NoteAnswer, NoteQuestion, Outage, OutageUpdate
from handlers.domain.states import State
from handlers.domain.systems import System, SystemState
from handlers.domain.ticket import Entry, EntryKind, TicketId
from handlers.ports import Transactions
from tests.clock import START
from tests.storage.builders import add_person, add_technician, open_ticket

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def house(store: Transactions) -> None:
    """Ayşe (1), Mehmet (2), three tickets and a line on the first."""

    def fill(uow):
        ayse, mehmet = add_person(uow), add_technician(uow)
        first, *_ = [open_ticket(uow, ayse) for _ in range(3)]
        uow.tickets.add_entry(first.id, Entry(kind=EntryKind.REPLY, at=START, author=mehmet, text="firma yolda"))

    store.write(fill)


def made(store: Transactions, ticket: int = 1, **about: object) -> Outage:
    def look(uow):
        head = uow.tickets.by_number(f"2026-{ticket:06}")
        values = {"ticket": head.id, "since": START, "declared_at": START, "heard_at": START, "system": "ebys"}
        return Outage(**{**values, "declared_by": uow.people.by_handle("mehmet").id, **about})

    return store.read(look)


def ticket(store: Transactions, number: int) -> TicketId:
    return store.read(lambda uow: uow.tickets.by_number(f"2026-{number:06}").id)


def entry(store: Transactions) -> int:
    return store.read(lambda uow: uow.tickets.entries(uow.tickets.by_number("2026-000001").id)[-1].id)


def test_what_is_written_comes_back_whole(store: Transactions) -> None:
    whole = made(
        store,
        state=SystemState.SLOW,
        reminded_at=START,
        announced_at=START,
        tickets=(JoinedTicket(ticket=ticket(store, 2), closed_from=State.WAITING_VENDOR, waiting_for="firma"),),
        updates=(OutageUpdate(at=START, entry=entry(store)),),
        note=(NoteAnswer(question=NoteQuestion.WHY, entry=entry(store)),),
        note_asked_at=START,
    )
    added = store.write(lambda uow: uow.outages.add(whole))
    assert store.read(lambda uow: uow.outages.get(added.id)) == replace(whole, id=added.id)
    more = replace(added.with_ticket(ticket(store, 3)), ended_at=START, ended_by=whole.declared_by, cause=Cause.LINE)
    first = NoteAnswer(question=NoteQuestion.WHAT, entry=entry(store))
    more = replace(more, note=(first, *whole.note))
    store.write(lambda uow: uow.outages.save(more))
    assert store.read(lambda uow: uow.outages.get(added.id, to_change=False)) == more
    assert store.write(lambda uow: uow.outages.get(added.id, to_change=True)) == more


def test_open_ones_and_those_that_ended(store: Transactions) -> None:
    later, earlier = [
        store.write(lambda uow, n=n, at=at: uow.outages.add(made(store, n, since=at)))  # type: ignore[misc]
        for n, at in ((1, START + HOUR), (2, START))
    ]
    assert store.read(lambda uow: uow.outages.open()) == [earlier, later]
    over = later.end(by=None, at=START + HOUR)
    store.write(lambda uow: uow.outages.save(over))
    assert store.read(lambda uow: uow.outages.open()) == [earlier]
    assert store.read(lambda uow: uow.outages.ended_since(START)) == [over]
    assert store.read(lambda uow: uow.outages.ended_since(START + 2 * HOUR)) == []
    assert store.read(lambda uow: uow.outages.of_head(later.ticket)) is None
    assert store.read(lambda uow: uow.outages.latest_of_head(later.ticket)) == over
    assert store.read(lambda uow: uow.outages.of_head(earlier.ticket)) == earlier


def test_a_ticket_is_the_head_of_one_at_a_time(store: Transactions) -> None:
    first = store.write(lambda uow: uow.outages.add(made(store)))
    with pytest.raises(Stale):
        store.write(lambda uow: uow.outages.add(made(store)))
    over = first.end(by=None, at=START)
    store.write(lambda uow: uow.outages.save(over))
    store.write(lambda uow: uow.outages.add(made(store)))
    with pytest.raises(Stale):
        store.write(lambda uow: uow.outages.save(replace(over, ended_at=None)))


def test_a_guest_who_was_recognised_takes_them_along(store: Transactions) -> None:
    ayse, mehmet = store.read(lambda uow: [uow.people.by_handle(who).id for who in ("ayse", "mehmet")])
    added = store.write(lambda uow: uow.outages.add(made(store).end(by=mehmet, at=START)))
    assert store.read(lambda uow: (uow.outages.count_of(ayse), uow.outages.count_of(mehmet))) == (0, 1)
    store.write(lambda uow: uow.outages.move(mehmet, ayse))
    moved = store.read(lambda uow: uow.outages.get(added.id))
    assert (moved.declared_by, moved.ended_by) == (ayse, ayse)


def test_a_system_that_was_changed_takes_the_place_of_what_was(store: Transactions) -> None:
    ebys = System(id="ebys", title="Belge sistemi", unit="yazilim", categories=("ebys-giris",))
    store.write(lambda uow: uow.systems.put(ebys))
    store.write(lambda uow: uow.systems.put(System(id="vpn", title="VPN", unit="yazilim", dropped=True)))
    assert [one.id for one in store.read(lambda uow: uow.systems.changed())] == ["ebys", "vpn"]
    gone = replace(ebys, dropped=True, categories=())
    store.write(lambda uow: uow.systems.put(gone))
    assert store.read(lambda uow: uow.systems.changed())[0] == gone


def test_what_is_not_there_is_not_found(store: Transactions) -> None:
    for missing in (lambda uow: uow.outages.get(7), lambda uow: uow.outages.save(replace(made(store), id=7))):
        with pytest.raises(NotFound):
            store.write(missing)
