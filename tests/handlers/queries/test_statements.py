"""A page asks the database as often for many rows as for a few: on PostgreSQL each question is a way there and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import demo
from handlers.context import Acting
from handlers.devices import labels, recording
from handlers.domain.devices import Custody, CustodyKind, Description, DeviceMerge, TicketDevice
from handlers.domain.people import PersonId
from handlers.domain.states import State
from handlers.domain.ticket_filter import Standing, TicketFilter
from handlers.ports import DevicesWanted, UnitOfWork
from handlers.queries import charts, ticket_lists
from handlers.queries import devices as device_queries
from handlers.queries.board import board
from handlers.queries.search import Limits, search
from handlers.tickets import opening
from storage import Store
from storage.engine.prepared import Prepared
from storage.engine.transaction import Transaction
from storage.repositories import devices, ticket_devices
from tests.clock import START, FakeClock
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, open_ticket
from tests.storage.stores import open_sqlite

DESK = shared_desk()
OF_DEVICES = {
    form
    for module in (devices, ticket_devices)
    for one in vars(module).values()
    if isinstance(one, Prepared)
    for form in (one, one.on("postgresql"))
}
Look = Callable[[Acting], object]
PAGES: dict[str, Look] = {
    "a list": lambda acting: ticket_lists.page(acting, TicketFilter(standings=(Standing.ALL,))),
    "the board": lambda acting: board(acting, ()),
    "a search": lambda acting: search(acting, "yazıcı", Limits(tickets=30, people=12, articles=8)),
    "the charts": lambda acting: charts.look(acting, 4),
}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    clock = FakeClock(START)
    if request.param == "sqlite":
        opened = open_sqlite(tmp_path, clock)
    else:
        opened = Store.open(request.getfixturevalue("postgres_url"), clock=clock)
    opened.write(lambda uow: demo.seed(uow, DESK.catalogue.units))
    yield opened
    opened.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the database was asked for."""
    found: list[object] = []
    run, execute = Transaction._run, Transaction._execute

    def noted_run(self: Transaction, statement, parameters):  # type: ignore[no-untyped-def] # as the real one
        if self._prepared is not None:
            found.append(statement)
        return run(self, statement, parameters)

    def noted_execute(self: Transaction, statement, parameters, **options):  # type: ignore[no-untyped-def] # as above
        found.append(statement)
        return execute(self, statement, parameters, **options)

    monkeypatch.setattr(Transaction, "_run", noted_run)
    monkeypatch.setattr(Transaction, "_execute", noted_execute)
    return found


def more_tickets(uow: UnitOfWork, some: str, number: int) -> None:
    """Each of somebody else, by turns in the queue, in somebody's hands and solved; three of each device."""
    holders = [add_person(uow, f"{some}_eller{nth}") for nth in range(2)]
    for nth in range(number):
        facts = {"demirbas": f"{some}-{nth // 3}"}
        one = open_ticket(uow, add_person(uow, f"{some}{nth}"), START - timedelta(hours=nth), facts=facts)
        if nth % 3:
            held(uow, one.id, holders[nth % 2], over=nth % 3 == 2)


def held(uow: UnitOfWork, ticket: int, holder: PersonId, *, over: bool) -> None:
    one = uow.tickets.get(ticket)
    one.claim(by=holder, at=START, channel="web")
    if over:
        one.resolve("oldu", by=holder, at=START, channel="web")
        assert one.state is State.RESOLVED
    uow.tickets.save(one)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_often_for_many_rows(store: Store, asked: list[object], page: str) -> None:
    def look(uow: UnitOfWork) -> None:
        person = uow.people.by_handle("kemal")
        assert person is not None
        PAGES[page](Acting(desk=DESK, uow=uow, now=START, person=person, channel="web", event_key=""))

    def count() -> int:
        asked.clear()
        store.read(look)
        return len(asked)

    store.write(lambda uow: more_tickets(uow, "ilk", 3))
    count()  # what a process reads once
    few = count()
    store.write(lambda uow: more_tickets(uow, "sonra", 12))
    assert count() == few


READERS_OF_DEVICES = {"a lead": "fatma", "a technician of another unit": "zeynep", "the director": "kemal"}


@pytest.mark.parametrize("who", READERS_OF_DEVICES.values(), ids=READERS_OF_DEVICES)
def test_pages_of_devices_ask_as_often_for_many(store: Store, asked: list[object], who: str) -> None:
    def acting(uow: UnitOfWork, handle: str) -> Acting:
        person = uow.people.by_handle(handle)
        assert person is not None
        return Acting(desk=DESK, uow=uow, now=START, person=person, channel="web", event_key="k")

    def more(uow: UnitOfWork, first: int, number: int) -> None:
        lead = acting(uow, "fatma")
        for nth in range(first, first + number):
            holder = add_person(uow, f"zimmetli{nth}")
            made = recording.record(
                lead,
                Description(kind="yazici", serial=f"SN00{nth}X"),
                place=f"3. kat {300 + nth}",
                custody=Custody(kind=CustodyKind.PERSON, holder=holder),
            )
            labels.issue(lead, [made.id])
            ticket = open_ticket(uow, holder, unit="yazilim" if nth % 2 else "donanim")
            uow.ticket_devices.put(TicketDevice(ticket=ticket.id, device=made.id, at=START))
            ended = recording.record(lead, Description(kind="yazici", other_no=f"BİM-{nth}"), place="depo 1")
            uow.devices.save(replace(ended, merge=DeviceMerge(made.id, START)))

    def look(uow: UnitOfWork) -> None:
        reader = acting(uow, who)
        rows = device_queries.look(reader, DevicesWanted()).rows
        labels.working(reader, [row.device.id for row in rows])
        device_queries.most_failing(reader, START.year)

    def count() -> int:
        asked.clear()
        store.read(look)
        return len(asked)

    store.write(lambda uow: more(uow, 1, 3))
    count()  # what a process reads once
    few = count()
    store.write(lambda uow: more(uow, 4, 12))
    assert count() == few


def test_a_house_without_devices_pays_nothing_for_them(store: Store, asked: list[object]) -> None:
    """But two questions: whether there is any, and what its ticket is about."""

    def opens(uow: UnitOfWork) -> None:
        ayse = uow.people.by_handle("ayse")
        assert ayse is not None
        acting = Acting(desk=DESK, uow=uow, now=START, person=ayse, channel="web", event_key="k")
        new = opening.NewTicket(
            written=(opening.Written("yazıcı yazmıyor"),), reporter=ayse.id, category="yazici-yazdirmiyor"
        )
        opening.open_ticket(acting, new)

    store.write(opens)  # what a process reads once
    asked.clear()
    store.write(opens)
    of_devices = [one for one in asked if one in OF_DEVICES]
    assert len(of_devices) == len(set(of_devices)) == len(["any", "of the ticket"])
