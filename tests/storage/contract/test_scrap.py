"""What `uow.scrap` promises, and example 13 of the stores, on every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.context import Acting
from handlers.domain.devices import Custody, CustodyKind, Description, Device, DeviceId, Ending, number_of
from handlers.domain.errors import Invalid, NotAllowed, NotFound, Stale
from handlers.domain.numbers import Number, Series
from handlers.domain.people import PersonId
from handlers.domain.scrap import (
    CommissionMember,
    DiskFate,
    Disposal,
    ScrapId,
    ScrapLine,
    ScrapProposal,
    ScrapReason,
    Verdict,
)
from handlers.domain.stock import Why
from handlers.ports import Transactions, UnitOfWork
from handlers.scrap import deciding, proposing
from handlers.stock import items
from handlers.stock.items import Said
from tests.clock import START
from tests.handlers.devices.house import House
from tests.handlers.test_scrap import COMMISSION, refused
from tests.storage.builders import add_person


def begun(uow: UnitOfWork) -> tuple[ScrapProposal, PersonId, DeviceId]:
    who = add_person(uow, "mehmet")
    printer = Device(number=number_of(1), description=Description(kind="yazici"), recorded_at=START)
    device = uow.devices.add(printer).id
    line = ScrapLine(device=device, reason=ScrapReason.BROKEN, proposed_by=who, proposed_at=START)
    number = Number(Series.SCRAP_PROPOSAL, 2026, 1)
    made = ScrapProposal(number=number, lines=(line,), opened_at=START, opened_by=who)
    return uow.scrap.add(made), who, device


def test_a_proposal_is_kept_with_its_lines_and_commission(store: Transactions) -> None:
    proposal, who, device = store.write(begun)
    assert store.read(lambda uow: uow.scrap.get(proposal.id)) == proposal
    assert store.read(lambda uow: (uow.scrap.by_number("HT-2026-001"), uow.scrap.collecting())) == (proposal, proposal)
    line = replace(
        proposal.lines[0],
        opinion="Anakart arızalı",
        file="f1",
        disk=DiskFate.WIPED,
        disk_note="üç geçiş",
        verdict=Verdict.FIT,
        disposal=Disposal.MKE,
        disposal_note="12",
    )
    members = (CommissionMember(name="Ali", expert=True), CommissionMember(name="Ayşe", person=who))
    changed = replace(
        proposal.with_line(line),
        checked_at=START,
        checked_by=who,
        commission=members,
        commissioned_at=START,
        commissioned_by=who,
        approved_at=START,
        approved_by=who,
        approved_on=date(2026, 12, 1),
        document="E-1",
        slip="VİF-1",
    )
    saved = store.write(lambda uow: uow.scrap.save(changed))
    assert store.read(lambda uow: uow.scrap.get(proposal.id)) == saved
    assert store.read(lambda uow: uow.scrap.collecting()) is None
    assert store.read(lambda uow: [uow.scrap.shows(one) for one in ("f1", "f2", "")]) == [True, False, False]
    assert store.read(lambda uow: uow.scrap.of_devices([device, DeviceId(99_999)])) == {device: saved}
    assert store.read(lambda uow: uow.scrap.of_devices([])) == {}
    with pytest.raises(Stale):
        store.write(lambda uow: uow.scrap.save(changed))
    with pytest.raises(NotFound):
        store.read(lambda uow: uow.scrap.get(ScrapId(99_999)))
    zeynep = store.write(lambda uow: add_person(uow, "zeynep"))
    store.write(lambda uow: uow.scrap.move(who, zeynep))
    assert store.read(lambda uow: (uow.scrap.count_of(who), uow.scrap.count_of(zeynep))) == (0, 2)
    assert [one.id for one in store.read(lambda uow: uow.scrap.latest())] == [proposal.id]


def test_example_13(store: Transactions) -> None:
    """A commission of two is refused, an unanswered disk, too; one of three stays; parts go into the depot."""
    house = House(store)
    devices = [house.records(model=f"M40{place}", serial=f"CND12345{place}") for place in range(3)]
    key = ScrapId(0)
    for one in devices:
        proposal, _ = house.does("mehmet", lambda a, d=one: proposing.propose(a, d.id, ScrapReason.NOT_WORTH_IT))
        key = proposal.id
    for one in devices[:2]:
        house.does("mehmet", lambda a, d=one: proposing.say_disk(a, key, d.id, DiskFate.REMOVED))
    assert refused(house, "fatma", lambda acting: deciding.check(acting, key)) == "scrap_disk"
    house.does("mehmet", lambda acting: proposing.say_disk(acting, key, devices[2].id, DiskFate.NONE))
    assert refused(house, "kemal", lambda acting: deciding.appoint(acting, key, COMMISSION)) == "scrap_unchecked"
    house.does("fatma", lambda acting: deciding.check(acting, key))
    assert refused(house, "kemal", lambda acting: deciding.appoint(acting, key, COMMISSION[:2])) == "scrap_commission"
    with pytest.raises(NotAllowed):
        house.does("fatma", lambda acting: deciding.appoint(acting, key, COMMISSION))
    house.does("kemal", lambda acting: deciding.appoint(acting, key, COMMISSION))
    said = {devices[0].id: (Verdict.FIT, ""), devices[1].id: (Verdict.FIT, ""), devices[2].id: (Verdict.UNFIT, "")}
    assert refused(house, "fatma", lambda a: deciding.write_verdicts(a, key, said)) == "scrap_verdict_reason"
    said[devices[2].id] = (Verdict.UNFIT, "Onarılabilir")
    day = house.now.date()
    assert refused(house, "kemal", lambda a: deciding.approve(a, key, "E-1", day)) == "scrap_undecided"
    house.does("fatma", lambda acting: deciding.write_verdicts(acting, key, said))
    held = devices[0]

    def is_with(acting: Acting, custody: Custody) -> None:
        acting.uow.devices.save(replace(acting.uow.devices.get(held.id), custody=custody))

    with_ayse = Custody(kind=CustodyKind.PERSON, holder=house.ids["ayse"])
    house.does("mehmet", lambda acting: is_with(acting, with_ayse))  # handed over since it was proposed
    assert refused(house, "kemal", lambda a: deciding.approve(a, key, "E-1412", day)) == "scrap_in_custody"
    house.does("mehmet", lambda acting: is_with(acting, held.custody))
    house.does("kemal", lambda acting: deciding.approve(acting, key, "E-1412", day))
    endings = [store.read(lambda uow, d=one: uow.devices.get(d.id).ending) for one in devices]
    assert endings == [Ending.WRITTEN_OFF, Ending.WRITTEN_OFF, None]
    part = house.does("ambar", lambda acting: items.record(acting, Said(code="RAM-8")))
    keep = (key, devices[0].id, part.id, 2)
    assert refused(house, "ambar", lambda acting: deciding.keep_part(acting, *keep)) == "scrap_no_parts"
    house.does("ambar", lambda acting: deciding.dispose(acting, key, devices[0].id, Disposal.PARTS))
    assert house.does("ambar", lambda acting: deciding.keep_part(acting, *keep)).left == 2
    (move,) = store.read(lambda uow: uow.stock.moves(part.id))
    assert (move.why, move.document, move.note) == (Why.SALVAGED, "HT-2026-001", "D-00001")
    with pytest.raises(Invalid) as told:
        house.does("mehmet", lambda a: proposing.propose(a, devices[0].id, ScrapReason.BROKEN))
    assert (told.value.reason, told.value.data["ref"]) == ("device_written_off", "HT-2026-001")
    again, _ = house.does("mehmet", lambda a: proposing.propose(a, devices[2].id, ScrapReason.BROKEN))
    assert str(again.number) == "HT-2026-002", "what stayed may be proposed once more"
