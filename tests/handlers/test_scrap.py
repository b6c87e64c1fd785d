"""Scrapping: who may, what speaks against it, and what each step refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.context import Acting
from handlers.domain.devices import Custody, CustodyKind, LinkRole, TicketDevice
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.scrap import CommissionMember, DiskFate, Disposal, ScrapReason
from handlers.domain.store_events import Stream
from handlers.ports import UnitOfWork
from handlers.queries import scrap as queries
from handlers.scrap import deciding, proposing
from tests.handlers.devices.house import House
from tests.storage.builders import open_ticket

COMMISSION = (
    CommissionMember(name="Ali Öz", expert=True),
    CommissionMember(name="Ayşe Yılmaz"),
    CommissionMember(name="Hasan Kaya"),
)


@pytest.fixture
def house() -> House:
    return House()


def refused(house: House, who: str, work: Callable[[Acting], object]) -> str:
    with pytest.raises(Invalid) as refusal:
        house.does(who, work)
    return refusal.value.reason


def test_what_speaks_against_proposing(house: House) -> None:
    custody = Custody(kind=CustodyKind.PERSON, holder=house.ids["hasan"])
    held, busy, free = house.records(custody=custody), house.records(model="M15w"), house.records(model="M404dn")

    def ticket(uow: UnitOfWork, category: str) -> None:
        made = open_ticket(uow, house.ids["ayse"], unit="donanim", category=category)
        device = busy.id if category != "hurda" else free.id
        link = TicketDevice(ticket=made.id, device=device, role=LinkRole.SUBJECT, sure=True, at=house.now)
        uow.ticket_devices.put(link)

    for category in ("toner-kartus", "hurda"):
        house.store.write(lambda uow, c=category: ticket(uow, c))
    for device, reason in ((held, "scrap_in_custody"), (busy, "scrap_open_ticket")):
        assert refused(house, "mehmet", lambda a, d=device: proposing.propose(a, d.id, ScrapReason.BROKEN)) == reason
    for who in ("ayse", "kemal", "deniz", "kayit"):
        with pytest.raises(NotAllowed):
            house.does(who, lambda acting: proposing.propose(acting, free.id, ScrapReason.BROKEN))
    proposal, line = house.does("mehmet", lambda a: proposing.propose(a, free.id, ScrapReason.BROKEN, opinion=" Eski "))
    assert (str(proposal.number), line.opinion) == ("HT-2026-001", "Eski"), "a ticket that asks for it is no reason"
    assert refused(house, "mehmet", lambda a: proposing.propose(a, free.id, ScrapReason.BROKEN)) == "scrap_listed"
    with pytest.raises(NotAllowed):
        house.does("zeynep", lambda acting: proposing.take_back(acting, proposal.id, free.id))
    house.does("mehmet", lambda acting: proposing.take_back(acting, proposal.id, free.id))
    lines = house.store.read(lambda uow: uow.store_events.history(Stream.DEVICE, free.id))
    assert [one.what for one in lines[-2:]] == ["proposed_scrap", "scrap_taken_back"]
    assert refused(house, "fatma", lambda acting: deciding.check(acting, proposal.id)) == "scrap_empty"


def test_the_steps_follow_each_other(house: House) -> None:
    device = house.records(model="M404dn")
    proposal, _ = house.does("mehmet", lambda a: proposing.propose(a, device.id, ScrapReason.LIFE_OVER))
    key = proposal.id
    for fate in (DiskFate.WIPED, DiskFate.DESTROYED):
        assert refused(house, "mehmet", lambda a, f=fate: proposing.say_disk(a, key, device.id, f)) == "scrap_disk_how"
    house.does("mehmet", lambda acting: proposing.say_disk(acting, key, device.id, DiskFate.WIPED, "üç geçiş"))
    house.does("mehmet", lambda acting: proposing.describe(acting, key, device.id, opinion="Anakart", file="f1"))
    with pytest.raises(NotAllowed):
        house.does("mehmet", lambda acting: deciding.check(acting, key))
    house.does("fatma", lambda acting: deciding.check(acting, key))
    other = house.records(model="M15w")
    assert refused(house, "mehmet", lambda a: proposing.propose(a, other.id, ScrapReason.BROKEN, into=key)) == (
        "scrap_closed"
    )
    for act, reason in (
        (lambda acting: deciding.dispose(acting, key, device.id, Disposal.MKE), "scrap_unapproved"),
        (lambda acting: deciding.write_slip(acting, key, "1"), "scrap_unapproved"),
        (lambda acting: deciding.write_verdicts(acting, key, {}), "scrap_no_commission"),
    ):
        assert refused(house, "fatma", act) == reason
    unsure = tuple(CommissionMember(name=one.name) for one in COMMISSION)
    assert refused(house, "kemal", lambda acting: deciding.appoint(acting, key, unsure)) == "scrap_commission"
    house.does("fatma", lambda acting: deciding.open_again(acting, key))
    page = house.does("deniz", lambda acting: queries.one(acting, "HT-2026-001"))
    (shown,) = page.devices
    assert (shown.line.opinion, shown.line.disk_note) == ("Anakart", "üç geçiş")
    assert [page.checks, page.decides, page.proposes] == [False] * 3
    with pytest.raises(NotAllowed):
        house.does("ayse", lambda acting: queries.look(acting))
