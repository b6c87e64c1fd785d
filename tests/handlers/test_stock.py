"""The depot's use cases: rights, taking, undoing, receiving, settling, and what is learnt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from handlers.context import Acting, UseCaseContext
from handlers.domain.devices import Description, Device, LinkRole, TicketDevice, number_of
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.job_run import JobName
from handlers.domain.months import Month
from handlers.domain.stock import Item, MonthPrint, Why
from handlers.domain.store_events import Stream
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from handlers.queries import stock as queries
from handlers.queries import stock_books
from handlers.reports import stock_month
from handlers.stock import items, moving, page
from handlers.stock.items import Said
from handlers.stock.page import StockWish
from tests.clock import START
from tests.handlers.devices.house import House
from tests.scenarios.stage import shared_desk
from tests.storage.builders import open_ticket


@pytest.fixture
def house() -> House:
    return House()


def toner(house: House, **about: Any) -> Item:
    said = {"code": "TN-2421", "name": "Toner (siyah)", "minimum": 5, "target": 20, **about}
    return house.does("ambar", lambda acting: items.record(acting, Said(**said)))


def ticket_of(house: House, device: Device | None = None) -> Ticket:
    def work(uow: UnitOfWork) -> Ticket:
        ticket = open_ticket(uow, house.ids["ayse"], unit="donanim", category="toner-bitti")
        ticket.claim(by=house.ids["mehmet"], at=house.now, channel="web")
        uow.tickets.save(ticket)
        if device is not None:
            uow.ticket_devices.put(
                TicketDevice(ticket=ticket.id, device=device.id, role=LinkRole.SUBJECT, sure=True, at=house.now)
            )
        return ticket

    return house.store.write(work)


def refused(house: House, who: str, work: Callable[[Acting], object]) -> str:
    with pytest.raises(Invalid) as refusal:
        house.does(who, work)
    return refusal.value.reason


def test_who_may_what(house: House) -> None:
    item = toner(house)
    ticket = ticket_of(house)
    house.does("ambar", lambda acting: moving.receive(acting, item.id, 3))
    for who in ("mehmet", "fatma", "kemal", "deniz", "kayit", "ayse", "admin"):
        for act in (
            lambda acting: items.record(acting, Said(code="X1")),
            lambda acting: items.correct(acting, item.id, Said(code="X2")),
            lambda acting: moving.receive(acting, item.id, 1),
            lambda acting: moving.give(acting, item.id, 1, "Fen İşleri"),
            lambda acting: moving.settle(acting, item.id),
        ):
            with pytest.raises(NotAllowed):
                house.does(who, act)
    for who in ("zeynep", "ayse", "kemal", "ambar"):
        with pytest.raises((NotAllowed, NotFound)):
            house.does(who, lambda acting: moving.take(acting, ticket, item.id, 1))
    moved = house.does("mehmet", lambda acting: moving.take(acting, ticket, item.id, 1))
    assert (str(moved.move.number), moved.left, moved.move.department) == ("SH-2026-00002", 2, "Mali Hizmetler")
    with pytest.raises(NotAllowed):
        house.does("zeynep", lambda acting: moving.undo(acting, moved.move.id))
    assert house.does("mehmet", lambda acting: moving.undo(acting, moved.move.id)).left == 3


def test_the_lead_keeps_a_depot_that_nobody_is_named_for(house: House) -> None:
    def end(uow: UnitOfWork) -> None:
        for one in uow.officers.all(to_change=True):
            uow.officers.save(type(one)(**{**_fields(one), "ends": house.now.date() - timedelta(days=1)}))

    house.store.write(end)
    made = house.does("fatma", lambda acting: items.record(acting, Said(code="TN-2421")))
    assert made.name == "TN-2421"
    with pytest.raises(NotAllowed):
        house.does("sevgi", lambda acting: moving.receive(acting, made.id, 1))


def _fields(one: object) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}  # type: ignore[attr-defined] # a dataclass


def test_each_bad_input_is_told_and_changes_nothing(house: House) -> None:
    item, ticket = toner(house), ticket_of(house)
    came = house.does("ambar", lambda acting: moving.receive(acting, item.id, 3, document="4431"))
    for who, reason, act in (
        ("ambar", "stock_code_taken", lambda acting: items.record(acting, Said(code="tn 2421"))),
        ("ambar", "stock_code", lambda acting: items.record(acting, Said(code=" - "))),
        ("ambar", "stock_movable_code", lambda acting: items.record(acting, Said(code="X", movable_code="toner"))),
        ("ambar", "stock_minimum", lambda acting: items.record(acting, Said(code="X", minimum=-1))),
        ("ambar", "stock_too_long", lambda acting: items.record(acting, Said(code="X" * 61))),
        ("ambar", "stock_received_twice", lambda acting: moving.receive(acting, item.id, 3, document="4431")),
        ("ambar", "stock_quantity", lambda acting: moving.receive(acting, item.id, 10_001)),
        ("ambar", "stock_department", lambda acting: moving.give(acting, item.id, 1, " ")),
        ("mehmet", "stock_quantity", lambda acting: moving.take(acting, ticket, item.id, 51)),
        ("mehmet", "stock_quantity", lambda acting: moving.take(acting, ticket, item.id, 0)),
        ("mehmet", "stock_short", lambda acting: moving.take(acting, ticket, item.id, 5)),
    ):
        assert refused(house, who, act) == reason
    house.does("mehmet", lambda acting: moving.take(acting, ticket, item.id, 1))
    assert refused(house, "ambar", lambda acting: moving.undo(acting, came.move.id)) == "stock_undo_short"
    assert house.store.read(lambda uow: uow.stock.left_of(item.id)) == 2
    house.does("ambar", lambda acting: moving.receive(acting, item.id, 3, document="4431", again=True))
    house.does("ambar", lambda acting: items.correct(acting, item.id, Said(code="TN-2421", active=False)))
    assert refused(house, "mehmet", lambda acting: moving.take(acting, ticket, item.id, 1)) == "stock_kept_no_more"


def test_a_movement_is_undone_once(house: House) -> None:
    item = toner(house)
    came = house.does("ambar", lambda acting: moving.receive(acting, item.id, 3))
    back = house.does("ambar", lambda acting: moving.undo(acting, came.move.id))
    assert (back.left, back.move.why, back.move.undoes) == (0, Why.UNDONE, came.move.id)
    assert refused(house, "ambar", lambda acting: moving.undo(acting, came.move.id)) == "stock_undone"
    assert refused(house, "ambar", lambda acting: moving.undo(acting, back.move.id)) == "stock_undo_of_undo"
    lines = house.store.read(lambda uow: uow.store_events.history(Stream.STOCK, item.id))
    assert [(one.what, one.ref) for one in lines] == [
        ("recorded", ""),
        ("received", "SH-2026-00001"),
        ("undone", "SH-2026-00002"),
    ]


def test_a_use_without_stock_is_covered_by_the_next_receipt(house: House) -> None:
    """Example 2 of the stores."""
    item, ticket = toner(house), ticket_of(house)
    house.does("mehmet", lambda acting: moving.take_unbooked(acting, ticket, item.id, 1))
    assert house.store.read(lambda uow: uow.stock.left_of(item.id)) == 0
    assert house.does("ambar", lambda acting: moving.settle(acting, item.id)) == []
    house.does("ambar", lambda acting: moving.receive(acting, item.id, 10))
    (settled,) = house.does("ambar", lambda acting: moving.settle(acting, item.id))
    assert (settled.left, settled.move.delta, settled.move.ticket) == (9, -1, ticket.id)
    assert settled.move.who == house.ids["mehmet"]
    assert house.does("ambar", lambda acting: moving.settle(acting, item.id)) == []
    assert house.store.read(lambda uow: uow.stock.pending()) == []


def test_a_security_matter_is_not_named_in_the_depot(house: House) -> None:
    item, ticket = toner(house), ticket_of(house, house.records(brand="Brother", serial="SN12345"))
    house.does("ambar", lambda acting: moving.receive(acting, item.id, 3))
    house.does("mehmet", lambda acting: moving.take(acting, ticket, item.id, 1))

    def line(who: str) -> tuple[str, str, bool]:
        found = house.does(who, lambda acting: queries.one(acting, item.id)).moves[0]
        return found.ticket, found.move.department, bool(found.device)

    assert line("kemal") == line("deniz") == (ticket.number, "Mali Hizmetler", True)

    def seal(uow: UnitOfWork) -> None:
        known = uow.tickets.get(ticket.id)
        known.restricted = True
        uow.tickets.save(known)

    house.store.write(seal)
    assert line("ambar") == line("zeynep") == ("gizli kayıt", "", False)
    assert line("fatma") == (ticket.number, "Mali Hizmetler", True)


def test_a_slip_that_is_askida_is_withdrawn_once(house: House) -> None:
    item, ticket = toner(house), ticket_of(house)
    uses = [house.does("mehmet", lambda acting: moving.take_unbooked(acting, ticket, item.id, 1)) for _ in range(3)]
    for who in ("zeynep", "fatma", "ayse", "kemal"):
        with pytest.raises(NotAllowed):
            house.does(who, lambda acting: moving.withdraw(acting, uses[0].id))
    house.does("mehmet", lambda acting: moving.withdraw(acting, uses[0].id))
    house.does("ambar", lambda acting: moving.withdraw(acting, uses[1].id))
    assert refused(house, "mehmet", lambda acting: moving.withdraw(acting, uses[0].id)) == "stock_pending_over"
    house.does("ambar", lambda acting: moving.receive(acting, item.id, 5))
    assert [one.left for one in house.does("ambar", lambda acting: moving.settle(acting, item.id))] == [4]
    assert refused(house, "mehmet", lambda acting: moving.withdraw(acting, uses[2].id)) == "stock_pending_over"
    lines = house.store.read(lambda uow: uow.store_events.history(Stream.STOCK, item.id))
    assert [one.what for one in lines].count("pending_withdrawn") == 2


def test_what_fits_is_learnt_after_the_second_use(house: House) -> None:
    item = toner(house)
    house.does("ambar", lambda acting: moving.receive(acting, item.id, 9))
    learnt = []
    for serial in ("SN12345", "SN12346", "SN12347"):
        printer = house.records(brand="Brother", model="HL-L2350DW", serial=serial)
        ticket = ticket_of(house, printer)
        learnt.append(house.does("mehmet", lambda acting, t=ticket: moving.take(acting, t, item.id, 1)).fit)  # type: ignore[misc] # the default
    assert learnt == [None, "Brother HL-L2350DW", None]
    assert house.does("mehmet", lambda acting: items.forget_fit(acting, item.id, "Brother HL-L2350DW"))
    assert not house.does("mehmet", lambda acting: items.forget_fit(acting, item.id, "Brother HL-L2350DW"))
    with pytest.raises(NotAllowed):
        house.does("ayse", lambda acting: items.forget_fit(acting, item.id, "Brother HL-L2350DW"))


def test_a_part_of_the_model_fits_all_that_have_it() -> None:
    def of(model: str) -> Device:
        return _device(Description(kind="yazici", brand="Brother", model=model))

    item = _item(fits=("Brother HL-L2350",))
    assert items.fits(item, of("HL-L2350DW"))
    assert not items.fits(item, of("HL-1110"))
    assert not items.fits(item, _device(Description(kind="yazici")))


def _device(description: Description) -> Device:
    return Device(number=number_of(1), description=description, recorded_at=START)


def _item(**about: Any) -> Item:
    return Item(code="TN-2421", name="Toner", recorded_at=START, **about)


def test_what_is_ordered_is_not_told_again(house: House) -> None:
    item = toner(house)
    house.does("ambar", lambda acting: moving.receive(acting, item.id, 6))
    today = house.now.date()
    for wrong in (today - timedelta(days=1), today + timedelta(days=181)):
        assert refused(house, "ambar", lambda acting, day=wrong: items.order(acting, item.id, day)) == "stock_order_day"
    with pytest.raises(NotAllowed):
        house.does("mehmet", lambda acting: items.order(acting, item.id, today))
    until = today + timedelta(days=7)
    assert house.does("ambar", lambda acting: items.order(acting, item.id, until)).ordered_until == until
    house.does("ambar", lambda acting: moving.give(acting, item.id, 2, "Fen İşleri"))
    said = house.store.read(lambda uow: list(uow.store_events.history(Stream.STOCK, item.id)))
    assert [one.what for one in said if "order" in one.what] == ["ordered"]
    assert house.does("ambar", lambda acting: items.order(acting, item.id, None)).ordered_until is None
    house.does("ambar", lambda acting: items.order(acting, item.id, until))
    house.does("ambar", lambda acting: moving.receive(acting, item.id, 1))
    assert house.store.read(lambda uow: uow.stock.item(item.id)).ordered_until is None, "it came, and is enough"


def test_what_is_taken_back_after_a_month_was_taken_corrects_the_next(house: House) -> None:
    item, ticket = toner(house), ticket_of(house)
    house.does("ambar", lambda acting: moving.receive(acting, item.id, 10))
    used = house.does("mehmet", lambda acting: moving.take(acting, ticket, item.id, 2)).move
    month = Month.of(house.now.date())
    kept = house.does("kemal", lambda acting: queries.consumption(acting, month))
    assert [(line.department, line.quantity) for line in kept.lines] == [("Mali Hizmetler", 2)]
    assert house.does("ambar", lambda acting: page.try_out(acting, StockWish.UNDO, {"move": str(used.id)})) is None
    who = house.ids["kayit"]
    house.store.write(lambda uow: uow.stock.add_print(MonthPrint(month=str(month), at=house.now, by=who)))
    house.now += timedelta(days=31)
    corrected = house.does("ambar", lambda acting: page.try_out(acting, StockWish.UNDO, {"move": str(used.id)}))
    assert corrected == month
    assert house.does("ambar", lambda acting: moving.undo(acting, used.id)).corrects == month
    then = house.does("kemal", lambda acting: queries.consumption(acting, month))
    assert (then.lines, then.corrections) == (kept.lines, []), "a month that is over stays as it was printed"
    now = house.does("kemal", lambda acting: queries.consumption(acting, month.following))
    assert (now.lines, [(one.month, one.undo.delta) for one in now.corrections]) == ([], [(month, 2)])


def test_what_a_mudurluk_asked_for_is_given_and_what_a_printer_takes_is_used(house: House) -> None:
    item = toner(house)
    house.does("ambar", lambda acting: moving.receive(acting, item.id, 10))
    printer = house.records(brand="Brother", model="HL-L2350DW")
    put_in = house.does(
        "mehmet", lambda acting: moving.take(acting, ticket_of_in(acting, "toner-kartus", printer), item.id, 1)
    )
    given = house.does("mehmet", lambda acting: moving.take(acting, ticket_of_in(acting, "sarf-malzeme"), item.id, 2))
    assert (put_in.move.why, given.move.why) == (Why.USED, Why.GIVEN)
    year = house.now.year
    book = house.does("kemal", lambda acting: stock_books.book(acting, year))
    assert [(str(one.line.move.number), one.left) for one in book] == [
        ("SH-2026-00001", 10),
        ("SH-2026-00002", 9),
        ("SH-2026-00003", 7),
    ]
    (on,) = house.does("kemal", lambda acting: stock_books.by_printer(acting, year))
    assert (on.device.id, [(of.code, number) for of, number in on.items]) == (printer.id, [("TN-2421", 1)])
    assert house.does("kemal", lambda acting: stock_books.book(acting, year - 1)) == []
    number = house.store.read(lambda uow: uow.tickets.get(given.move.ticket).number)  # type: ignore[arg-type] # it has one
    asked = house.does("mehmet", lambda acting: stock_books.request(acting, number))
    assert (asked.asked_by, [-move.delta for _, move in asked.lines]) == ("Ayşe Yılmaz", [2])
    house.does("mehmet", lambda acting: moving.undo(acting, given.move.id))
    with pytest.raises(NotFound):
        house.does("mehmet", lambda acting: stock_books.request(acting, number))


def ticket_of_in(acting: Acting, category: str, device: Device | None = None) -> Ticket:
    """One that mehmet holds."""
    reporter = acting.uow.people.by_handle("ayse")
    assert reporter is not None
    ticket = open_ticket(acting.uow, reporter.id, unit="donanim", category=category)  # type: ignore[arg-type] # the same
    ticket.claim(by=acting.person.id, at=acting.now, channel="web")
    acting.uow.tickets.save(ticket)
    if device is not None:
        link = TicketDevice(ticket=ticket.id, device=device.id, role=LinkRole.SUBJECT, sure=True, at=acting.now)
        acting.uow.ticket_devices.put(link)
    return ticket


def test_the_months_list_is_offered_once(house: House) -> None:
    item = toner(house)
    house.does("ambar", lambda acting: moving.receive(acting, item.id, 10))
    house.does("ambar", lambda acting: moving.give(acting, item.id, 2, "Fen İşleri"))

    def offered(day: date, hour: int = 9) -> list[str]:
        at = datetime.combine(day, time(hour), shared_desk().zone)

        def work(uow: UnitOfWork) -> list[str]:
            stock_month.offer(UseCaseContext(desk=shared_desk(), uow=uow, now=at))
            month = uow.job_runs.latest(JobName.STOCK_MONTH, "2026-11")
            year = uow.job_runs.latest(JobName.STOCK_MONTH, "2026-12")
            return [str(one) for one in (month, year) if one is not None]

        return house.store.write(work)

    assert offered(date(2026, 11, 30)) == []
    assert offered(date(2026, 12, 1), 8) == []
    assert offered(date(2026, 12, 1)) == ["stock_month:2026-11:2026-11-01"]
    assert offered(date(2026, 12, 2)) == ["stock_month:2026-11:2026-11-01"]
    assert offered(date(2026, 12, 30)) == ["stock_month:2026-11:2026-11-01"]
    assert len(offered(date(2026, 12, 31))) == 2, "December's in the year's last morning that is worked"
