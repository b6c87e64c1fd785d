"""Who reads which acts and orders, what typed words find, and how the official ledger is held against ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from handlers.context import Acting
from handlers.devices import confirming, depot_orders, handing, history, official_records
from handlers.domain.device_lists import DEPOT, DeviceRow
from handlers.domain.devices import Custody, CustodyKind, Device, DeviceId
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.handovers import Handover, OrderState
from handlers.ports import HandoversWanted, OrdersWanted
from handlers.queries import handover_lists, handovers, reconciling
from handlers.queries.reconciling import Difference, LedgerLine
from tests.handlers.devices.house import House
from tests.storage.builders import open_ticket


@pytest.fixture
def house() -> House:
    return House()


def given(house: House) -> tuple[Device, Handover]:
    """Out of the depot, by an order, to Ayşe; on paper."""
    device = house.records(serial="5CD8123ABC", brand="HP", custody=Custody(kind=CustodyKind.DEPOT))
    order = house.does("mehmet", lambda acting: depot_orders.ask(acting, [device.id], house.ids["ayse"]))
    house.does("kemal", lambda acting: depot_orders.give(acting, order.id))
    made = house.does("mehmet", lambda acting: handing.make(acting, [device.id], house.ids["ayse"]))
    return device, house.does("mehmet", lambda acting: confirming.confirm_on_paper(acting, made.id))


def numbers(house: House, who: str, words: str = "") -> list[str]:
    page = house.does(who, lambda acting: handover_lists.look(acting, HandoversWanted(), words=words))
    return [str(row.handover.number) for row in page.rows]


def test_who_sees_every_device_sees_every_act_others_their_own(house: House) -> None:
    _, made = given(house)
    whole = [str(made.number)]
    for who, seen in (("mehmet", whole), ("fatma", whole), ("kemal", whole), ("kayit", whole), ("zeynep", [])):
        assert numbers(house, who) == seen, who
    with pytest.raises(NotAllowed):
        numbers(house, "hasan")
    with pytest.raises(NotFound):
        house.does("zeynep", lambda acting: handover_lists.one(acting, str(made.number)))
    for who, seen in (("mehmet", 1), ("kemal", 1), ("zeynep", 0)):
        page = house.does(who, lambda acting: handover_lists.orders(acting, OrdersWanted()))
        assert (page.number, page.decides) == (seen, who == "kemal")


def test_papers_open_for_who_may_read_the_act_and_name_no_security_matter(house: House) -> None:
    device = house.records(serial="5CD8123ABC", custody=Custody(kind=CustodyKind.DEPOT))

    def make(acting: Acting) -> Handover:
        ticket = open_ticket(acting.uow, house.ids["ayse"], house.now, unit="yazilim")
        depot_orders.ask(acting, [device.id], house.ids["ayse"], ticket=ticket.id)
        order = depot_orders.waiting_or_standing(acting, [device.id], house.ids["ayse"])
        assert order is not None
        acting.uow.handovers.save_order(replace(order, state=OrderState.GIVEN, decided_by=house.ids["kemal"]))
        return handing.make(acting, [device.id], house.ids["ayse"], ticket=ticket.id)

    made = house.does("mehmet", make)
    written = str(made.number)

    def numbered(who: str) -> list[str]:
        act = house.does(who, lambda acting: handovers.act(acting, written))
        return [act.ticket, *(order.ticket for order in act.orders)]

    with pytest.raises(NotFound):
        house.does("zeynep", lambda acting: handovers.act(acting, written))
    with pytest.raises(NotAllowed):
        house.does("zeynep", lambda acting: confirming.confirm_on_paper(acting, made.id))
    with pytest.raises(NotAllowed):
        house.does("zeynep", lambda acting: confirming.make_code(acting, made.id))
    assert all(numbered("fatma"))

    def hide(acting: Acting) -> None:
        assert made.ticket is not None
        ticket = acting.uow.tickets.get(made.ticket)
        ticket.restricted = True
        acting.uow.tickets.save(ticket)

    house.does("mehmet", hide)
    assert numbered("mehmet") == ["", ""], "its unit is another"
    assert all(numbered("sevgi")), "she leads that unit"


@pytest.mark.parametrize(
    ("words", "found"),
    [("tb-2026-00001", 1), ("5cd8123abc", 1), ("d-00001", 1), ("yılmaz", 1), ("HP", 1), ("hasan", 0), ("TB-2026-7", 0)],
)
def test_an_act_is_found_by_what_anybody_would_type(house: House, words: str, found: int) -> None:
    given(house)
    assert len(numbers(house, "fatma", words)) == found


def test_the_official_number_is_written_by_who_may_and_stands_in_the_history(house: House) -> None:
    device, made = given(house)
    number, day = str(made.number), house.now.date()

    def enter(document: str) -> Callable[[Acting], bool]:
        return lambda acting: official_records.enter(acting, number, document, day)

    with pytest.raises(NotAllowed):
        house.does("mehmet", enter("2026/118"))
    assert [house.does("kayit", enter(one)) for one in ("2026/11", "2026/118", "2026/118")] == [True, True, False]
    row = house.does("kemal", lambda acting: handover_lists.one(acting, number)).row
    assert row.official is not None
    assert row.official.document == "2026/118"
    lines = house.does("kemal", lambda acting: _official_lines(acting, device))
    assert [line["document"] for line in lines] == ["2026/11", "2026/118"]
    with pytest.raises(Invalid, match="official_document"):
        house.does("kayit", enter(" "))


def _told(line: LedgerLine) -> tuple[DeviceId | None, str, str]:
    return None if line.device is None else line.device.id, line.ours, line.theirs


def _official_lines(acting: Acting, device: Device) -> list[dict[str, object]]:
    return [dict(line.after) for line in history.of(acting, device) if line.what == "official"]


def test_differences_from_the_official_ledger(house: House) -> None:
    held, _ = given(house)
    printer = house.records(serial="PHB1234567", asset_no="255.02.01.01.02.01/18/00252")
    rows = [
        DeviceRow(2, {"serial": "5CD8123ABC", "holder": "Hasan Kaya", "asset_no": "255.02.01.01.02.01/19/00031"}),
        DeviceRow(3, {"asset_no": "255.2.1.1.2.1/18/252", "holder": DEPOT}),
        DeviceRow(4, {"serial": "ZZZ999888"}),
    ]
    found = house.does("kayit", lambda acting: reconciling.reconcile(acting, rows, 1))
    told = {
        kind: [(line.device and line.device.id, line.ours, line.theirs) for line in found.lines[kind]]
        for kind in Difference
    }
    assert told == {
        Difference.OURS: [],
        Difference.THEIRS: [(None, "", "")],
        Difference.HOLDER: [(held.id, "Ayşe Yılmaz", "Hasan Kaya"), (printer.id, "ortak kullanım", "depo")],
        Difference.NUMBER: [(held.id, "yok", "255.02.01.01.02.01/19/00031")],
    }
    assert (found.same, found.unread) == (0, 1)
    with pytest.raises(NotAllowed):
        house.does("mehmet", lambda acting: reconciling.reconcile(acting, rows))
