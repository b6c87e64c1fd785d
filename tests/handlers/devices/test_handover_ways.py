"""Ways of handing over: by a code, on paper, to a common area, to people outside; what counts as the order out of the
depot; what papers say of it; who leaves; and what is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from handlers.context import Acting
from handlers.devices import clearing, confirming, depot_orders, handing, losing, recording, taking_back
from handlers.domain.deputies import Deputy
from handlers.domain.devices import Custody, CustodyKind, Device, Ending, TicketDevice
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.handovers import (
    CODE_LIVES,
    CODE_TRIES,
    Direction,
    Handover,
    HandoverPlan,
    HandoverState,
    How,
    OrderMode,
    Problem,
    Returned,
)
from handlers.domain.people import Role
from handlers.queries import handovers as queries
from handlers.queries.handover_papers import Side
from tests.clock import START
from tests.handlers.devices.house import House
from tests.handlers.devices.test_handing import confirmed, given, in_depot, now, refused
from tests.handlers.devices.test_handing import house as house
from tests.scenarios.stage import shared_desk
from tests.storage.builders import open_ticket

TODAY = START.date()


def said(refusal: Invalid) -> str:
    data: dict[str, Any] = {key: value for key, value in refusal.data.items() if key != "key"}
    return shared_desk().texts.render(f"errors/{refusal.reason}", **data)


def saying(house: House, who: str, work: Callable[[Acting], object]) -> str:
    with pytest.raises(Invalid) as caught:
        house.does(who, work)
    return said(caught.value)


# --- the table of bad input, word for word --------------------------------------------------------------
def test_bad_input_is_answered_as_the_design_says(house: House) -> None:
    device = in_depot(house)
    ayse, hasan = house.ids["ayse"], house.ids["hasan"]
    number = device.number
    assert saying(house, "mehmet", lambda acting: handing.make(acting, [device.id], ayse)) == (
        f"{number} depoda. Depodan çıkış için Müdürün emri gerekir (11/26)."
    )
    made = given(house, device)
    assert saying(house, "fatma", lambda acting: handing.make(acting, [device.id], ayse)) == (
        f"{number}'i az önce Mehmet teslim etti ({made.number})."
    )
    house.now += timedelta(days=1)
    assert saying(house, "fatma", lambda acting: handing.make(acting, [device.id], ayse)) == (
        f"{number} için teslim açık: Mehmet {TODAY:%d.%m.%Y} günü başlattı ({made.number}). Onaylanmasını bekleyin ya "
        "da onu iptal edin."
    )
    assert saying(house, "hasan", lambda acting: confirming.confirm(acting, made.id, made.digest)) == (
        "Bu teslim sizin adınıza değil."
    )
    assert saying(house, "ayse", lambda acting: confirming.confirm(acting, made.id, "x")) == (
        "Bu teslim değişti; yeni listeyi onaylayın."
    )
    confirmed(house, "ayse", made)
    assert saying(house, "mehmet", lambda acting: handing.make(acting, [device.id], hasan)) == (
        f"{number} Ayşe Yılmaz'ın zimmetinde. Önce iade alın ya da Devir seçin."
    )
    other = house.records(serial="V-1")

    def leave(acting: Acting) -> None:
        acting.uow.people.save(replace(acting.uow.people.get(hasan), left_at=acting.now))

    house.does("kemal", leave)
    assert saying(house, "mehmet", lambda acting: handing.make(acting, [other.id], hasan)) == (
        "Hasan Kaya ayrılmış görünüyor; zimmet verilemez."
    )


# --- by a code, on paper --------------------------------------------------------------------------------
def test_a_code_read_out_confirms_once_and_for_ten_minutes(house: House) -> None:
    made = given(house, in_depot(house), to="zeynep")  # whose identity nobody checked
    with pytest.raises(NotAllowed):
        house.does("ayse", lambda acting: confirming.make_code(acting, made.id))
    code = house.does("mehmet", lambda acting: confirming.make_code(acting, made.id))
    assert re.fullmatch(r"\d{6}", code)
    house.now += CODE_LIVES
    late = refused(house, "mehmet", lambda acting: confirming.confirm_by_code(acting, made.id, code))
    assert late == "handover_code_over"
    older = code
    code = house.does("mehmet", lambda acting: confirming.make_code(acting, made.id))
    if older != code:
        wrong = refused(house, "mehmet", lambda acting: confirming.confirm_by_code(acting, made.id, older))
        assert wrong == "handover_code_wrong"
    done = house.does("fatma", lambda acting: confirming.confirm_by_code(acting, made.id, f"{code[:3]} {code[3:]}"))
    assert (done.state, done.how, done.channel) == (HandoverState.CONFIRMED, How.CODE, "web")
    assert house.does("mehmet", lambda acting: confirming.confirm_by_code(acting, made.id, "000000")) == done
    assert house.does("mehmet", lambda acting: acting.uow.handovers.code(made.id)).used_at == house.now


def test_after_wrong_ones_or_a_changed_list_a_new_code_is_needed(house: House) -> None:
    one, other = in_depot(house), in_depot(house, "5CD8123A01")
    made = given(house, one, other)
    code = house.does("mehmet", lambda acting: confirming.make_code(acting, made.id))
    less = house.does("ayse", lambda acting: confirming.fall_out(acting, made.id, one.id, Problem.MISSING))

    def typed(acting: Acting, number: str) -> str:
        """As the chat does it: what was counted is kept."""
        try:
            confirming.confirm_by_code(acting, less.id, number)
        except Invalid as refusal:
            return refusal.reason
        return "confirmed"

    answers = [house.does("mehmet", lambda acting: typed(acting, code)) for _ in range(CODE_TRIES + 1)]
    assert answers == ["handover_code_wrong"] * CODE_TRIES + ["handover_code_over"]
    again = house.does("mehmet", lambda acting: confirming.make_code(acting, less.id))
    assert house.does("mehmet", lambda acting: typed(acting, again)) == "confirmed"


def test_a_signed_page_is_kept_with_it_and_can_come_later(house: House) -> None:
    made = given(house, in_depot(house))
    done = house.does("mehmet", lambda acting: confirming.confirm_on_paper(acting, made.id))
    assert (done.how, done.page) == (How.PAPER, "")
    later = house.does("mehmet", lambda acting: confirming.confirm_on_paper(acting, made.id, "dosya"))
    assert house.does("mehmet", lambda acting: confirming.confirm_on_paper(acting, made.id, "x")) == later
    act = house.does("ayse", lambda acting: queries.act(acting, str(made.number)))
    assert (act.has_page, [one.how for one in act.confirmations]) == (True, [How.PAPER])


# --- common areas, people outside ---------------------------------------------------------------------
def test_a_common_area_stands_where_it_was_said_and_its_list_shows_it(house: House) -> None:
    printer = in_depot(house, asset_no="255.02.01.01.02.01/18/00252")
    order = house.does("mehmet", lambda acting: depot_orders.ask(acting, [printer.id], house.ids["ayse"]))
    house.does("kemal", lambda acting: depot_orders.give(acting, order.id))
    where = {"common": True, "stands_at": "3. kat 305"}
    made = house.does("mehmet", lambda acting: handing.make(acting, [printer.id], house.ids["ayse"], **where))
    assert "kimsenin zimmeti değildir" in made.text
    confirmed(house, "ayse", made)
    device = now(house, printer)
    assert (device.custody.kind, device.custody.keeper) == (CustodyKind.SHARED, house.ids["ayse"])
    assert device.place is not None
    listed = house.does("deniz", lambda acting: queries.place_list(acting, device.place))  # type: ignore[arg-type] # there is one
    assert [(one.number, one.act, one.asset_no) for one in listed.devices] == [
        (str(printer.number), str(made.number), "255.02.01.01.02.01/18/00252")
    ]
    assert ([one.name for one in listed.keepers], listed.department) == (["Ayşe Yılmaz"], "Mali Hizmetler")
    assert listed.place.endswith("305")


def test_what_goes_outside_is_signed_on_paper_and_comes_back(house: House) -> None:
    device = in_depot(house)
    due = TODAY + timedelta(days=14)

    def hand(acting: Acting) -> Handover:
        return handing.make_outside(acting, [device.id], "Defne Bilişim", due)

    assert refused(house, "mehmet", hand) == "handover_order_missing"
    about = {"outside": "Defne Bilişim"}
    order = house.does("mehmet", lambda acting: depot_orders.ask(acting, [device.id], house.ids["mehmet"], **about))
    house.does("kemal", lambda acting: depot_orders.give(acting, order.id))
    assert refused(house, "mehmet", lambda acting: handing.make(acting, [device.id], house.ids["mehmet"])) == (
        "handover_order_missing"
    ), "an order for a firm lets nobody else have it"
    made = house.does("mehmet", hand)
    assert f"En geç {due:%d.%m.%Y} günü" in made.text
    assert refused(house, "mehmet", lambda acting: confirming.confirm(acting, made.id, made.digest)) == (
        "handover_outside_signs"
    )
    house.does("mehmet", lambda acting: confirming.confirm_on_paper(acting, made.id))
    assert now(house, device).custody.kind is CustodyKind.AWAY
    act = house.does("kemal", lambda acting: queries.act(acting, str(made.number)))
    assert act.receiver is not None
    assert (act.receiver.name, act.outside, act.due_back) == ("Defne Bilişim", True, due)
    back = house.does("mehmet", lambda acting: taking_back.take_back(acting, {device.id: Returned.WHOLE}))
    assert (back.direction, now(house, device).custody.kind) == (Direction.RETURN, CustodyKind.DEPOT)
    nobody = refused(house, "mehmet", lambda acting: handing.make_outside(acting, [device.id], " ", due))
    assert nobody == "handover_outside_who"
    past = refused(
        house, "mehmet", lambda acting: handing.make_outside(acting, [device.id], "X", TODAY - timedelta(days=1))
    )
    assert past == "handover_due_back"


# --- what counts as the order ---------------------------------------------------------------------------
def test_where_the_signature_comes_first_nothing_leaves_without_it(house: House) -> None:
    house.desk.depot_order = OrderMode.SIGNED_FIRST
    device = in_depot(house)
    ayse = house.ids["ayse"]
    order = house.does("mehmet", lambda acting: depot_orders.ask(acting, [device.id], ayse))
    early = refused(house, "mehmet", lambda acting: depot_orders.sign(acting, order.id, document="2026/1412"))
    assert early == "order_not_given"
    house.does("kemal", lambda acting: depot_orders.give(acting, order.id))
    assert refused(house, "mehmet", lambda acting: handing.make(acting, [device.id], ayse)) == (
        "handover_order_unsigned"
    )
    assert refused(house, "mehmet", lambda acting: depot_orders.sign(acting, order.id)) == "order_document"
    with pytest.raises(NotAllowed):
        house.does("ayse", lambda acting: depot_orders.sign(acting, order.id, document="1"))
    signed = house.does("mehmet", lambda acting: depot_orders.sign(acting, order.id, document="2026/1412"))
    assert house.does("mehmet", lambda acting: depot_orders.sign(acting, order.id, document="9")) == signed
    assert confirmed(house, "ayse", given(house, device, ordered=False)).lines[0].order == order.id


def test_a_standing_order_covers_its_kinds_and_its_days(house: House) -> None:
    house.desk.depot_order = OrderMode.STANDING
    laptop, monitor = in_depot(house), house.records(kind="monitor", serial="M-1", custody=DEPOT)
    ayse = house.ids["ayse"]
    last = TODAY + timedelta(days=7)

    def give(acting: Acting) -> Any:
        return depot_orders.give_standing(acting, ["dizustu"], TODAY, last, "2026/1412")

    with pytest.raises(NotAllowed):
        house.does("fatma", give)
    held = house.does("kemal", give)
    assert house.does("kemal", give) == held, "a second press"
    assert refused(house, "mehmet", lambda acting: handing.make(acting, [laptop.id, monitor.id], ayse)) == (
        "handover_order_missing"
    )
    done = confirmed(house, "ayse", given(house, laptop, ordered=False))
    order = house.does("kemal", lambda acting: acting.uow.handovers.order(done.lines[0].order))  # type: ignore[arg-type] # there is one
    assert (order.standing, order.document, order.decided_by) == (held.id, "2026/1412", house.ids["kemal"])
    assert house.does("kemal", lambda acting: queries.day_orders(acting, TODAY)).signed
    house.does("mehmet", lambda acting: taking_back.take_back(acting, {laptop.id: Returned.WHOLE}))
    assert house.does("kemal", lambda acting: depot_orders.withdraw_standing(acting, held.id))
    assert not house.does("kemal", lambda acting: depot_orders.withdraw_standing(acting, held.id))
    assert refused(house, "mehmet", lambda acting: handing.make(acting, [laptop.id], ayse)) == "handover_order_missing"
    for about, reason in (
        (([], TODAY, last, "1"), "standing_kinds"),
        ((["dizustu"], last, TODAY, "1"), "standing_days"),
        ((["dizustu"], TODAY, last, " "), "standing_document"),
    ):
        assert refused(house, "kemal", lambda acting, of=about: depot_orders.give_standing(acting, *of)) == reason  # type: ignore[misc] # mypy does not see through the default


DEPOT = Custody(kind=CustodyKind.DEPOT)


def test_the_orders_of_a_day_name_who_acted_and_are_signed_at_once(house: House) -> None:
    device = in_depot(house)

    def lend(acting: Acting) -> None:
        acting.uow.deputies.add(
            Deputy(
                person=house.ids["kemal"],
                deputy=house.ids["fatma"],
                role=Role.DIRECTOR,
                unit=None,
                starts=START - timedelta(days=1),
                ends=START + timedelta(days=3),
                document="2026/9",
                document_day=TODAY,
                entered_at=START,
            )
        )
        fatma = acting.uow.people.get(house.ids["fatma"])
        fatma.name = "Fatma Şahin"
        acting.uow.people.save(fatma)

    house.does("kemal", lend)
    order = house.does("mehmet", lambda acting: depot_orders.ask(acting, [device.id], house.ids["ayse"]))
    house.does("fatma", lambda acting: depot_orders.give(acting, order.id))
    day = house.does("kemal", lambda acting: queries.day_orders(acting, TODAY))
    (only,) = day.orders
    assert (only.decided_by, only.receiver.name, day.signed) == ("Fatma Ş. (Müdür V.)", "Ayşe Yılmaz", False)
    assert [one.title for one in only.devices] == ["Dizüstü, HP ProBook 450"]
    assert house.does("kemal", depot_orders.unsigned_days) == {TODAY: 1}
    assert len(house.does("kemal", lambda acting: depot_orders.sign_day(acting, TODAY, page="sayfa"))) == 1
    assert house.does("kemal", lambda acting: depot_orders.sign_day(acting, TODAY, page="sayfa")) == []
    assert house.does("deniz", lambda acting: queries.day_orders(acting, TODAY)).signed
    assert house.does("kemal", lambda acting: queries.day_orders(acting, TODAY - timedelta(days=1))).orders == []
    with pytest.raises(NotAllowed):
        house.does("ayse", lambda acting: queries.day_orders(acting, TODAY))


# --- what papers say ------------------------------------------------------------------------------------
def test_an_act_says_who_what_by_which_order_and_how_it_was_confirmed(house: House) -> None:
    one, other = in_depot(house), in_depot(house, "5CD8123A01")
    made = given(house, one, other)
    less = house.does("ayse", lambda acting: confirming.fall_out(acting, made.id, one.id, Problem.DAMAGED))
    confirmed(house, "ayse", less)
    house.now += timedelta(hours=1)
    short = {other.id: Returned.INCOMPLETE}
    back = house.does("fatma", lambda acting: taking_back.take_back(acting, short, note="şarj aleti yok"))
    act = house.does("ayse", lambda acting: queries.act(acting, str(made.number).lower()))
    assert (act.number, act.state, act.direction) == (str(made.number), HandoverState.CONFIRMED, Direction.GIVE)
    assert act.receiver == Side(name="Ayşe Yılmaz", department="Mali Hizmetler", room="312")
    assert [(line.place, line.device.serial, line.problem) for line in act.lines] == [
        (1, "5CD8123A00", Problem.DAMAGED),
        (2, "5CD8123A01", None),
    ]
    assert [line.order for line in act.standing] == ["CE-2026-00001"]
    assert [order.decided_by for order in act.orders] == ["Kemal (Müdür)"]
    (by,) = act.confirmations
    assert (by.side.name, by.how, by.at, by.channel, by.giving) == ("Ayşe Yılmaz", How.CHAT, START, "web", False)
    assert (act.text, act.digest) == (less.text, less.digest)
    (returned,) = act.came_back
    assert (returned.act, returned.returned, returned.note, returned.at, returned.taken_by) == (
        str(back.number),
        Returned.INCOMPLETE,
        "şarj aleti yok",
        house.now,
        "Fatma",
    )
    for stranger in ("hasan", "admin"):
        with pytest.raises(NotFound):
            house.does(stranger, lambda acting: queries.act(acting, str(made.number)))
    with pytest.raises(NotFound):
        house.does("kemal", lambda acting: queries.act(acting, "TB-2026-09999"))


def test_it_is_for_the_receivers_open_ticket_about_one_of_the_devices(house: House) -> None:
    device = house.records(serial="T-1")

    def report(acting: Acting, who: str, **about: Any) -> str:
        ticket = open_ticket(acting.uow, house.ids[who], house.now, **about)
        acting.uow.ticket_devices.put(TicketDevice(ticket=ticket.id, device=device.id, at=house.now))
        return ticket.number

    number = house.does("kemal", lambda acting: report(acting, "ayse"))
    for who, about in (("hasan", {}), ("ayse", {"restricted": True})):
        house.does("kemal", lambda acting, who=who, about=about: report(acting, who, **about))  # type: ignore[misc] # as above
    plan = HandoverPlan(devices=(device.id,), receiver=house.ids["ayse"])
    made = house.does("mehmet", lambda acting: handing.make_as(acting, plan))
    act = house.does("mehmet", lambda acting: queries.act(acting, str(made.number)))
    assert act.ticket == number


def test_what_somebody_holds_and_keeps_is_theirs_to_see(house: House) -> None:
    device, printer = in_depot(house), house.records(serial="P-1")
    ayse = house.ids["ayse"]
    made = confirmed(house, "ayse", given(house, device))
    kept = house.does("mehmet", lambda acting: handing.make(acting, [printer.id], ayse, common=True))
    confirmed(house, "ayse", kept)
    for who in ("ayse", "kemal", "kayit"):
        found = house.does(who, lambda acting: queries.custody_of(acting, ayse))
        assert [(one.number, one.act, one.since) for one in found.devices] == [
            (str(device.number), str(made.number), TODAY)
        ]
        assert [one.number for one in found.kept] == [str(printer.number)]
    with pytest.raises(NotAllowed):
        house.does("hasan", lambda acting: queries.custody_of(acting, ayse))


# --- who leaves, what is lost -----------------------------------------------------------------------------
def test_who_leaves_gives_all_of_it_back_first(house: House) -> None:
    """Example 9."""
    one, other = in_depot(house), in_depot(house, "5CD8123A01")
    confirmed(house, "ayse", given(house, one, other))
    ayse = house.ids["ayse"]
    for who in ("fatma", "admin", "kayit"):
        assert saying(house, who, lambda acting: clearing.require_clear(acting, ayse)) == (
            "Ayşe Yılmaz'ın üzerinde 2 cihaz var (D-00001, D-00002). Belge, hepsi iade edilince verilir (md. 5/4)."
        )
    for who in ("mehmet", "ayse"):
        with pytest.raises(NotAllowed):
            house.does(who, lambda acting: queries.clearance(acting, ayse))
    house.does("fatma", lambda acting: taking_back.take_back(acting, {one.id: Returned.WHOLE}))
    state = house.does("fatma", lambda acting: queries.clearance(acting, ayse))
    assert (state.clear, [left.number for left in state.devices]) == (False, ["D-00002"])
    back = house.does("fatma", lambda acting: taking_back.take_back(acting, {other.id: Returned.WHOLE}))
    state = house.does("fatma", lambda acting: queries.clearance(acting, ayse))
    assert (state.clear, state.last_return, state.read_at) == (True, str(back.number), START)
    assert house.does("admin", lambda acting: clearing.require_clear(acting, ayse)).clear


def test_what_is_kept_and_what_waits_hold_it_up_too(house: House) -> None:
    printer, device = house.records(serial="P-1"), house.records(serial="W-1")
    ayse = house.ids["ayse"]
    kept = house.does("mehmet", lambda acting: handing.make(acting, [printer.id], ayse, common=True))
    confirmed(house, "ayse", kept)
    waiting = given(house, device, ordered=False)
    assert saying(house, "fatma", lambda acting: clearing.require_clear(acting, ayse)) == (
        f"Ayşe Yılmaz'ın sorumlusu olduğu ortak alanda 1 cihaz var (D-00001). Onay bekleyen teslimi var "
        f"({waiting.number}). Belge, hepsi iade edilince verilir (md. 5/4)."
    )


def test_what_is_lost_stays_in_its_zimmet_and_with_a_disk_is_a_security_matter(house: House) -> None:
    laptop, monitor = in_depot(house), house.records(kind="monitor", serial="M-1")
    ayse = house.ids["ayse"]
    confirmed(house, "ayse", given(house, laptop))
    with pytest.raises(NotAllowed):
        house.does("hasan", lambda acting: losing.report(acting, laptop.id))
    loss = house.does("ayse", lambda acting: losing.report(acting, laptop.id))
    assert loss.ticket is not None
    assert (loss.device.ending, loss.ticket.restricted, loss.ticket.reporter) == (Ending.LOST, True, ayse)
    seen = {
        who: [one.number for one in house.does(who, lambda acting: clearing.look(acting, ayse)).tickets]
        for who in ("fatma", "admin", "sevgi", "kemal")
    }
    number = loss.ticket.number
    assert seen == {"fatma": [], "admin": [], "sevgi": [number], "kemal": [number]}, "a security matter is theirs alone"
    again = house.does("ayse", lambda acting: losing.report(acting, laptop.id))
    assert (again.ticket, again.is_new) == (None, False)
    held = house.does("ayse", lambda acting: queries.custody_of(acting, ayse))
    assert [(one.number, one.lost) for one in held.devices] == [(str(laptop.number), True)]
    taken = {laptop.id: Returned.WHOLE}
    assert refused(house, "mehmet", lambda acting: taking_back.take_back(acting, taken)) == "device_lost"
    assert house.does("mehmet", lambda acting: losing.find(acting, laptop.id))
    assert not house.does("mehmet", lambda acting: losing.find(acting, laptop.id))
    house.does("mehmet", lambda acting: taking_back.take_back(acting, taken))
    waiting = given(house, monitor, ordered=False)
    assert house.does("fatma", lambda acting: losing.report(acting, monitor.id)).ticket is None
    over = house.does("fatma", lambda acting: acting.uow.handovers.get(waiting.id))
    assert over.state is HandoverState.CANCELLED


def test_a_plan_comes_back_as_it_was_written() -> None:
    plan = HandoverPlan(
        devices=(1, 2),  # type: ignore[arg-type] # ids
        accessories=("şarj aleti: 65 W", ""),
        common=True,
        stands_at="3. kat",
        outside="",
        due_back=date(2026, 12, 15),
    )
    assert HandoverPlan.read(plan.written) == plan
    assert plan.written.isascii()


def test_a_device_goes_to_its_receivers_room(house: House) -> None:
    device = house.records(kind="dizustu", serial="Z-1", place="depo", custody=DEPOT)
    confirmed(house, "ayse", given(house, device))
    after: Device = now(house, device)
    assert house.does("kemal", lambda acting: queries.custody_of(acting, house.ids["ayse"])).devices[0].place == "312"
    assert after.department == "Mali Hizmetler"
    moved = house.does("mehmet", lambda acting: recording.move(acting, device.id, "4. kat 401"))
    assert moved.custody == after.custody
