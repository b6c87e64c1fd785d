"""Whom tickets wait for, and service forms: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from handlers.context import Acting
from handlers.contracts import forms, waiting
from handlers.contracts.forms import SaidOfVisit
from handlers.domain.devices import Custody, CustodyKind, Device, LinkRole, TicketDevice
from handlers.domain.errors import Invalid, NotAllowed, NotFound, Stale
from handlers.domain.numbers import Series
from handlers.domain.services import Disk, ServiceVisit, SwappedPart, VendorWait, VisitId, VisitState, WaitId
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.domain.vendors import Vendor
from handlers.messages import plain
from handlers.ports import Transactions, UnitOfWork, VisitsWanted
from handlers.tickets import waits, work
from tests.clock import START
from tests.handlers.devices.house import House
from tests.scenarios.stage import shared_desk
from tests.storage.builders import open_ticket


def served(store: Transactions) -> tuple[House, Device, Ticket, Vendor]:
    """A ticket of mehmet's about a device in somebody's custody, and a firm."""
    house = House(store)
    held = Custody(kind=CustodyKind.PERSON, holder=house.ids["ayse"])
    device = house.records(kind="dizustu", serial="OLD1", custody=held, who="fatma")

    def work(uow: UnitOfWork) -> tuple[Ticket, Vendor]:
        ticket = open_ticket(uow, house.ids["ayse"])
        ticket.claim(by=house.ids["mehmet"], at=START, channel="web")
        uow.tickets.save(ticket)
        link = TicketDevice(ticket=ticket.id, device=device.id, role=LinkRole.SUBJECT, sure=True, at=START)
        uow.ticket_devices.put(link)
        return ticket, uow.vendors.add(Vendor(name="ABC Bilişim", recorded_at=START))

    ticket, firm = store.write(work)
    return house, device, ticket, firm


def waits_for(house: House, ticket: Ticket, firm: Vendor) -> VendorWait:
    def work(acting: Acting) -> VendorWait:
        own = acting.uow.tickets.get(ticket.id)
        waits.wait(acting, own, State.WAITING_VENDOR)
        made = waiting.wait_for(acting, own, firm.id)
        assert made is not None
        return made

    return house.does("mehmet", work)


def test_waits_and_forms_come_back(store: Transactions) -> None:
    house, device, ticket, firm = served(store)
    who = house.ids["mehmet"]

    def add(uow: UnitOfWork) -> tuple[VendorWait, ServiceVisit]:
        about: dict[str, Any] = {"ticket": ticket.id, "vendor": firm.id, "device": device.id}
        gone = {"left_at": START, "left_by": who, "disk": Disk.REMOVED, "came_from": device.custody}
        wait = uow.vendor_waits.add(VendorWait(**about, **gone, at=START, by=who, covered_until=date(2027, 7, 17)))
        number = uow.counters.next(Series.SERVICE_VISIT, 2026)
        parts = (SwappedPart("ana kart", "A1", "A2"),)
        said = {"came_at": START, "done": "değişti %", "made_by": who, "parts": parts, "in_warranty": True}
        return wait, uow.service_visits.add(ServiceVisit(**about, **said, number=number, wait=wait.id))

    wait, visit = store.write(add)
    assert store.read(lambda uow: uow.vendor_waits.get(wait.id)) == wait
    assert store.read(lambda uow: uow.vendor_waits.of_ticket(ticket.id)) == wait
    assert store.read(lambda uow: uow.vendor_waits.of_device(device.id)) == [wait]
    assert store.read(lambda uow: uow.vendor_waits.of_vendors_lately()) == [firm.id]
    assert store.read(lambda uow: uow.vendor_waits.out()) == [wait]
    assert store.read(lambda uow: uow.service_visits.numbered(visit.number)) == visit
    assert store.read(lambda uow: uow.service_visits.of_ticket(ticket.id)) == [visit]
    for wanted, found in (
        (VisitsWanted(year=2026, words="abc A2"), [visit]),
        (VisitsWanted(words="%%"), []),
        (VisitsWanted(year=2025), []),
        (VisitsWanted(states=frozenset({VisitState.OPEN}), vendor=firm.id), [visit]),
    ):
        assert store.read(lambda uow, wanted=wanted: uow.service_visits.wanted(wanted)) == found  # type: ignore[misc] # mypy does not see through the default
        assert store.read(lambda uow, wanted=wanted: uow.service_visits.count(wanted)) == len(found)  # type: ignore[misc] # the same
    back = store.write(lambda uow: uow.vendor_waits.save(replace(wait, back_at=START)))
    assert store.read(lambda uow: uow.vendor_waits.out()) == []
    saved = store.write(lambda uow: uow.service_visits.save(replace(visit, done="x", form="dosya")))
    assert store.read(lambda uow: uow.service_visits.forms_among({"dosya", "x", ""})) == {"dosya"}
    assert store.read(lambda uow: [uow.service_visits.count_of(house.ids[one]) for one in ("mehmet", "ayse")]) == [1, 0]
    assert store.read(lambda uow: uow.service_visits.forms_among(())) == frozenset()
    for stale in (lambda uow: uow.vendor_waits.save(wait), lambda uow: uow.service_visits.save(visit)):
        with pytest.raises(Stale):
            store.write(stale)
    for gone in (
        lambda uow: uow.vendor_waits.get(WaitId(99_999)),
        lambda uow: uow.service_visits.get(VisitId(99_999)),
    ):
        with pytest.raises(NotFound):
            store.read(gone)
    other = house.ids["zeynep"]
    store.write(lambda uow: (uow.vendor_waits.move(who, other), uow.service_visits.move(who, other)))
    assert store.read(lambda uow: uow.vendor_waits.get(back.id)).left_by == other
    assert store.read(lambda uow: uow.service_visits.get(saved.id)).made_by == other


def test_a_device_goes_with_its_disk_by_a_leads_press_and_comes_back_to_its_holder(store: Transactions) -> None:
    house, device, ticket, firm = served(store)
    wait = waits_for(house, ticket, firm)

    def out(acting: Acting) -> VendorWait:
        return waiting.send_out(acting, acting.uow.tickets.get(ticket.id), Disk.WITH_DISK)

    with pytest.raises((NotAllowed, NotFound)):
        house.does("zeynep", out)
    assert house.does("mehmet", out).left_at is None
    with pytest.raises(NotAllowed):
        house.does("mehmet", lambda acting: waiting.allow_disk(acting, wait.id))
    assert house.does("fatma", lambda acting: waiting.allow_disk(acting, wait.id)).left_at == START
    assert store.read(lambda uow: uow.devices.get(device.id)).custody.kind is CustodyKind.SERVICE
    with pytest.raises(Invalid):
        house.does("mehmet", out)
    visit = house.does("mehmet", lambda acting: forms.came(acting, acting.uow.tickets.get(ticket.id)))
    assert str(visit.number) == "SF-2026-00001"
    assert store.read(lambda uow: uow.devices.get(device.id)).custody.holder == house.ids["ayse"]
    again = house.does("mehmet", lambda acting: forms.came(acting, acting.uow.tickets.get(ticket.id)))
    assert again.id == visit.id, "a second press finds it"


def test_a_whole_device_is_swapped_when_its_form_is_approved(store: Transactions) -> None:
    """Taşınır Mal Yönetmeliği m.27/4."""
    house, device, ticket, firm = served(store)
    waits_for(house, ticket, firm)
    visit = house.does("mehmet", lambda acting: forms.came(acting, acting.uow.tickets.get(ticket.id)))
    with pytest.raises(Invalid) as refusal:
        house.does("mehmet", lambda acting: forms.submit(acting, visit))
    told = plain(shared_desk().texts.render(f"errors/{refusal.value.reason}", **refusal.value.data)).strip()
    assert told == "Servis formunun fotoğrafı ya da dosyası olmadan onaya gitmez."
    said = SaidOfVisit(done="cihaz değişti", parts="ana kart: A1 -> A2\n", new_serial="NEW1")
    visit = house.does("mehmet", lambda acting: forms.correct(acting, visit.id, said))
    assert visit.parts == (SwappedPart("ana kart", "A1", "A2"),)
    for wrong in (SaidOfVisit(parts="ana kart"), SaidOfVisit(parts="x: → "), SaidOfVisit(charged="x" * 121)):
        with pytest.raises(Invalid):
            house.does("mehmet", lambda acting, wrong=wrong: forms.correct(acting, visit.id, wrong))  # type: ignore[misc] # mypy does not see through the default
    with pytest.raises(Invalid):
        house.does("fatma", lambda acting: forms.approve(acting, visit.id))
    visit = house.does("mehmet", lambda acting: forms.excuse_form(acting, visit, "bırakmadı"))
    house.does("mehmet", lambda acting: forms.submit(acting, visit))
    for who in ("mehmet", "sevgi", "deniz", "ayse"):
        with pytest.raises(NotAllowed):
            house.does(who, lambda acting: forms.approve(acting, visit.id))
    house.now = START + timedelta(hours=1)
    done = house.does("fatma", lambda acting: forms.approve(acting, visit.id))
    assert (done.state, done.approved_by) == (VisitState.APPROVED, house.ids["fatma"])
    assert house.does("fatma", lambda acting: forms.approve(acting, visit.id)) == done, "a second press is none"
    old = store.read(lambda uow: uow.devices.get(device.id))
    new = store.read(lambda uow: uow.devices.by_number(2))
    assert new is not None
    assert (old.custody.kind, new.custody.holder) == (CustodyKind.AWAY, house.ids["ayse"])
    assert (new.description.serial, new.description.asset_no) == ("NEW1", "")
    with pytest.raises(Invalid):
        house.does("mehmet", lambda acting: forms.correct(acting, visit.id, said))


def test_what_is_typed_as_a_firm_is_called_is_that_firm_and_other_words_are_words(store: Transactions) -> None:
    house, device, ticket, firm = served(store)

    def typed(text: str) -> None:
        def act(acting: Acting) -> None:
            own = acting.uow.tickets.get(ticket.id)
            waits.wait(acting, own, State.WAITING_VENDOR)
            work.describe_wait(acting, own, State.WAITING_VENDOR, text)

        house.does("mehmet", act)

    typed("ABC gelecek")
    assert store.read(lambda uow: uow.vendor_waits.of_ticket(ticket.id)) is None
    typed("abc BİLİŞİM")
    wait = store.read(lambda uow: uow.vendor_waits.of_ticket(ticket.id))
    assert wait is not None
    assert (wait.vendor, wait.device) == (firm.id, device.id)
