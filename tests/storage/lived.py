"""A desk with a life behind it, as the real handlers leave it: tickets in every state, a platform's room beside the
embedded ones, deliveries, an attachment, a summary, a code and a session."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from handlers.domain.absences import Absence, AbsenceKind, Choice, Fate
from handlers.domain.anchors import next_anchor
from handlers.domain.announcements import Announcement, Reader
from handlers.domain.approvals import Approval, ApprovalKind
from handlers.domain.breaches import Breach
from handlers.domain.brought_lists import RowFate, RowKind
from handlers.domain.calendar import WorkPattern, weekdays
from handlers.domain.canned_replies import CannedReply
from handlers.domain.checklists import Checklist, Item, TicketChecklist
from handlers.domain.counts import Count, Counter, CountLine, SeenBy
from handlers.domain.counts import Scope as CountScope
from handlers.domain.departments import Department, FormerName, Merge
from handlers.domain.deputies import Deputy
from handlers.domain.device_lists import DeviceImport, DeviceRow, ListedDevice
from handlers.domain.devices import (
    Custody,
    CustodyKind,
    Description,
    Device,
    DeviceId,
    DeviceMerge,
    Ending,
    Label,
    TicketDevice,
)
from handlers.domain.document_tracks import DocumentKind, DocumentTrack, Result
from handlers.domain.handovers import (
    DepotOrder,
    Direction,
    Handover,
    HandoverCode,
    HandoverLine,
    HandoverState,
    How,
    OrderState,
    StandingOrder,
)
from handlers.domain.house_settings import StoredSetting
from handlers.domain.house_texts import HouseText, TextKind
from handlers.domain.idempotency import note_forwarded
from handlers.domain.maintenances import Maintenance
from handlers.domain.months import Month, MonthFigures, MonthLock
from handlers.domain.numbers import EVER, Series
from handlers.domain.officers import Office, Officer
from handlers.domain.official_records import OfficialRecord
from handlers.domain.outages import Cause, JoinedTicket, NoteAnswer, NoteQuestion, Outage, OutageUpdate
from handlers.domain.people import PersonId, Role
from handlers.domain.people_joins import Look, PeopleJoin, standing_of
from handlers.domain.places import Place, PlaceMerge, Spot
from handlers.domain.programs import Program, Seat
from handlers.domain.push import PushSubscription
from handlers.domain.recommendations import Recommendation
from handlers.domain.recounts import Recount
from handlers.domain.recurring import Every, Recurring, Rhythm
from handlers.domain.rota import Duty
from handlers.domain.saved_views import SavedView
from handlers.domain.scrap import CommissionMember, DiskFate, ScrapLine, ScrapProposal, ScrapReason, Verdict
from handlers.domain.services import Disk, ServiceVisit, SwappedPart, VendorWait, VisitState
from handlers.domain.sightings import ItemType, PageCount, Seen, Sighting
from handlers.domain.sightings import Link as SightingLink
from handlers.domain.staff_lists import ListedRow, StaffImport, StaffRow
from handlers.domain.states import Priority
from handlers.domain.stock import Item as StockItem
from handlers.domain.stock import ItemId, MonthPrint, PendingUse, StockMove, Why
from handlers.domain.store_events import StoreEvent, Stream
from handlers.domain.symptoms import Proposal, Scope
from handlers.domain.systems import System
from handlers.domain.targets import Target, TargetRule
from handlers.domain.terms import CertificateRead, Line, Term, TermKind, TermState
from handlers.domain.ticket import TicketId
from handlers.domain.trainings import Answer, Participant, Training
from handlers.domain.vendors import Vendor
from handlers.messages import Delivered, GaveUp
from handlers.people import join_codes
from handlers.ports import Conversation, Session, UnitOfWork
from tests.clock import START, FakeClock
from tests.scenarios.stage import Stage, open_stage
from tests.storage.builders import arrival

GROUP = "telegram:r:-5001"
SUPERGROUP = -1001234567890
LATER = START + timedelta(hours=1)
ENDED = START + timedelta(days=2)
"""When the life below is over."""


def lived_in(folder: Path) -> str:
    """The URL of a copy in that folder; attachments beside it in `files`."""
    shutil.copytree(_lived_once(), folder, dirs_exist_ok=True)
    return f"sqlite:///{folder / 'masa.db'}"


@cache
def _lived_once() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="masa-lived-"))
    with ThreadPoolExecutor(1) as apart:  # whoever asks first may be in a loop of its own
        apart.submit(asyncio.run, _live(folder)).result()
    return folder


async def _live(folder: Path) -> None:
    clock = FakeClock()
    async with open_stage(folder, "web", clock) as stage:
        await stage.app.gateway.write(_add_a_group)
        await _tickets(stage, clock)
        await stage.app.gateway.write(_deliver)
        await stage.app.gateway.write(_move_the_group)
        await stage.app.gateway.write(_leave_something_waiting)
        clock.set(START.replace(hour=15))
        await stage.tick()
        await stage.app.gateway.write(lambda uow: _write_of_a_store(uow, "closed"))
        clock.set(ENDED)


async def _tickets(stage: Stage, clock: FakeClock) -> None:
    ayse, hasan = stage.person("ayse"), stage.person("hasan")
    room, private = stage.in_room("mehmet", "donanim"), stage.person("mehmet")
    await ayse.says("yazıcı çıktı vermiyor", files={"ekran.png": b"\x89PNG not really"})
    await ayse.presses("Teknisyene ilet")
    clock.advance(minutes=1)
    await hasan.says("bilgisayarım açılmıyor, güç tuşuna basınca ses yok")
    await hasan.presses("Teknisyene ilet")
    clock.advance(minutes=1)
    await room.presses("Üstlen")
    await room.presses("Beklet")
    await room.presses("Malzeme")
    await room.says("güç kaynağı")
    await room.presses("Devam et")
    await room.presses("Tamamladım")
    await room.says("güç kaynağı değişti")
    await hasan.presses("Evet, çalışıyor")
    clock.advance(minutes=1)
    await private.says("/adina hasan: el terminali açılmıyor")
    await private.presses("Kayıt aç")
    await room.presses("Üstlen", on=await room.last("card"))
    await room.presses("Diğer", on=await room.last("card"))
    await room.presses("Önceliği değiştir", on=await room.last("card"))
    await room.presses("Düşük", on=await room.last("card"))
    await stage.person("veli").says("merhaba")


def _add_a_group(uow: UnitOfWork) -> None:
    uow.conversations.ensure(Conversation(address=GROUP, channel="telegram", unit="donanim", is_room=True))


def _deliver(uow: UnitOfWork) -> None:
    """The first two arrive, the third does not."""
    for place in range(3):
        (delivery,) = uow.outbox.lease("relay", LATER, 1, 60, channel="telegram")
        outcome = Delivered(str(place)) if place < 2 else GaveUp("chat not found")
        uow.outbox.record_outcome(delivery.id, outcome, LATER + timedelta(seconds=place))


def _move_the_group(uow: UnitOfWork) -> None:
    """It becomes a supergroup, in which a ticket has a topic."""
    card = next(message for message in uow.timeline.page(GROUP) if message.kind == "card")
    assert card.ticket is not None
    uow.group_chats.migrated(-5001, SUPERGROUP, LATER)
    uow.group_chats.topic_opened(SUPERGROUP, 41, ticket=card.ticket, card=card.id, at=LATER)
    uow.once.first(note_forwarded(1), LATER)


def _leave_something_waiting(uow: UnitOfWork) -> None:
    person = uow.people.by_handle("ayse")
    assert person is not None
    uow.inbox.accept([arrival("telegram:1", GROUP)], now=ENDED, owner=None)
    _write_down_working_time(uow)
    _go_on_leave(uow)
    reply = uow.canned_replies.add(
        CannedReply(unit="donanim", name="yola-ciktim", text="{ad}, geliyorum.", written_at=ENDED)
    )
    uow.approvals.add(
        Approval(
            ticket=TicketId(1), kind=ApprovalKind.STOCK, step=0, asked_by=person.id, asked_at=ENDED, withdrawn_at=ENDED
        )
    )
    _anchor(uow)
    _hang_a_checklist(uow)
    uow.house_texts.add(
        HouseText(
            kind=TextKind.ARTICLE,
            name="yazici-cevrimdisi",
            version=1,
            body="{}",
            shipped="0" * 64,
            written_at=ENDED,
            written_by=person.id,
        )
    )
    _suspect_an_outage(uow)
    rhythm = Rhythm(Every.FIRST_WORKING_DAY)
    uow.recurring.add(
        Recurring(unit="donanim", title="UPS testi", rhythm=rhythm, begins=date(2026, 12, 1), written_at=ENDED)
    )
    uow.canned_replies.used(reply.id, "yazici-yazdirmiyor")
    uow.sessions.add(Session(token_hash="0" * 64, person=person.id, created_at=START, seen_at=START))
    uow.sessions.add(Session(token_hash="1" * 64, person=person.id, created_at=START, seen_at=START, ended_at=START))
    uow.push_subscriptions.put(
        PushSubscription(
            session="1" * 64, endpoint="https://push.example/1", public_key="p", auth="s", created_at=START
        )
    )
    join_codes.invite(uow, _Once(), role=Role.TECHNICIAN, unit="donanim", now=START)


def _keep_devices(uow: UnitOfWork, holder: PersonId) -> None:
    """One in somebody's custody with a label and a ticket, and one that turned out to be the same."""
    said = Description(kind="yazici", brand="HP", serial="CND1234567", asset_no="255.02.01.01.02.01/18/00252")
    held = Custody(kind=CustodyKind.PERSON, holder=holder, since=ENDED.date())

    def add(description: Description, **about: Any) -> Device:
        number = uow.counters.next(Series.DEVICE, EVER)
        added = uow.devices.add(Device(number=number, description=description, recorded_at=ENDED, **about))
        event = StoreEvent(at=ENDED, who=holder, channel="web", what="recorded", after={"kind": description.kind})
        uow.store_events.append(Stream.DEVICE, added.id, event)
        return added

    printer = add(said, custody=held, recorded_by=holder)
    add(replace(said, serial="X-99"), merge=DeviceMerge(printer.id, ENDED))
    uow.devices.add_label(Label(token="7K3M9Q2X", device=printer.id, issued_at=ENDED))
    uow.ticket_devices.put(TicketDevice(ticket=TicketId(1), device=printer.id, at=ENDED, by=holder))
    brought = DeviceImport(key="7d3f", owner=holder, at=ENDED, name="liste.xlsx", digest="d2", begun_at=ENDED)
    row = DeviceRow(2, {"serial": "SN1"}, ("SN1",))
    listed = ListedDevice(row=row, kind=RowKind.NEW, device=printer.id, fate=RowFate.ADDED, version=1)
    uow.device_imports.add(brought, [listed])


def _hand_over(uow: UnitOfWork, holder: PersonId) -> None:
    """One confirmed after its order, and a devir that lapsed."""
    device = uow.devices.get(DeviceId(1))
    about: dict[str, Any] = {"made_by": holder, "made_at": ENDED, "ended_at": ENDED, "receiver": holder}
    order = uow.handovers.add_order(
        DepotOrder(
            number=uow.counters.next(Series.DEPOT_ORDER, 2026),
            devices=(device.id,),
            receiver=holder,
            asked_by=holder,
            asked_at=ENDED,
            state=OrderState.GIVEN,
            decided_by=holder,
            decided_at=ENDED,
            channel="web",
        )
    )
    given = Handover(
        **about,
        number=uow.counters.next(Series.HANDOVER, 2026),
        direction=Direction.GIVE,
        lines=(HandoverLine(device=device.id, order=order.id, accessories="kablo"),),
        text="1. HP",
        state=HandoverState.CONFIRMED,
        receiver_at=ENDED,
        how=How.CHAT,
    )
    kept = uow.handovers.add(given)
    uow.handover_lists.put_official(
        OfficialRecord(handover=kept.id, document="2026/118", day=ENDED.date(), entered_by=holder, entered_at=ENDED)
    )
    event = StoreEvent(at=ENDED, who=holder, channel="web", what="handed_over", ref=str(given.number))
    uow.store_events.append(Stream.DEVICE, device.id, event)
    _more_handovers(uow, holder, device.id)
    lapsed = Handover(
        **about,
        number=uow.counters.next(Series.HANDOVER, 2026),
        direction=Direction.SWAP,
        giver=holder,
        lines=(HandoverLine(device=device.id),),
        text="1. HP",
        state=HandoverState.LAPSED,
    )
    uow.handovers.add(lapsed)


def _more_handovers(uow: UnitOfWork, who: PersonId, device: DeviceId) -> None:
    """By a standing order; confirmed by a code; and to a firm, with the signed page."""
    held = uow.handovers.add_standing(
        StandingOrder(
            kinds=("yazici",),
            starts=ENDED.date(),
            ends=ENDED.date(),
            document="2026/1412",
            given_by=who,
            given_at=ENDED,
        )
    )
    decided: dict[str, Any] = {"state": OrderState.GIVEN, "decided_by": who, "decided_at": ENDED, "channel": "web"}
    signed = {"document": "2026/1413", "page": "sayfa", "signed_by": who, "signed_at": ENDED}
    for about in ({"standing": held.id, "document": "2026/1412"}, {"outside": "Firma", "plan": "[]", **signed}):
        number = uow.counters.next(Series.DEPOT_ORDER, 2026)
        asked: dict[str, Any] = {"number": number, "devices": (device,), "receiver": who, "asked_by": who}
        uow.handovers.add_order(DepotOrder(**asked, asked_at=ENDED, **decided, **about))
    done: dict[str, Any] = {"made_by": who, "made_at": ENDED, "ended_at": ENDED, "receiver": who, "receiver_at": ENDED}
    outside = {"outside": "Firma", "due_back": ENDED.date(), "page": "sayfa", "how": How.PAPER}
    for about in ({"how": How.CODE}, outside):
        made = uow.handovers.add(
            Handover(
                number=uow.counters.next(Series.HANDOVER, 2026),
                direction=Direction.GIVE,
                lines=(HandoverLine(device=device),),
                text="1. HP",
                state=HandoverState.CONFIRMED,
                channel="web",
                **done,
                **about,
            )
        )
        event = StoreEvent(at=ENDED, who=who, channel="web", what="handed_over", ref=str(made.number))
        uow.store_events.append(Stream.DEVICE, device, event)
        if made.how is How.CODE:
            uow.handovers.put_code(
                HandoverCode(handover=made.id, digest="d", made_by=who, made_at=ENDED, used_at=ENDED)
            )


def _announce(uow: UnitOfWork, who: PersonId) -> None:
    """One that its writer read a minute later."""
    one = uow.announcements.add(
        Announcement(
            number=uow.counters.next(Series.ANNOUNCEMENT, 2026), text="Parola verilmez.", made_by=who, made_at=ENDED
        ),
        [who],
    )
    read_at = ENDED + timedelta(minutes=1)
    uow.announcements.save_reader(Reader(announcement=one.id, person=who, told_at=ENDED, read_at=read_at))
    for at, what in ((ENDED, "sent"), (read_at, "read")):
        event = StoreEvent(at=at, who=who, channel="web", what=what, ref=str(one.number))
        uow.store_events.append(Stream.ANNOUNCEMENT, one.id, event)


def _train(uow: UnitOfWork, who: PersonId) -> None:
    """One that was held, asked for by a ticket."""
    one = uow.trainings.add(
        Training(
            number=uow.counters.next(Series.TRAINING, 2026),
            title="Excel",
            starts=ENDED,
            place="Salon",
            trainer="Zeynep",
            capacity=1,
            made_by=who,
            made_at=ENDED,
            held_at=ENDED,
        )
    )
    about: dict[str, Any] = {"ticket": TicketId(1), "answer": Answer.COMING, "answered_at": ENDED, "attended": True}
    uow.trainings.put(Participant(training=one.id, person=who, **about))
    for what in ("planned", "held"):
        event = StoreEvent(at=ENDED, who=who, channel="web", what=what, ref=str(one.number))
        uow.store_events.append(Stream.TRAINING, one.id, event)


def _track_a_document(uow: UnitOfWork, holder: PersonId) -> None:
    one = uow.document_tracks.add(
        DocumentTrack(
            number=uow.counters.next(Series.DOCUMENT, 2026),
            registry_no="45123",
            came_on=ENDED.date(),
            kind=DocumentKind.PETITION,
            last_day=ENDED.date() + timedelta(days=30),
            holder=holder,
            ticket=TicketId(1),
            result=Result.ANSWERED,
            answer_no="46001",
            ended_at=ENDED,
            ended_by=holder,
            made_by=holder,
            made_at=ENDED,
        )
    )
    for what in ("recorded", "ended"):
        event = StoreEvent(at=ENDED, who=holder, channel="web", what=what, ref=str(one.number))
        uow.store_events.append(Stream.DOCUMENT, one.id, event)


def _keep_stock(uow: UnitOfWork, keeper: PersonId) -> None:
    """An item of which ten came in, one was used on a ticket and taken back, and one use waits for its stock."""
    item = uow.stock.add_item(StockItem(code="TN-2421", name="Toner", fits=("Brother HL-L2350",), recorded_at=ENDED))
    about: dict[str, Any] = {"item": item.id, "at": ENDED, "who": keeper}

    def move(delta: int, why: Why, **more: Any) -> StockMove:
        number = uow.counters.next(Series.STOCK_MOVE, 2026)
        added = uow.stock.add(StockMove(**about, **more, number=number, delta=delta, why=why))
        event = StoreEvent(at=ENDED, who=keeper, channel="web", what=why, after={"delta": delta}, ref=str(number))
        uow.store_events.append(Stream.STOCK, item.id, event)
        return added

    uow.stock.add_print(MonthPrint(month="2026-10", at=ENDED, by=keeper))
    move(10, Why.RECEIVED, document="4431")
    used = move(-1, Why.USED, ticket=TicketId(1), department="Mali Hizmetler")
    move(1, Why.UNDONE, undoes=used.id)
    waits = PendingUse(**about, quantity=2, ticket=TicketId(1))
    settled = move(-2, Why.USED, ticket=TicketId(1))
    uow.stock.add_pending(replace(waits, settled_by=settled.id))
    uow.stock.add_pending(waits)


def _see(uow: UnitOfWork, keeper: PersonId) -> None:
    """A printer that is a device of the house and counted pages, and a computer that somebody said to ignore."""
    printer = Seen(item_type=ItemType.PRINTER, name="NPI", serial="CND1234567", serial_key="CND1234567", pages=18_020)
    about: dict[str, Any] = {"first_seen": ENDED, "last_seen": ENDED}
    one = uow.sightings.add(
        Sighting(**about, seen=printer, device=DeviceId(1), link=SightingLink.SERIAL, linked_at=ENDED)
    )
    uow.sightings.note_pages(PageCount(sighting=one.id, month=Month.of(ENDED.date()), total=18_020, at=ENDED))
    seen = Seen(name="PC-1", uuid="4c4c4544-0047-4810-8052-b4c04f4b4b32", macs=("001a2b3c4d5e",), ips=("10.0.4.7",))
    uow.sightings.add(Sighting(**about, seen=seen, ignored_at=ENDED, ignored_by=keeper))


def _breach(uow: UnitOfWork, lead: PersonId) -> None:
    """One of which the Board was told."""
    number = uow.counters.next(Series.PRIVACY_CASE, 2026)
    about: dict[str, Any] = {"learned_at": ENDED, "begun_at": ENDED, "begun_by": lead}
    made = uow.breaches.add(Breach(**about, number=number, ticket=TicketId(2)))
    uow.breaches.save(replace(made, reminded=24, reported_at=ENDED, reported_by=lead))


def _count(uow: UnitOfWork, board: list[PersonId]) -> None:
    """A count that is closed: a device was seen, and the book of an item was put right."""
    number = uow.counters.next(Series.COUNT, 2026)
    counters = tuple(Counter(person=one) for one in board)
    made = Count(number=number, scope=CountScope.DEPOT, counters=counters, opened_by=board[0], opened_at=START)
    count = uow.counts.add(made)
    seen = CountLine(device=DeviceId(1), expected=1, seen=1, by=board[0], at=ENDED, how=SeenBy.LABEL)
    uow.counts.put(count.id, seen)
    uow.counts.put(count.id, CountLine(item=ItemId(1), expected=8, seen=7, again=9, by=board[0], at=ENDED))
    uow.counts.put(count.id, CountLine(seen=1, note="HP yazıcı, etiketsiz", by=board[0], at=ENDED))
    for stream, key, what in ((Stream.DEVICE, 1, "counted"), (Stream.COUNT, int(count.id), "closed")):
        event = StoreEvent(at=ENDED, who=board[0], channel="web", what=what, ref=str(number))
        uow.store_events.append(stream, key, event)
    uow.counts.save(replace(count, closed_by=board[0], closed_at=ENDED, written_by=board[0], written_at=ENDED))
    difference = uow.counters.next(Series.STOCK_MOVE, 2026)
    move = StockMove(
        number=difference, item=ItemId(1), at=ENDED, delta=1, why=Why.COUNTED, who=board[0], document=str(number)
    )
    uow.stock.add(move)
    event = StoreEvent(at=ENDED, who=board[0], channel="web", what=Why.COUNTED, ref=str(difference))
    uow.store_events.append(Stream.STOCK, 1, event)


def _keep_terms(uow: UnitOfWork, keeper: PersonId) -> None:
    """A line with a firm, one of a device that was renewed, and a certificate that is read."""
    firm = uow.vendors.add(Vendor(name="ABC Bilişim", fault_line="444", recorded_at=ENDED, recorded_by=keeper))
    device = uow.devices.by_number(1)
    assert device is not None

    def keep(kind: TermKind, name: str, **about: Any) -> Term:
        number = uow.counters.next(Series.TERM, EVER)
        said = {"unit": "donanim", "ends": date(2027, 3, 1), "recorded_at": ENDED, "recorded_by": keeper, **about}
        added = uow.terms.add(Term(number=number, kind=kind, name=name, **said))
        event = StoreEvent(at=ENDED, who=keeper, channel="web", what="recorded", after={"state": added.state})
        uow.store_events.append(Stream.TERM, added.id, event)
        return added

    keep(
        TermKind.LINE,
        "Garaj",
        vendor=firm.id,
        place_text="Garaj",
        line=Line(service_no="88123"),
        told={90: ENDED.date()},
    )
    old = keep(TermKind.CONTRACT, "Yazıcı bakımı", devices=(device.id,))
    new = keep(TermKind.CONTRACT, "Yazıcı bakımı", devices=(device.id,), ends=date(2028, 3, 1))
    uow.terms.save(replace(old, state=TermState.RENEWED, successor=new.id, changed_state_at=ENDED))
    read = CertificateRead(at=ENDED, failing_since=ENDED.date(), failure="bağlantı yok")
    keep(TermKind.CERTIFICATE, "masa.bel.tr", host="masa.bel.tr:443", read=read, ends=None)


def _scrap(uow: UnitOfWork, who: PersonId) -> None:
    """A device that was written off by an approved proposal."""
    number = uow.counters.next(Series.SCRAP_PROPOSAL, 2026)
    gone = Device(
        number=uow.counters.next(Series.DEVICE, EVER),
        description=Description(kind="yazici", serial="ESKI1234"),
        ending=Ending.WRITTEN_OFF,
        recorded_at=ENDED,
    )
    device = uow.devices.add(gone)
    fit = ScrapLine(
        device=device.id,
        reason=ScrapReason.BROKEN,
        proposed_by=who,
        proposed_at=ENDED,
        disk=DiskFate.NONE,
        verdict=Verdict.FIT,
    )
    members = tuple(CommissionMember(name=name, expert=name == "Ali") for name in ("Ali", "Ayşe", "Hasan"))
    made = ScrapProposal(
        number=number,
        lines=(fit,),
        commission=members,
        opened_at=ENDED,
        opened_by=who,
        checked_at=ENDED,
        checked_by=who,
        commissioned_at=ENDED,
        commissioned_by=who,
        approved_at=ENDED,
        approved_by=who,
        document="E-1412",
    )
    key = uow.scrap.add(made).id
    for stream, thing, what in ((Stream.DEVICE, int(device.id), "written_off"), (Stream.SCRAP, int(key), "approved")):
        event = StoreEvent(at=ENDED, who=who, channel="web", what=what, ref=str(number))
        uow.store_events.append(stream, thing, event)


def _serve(uow: UnitOfWork, holder: PersonId) -> None:
    """A ticket waited for a firm, its device was there and is back, and its form is approved."""
    firm = uow.vendors.by_name("ABC Bilişim")
    device = uow.devices.by_number(1)
    assert firm is not None
    assert device is not None
    about: dict[str, Any] = {"ticket": TicketId(1), "vendor": firm.id, "device": device.id}
    gone = {"left_at": ENDED, "left_by": holder, "back_at": ENDED, "disk": Disk.WIPED, "came_from": device.custody}
    wait = uow.vendor_waits.add(VendorWait(**about, **gone, at=ENDED, by=holder))
    number = uow.counters.next(Series.SERVICE_VISIT, 2026)
    done = {"came_at": ENDED, "done": "ana kart", "without_form": "bırakmadı", "made_by": holder}
    approved = {"state": VisitState.APPROVED, "submitted_at": ENDED, "approved_by": holder, "approved_at": ENDED}
    parts = (SwappedPart("ana kart", "A1", "A2"),)
    visit = uow.service_visits.add(ServiceVisit(**about, **done, **approved, number=number, wait=wait.id, parts=parts))
    event = StoreEvent(at=ENDED, who=holder, channel="web", what="recorded", ref="2026-000001")
    uow.store_events.append(Stream.SERVICE, visit.id, event)


def _run_programs(uow: UnitOfWork, holder: PersonId) -> None:
    """A program of which somebody has a seat."""
    made = Program(
        name="NetCAD", unit="yazilim", owned=5, tested_on=ENDED.date(), recorded_at=ENDED, recorded_by=holder
    )
    kept = uow.programs.add(made)
    uow.programs.give(Seat(program=kept.id, person=holder, at=ENDED, by=holder))
    event = StoreEvent(at=ENDED, who=holder, channel="web", what="recorded", after={"owned": 5})
    uow.store_events.append(Stream.PROGRAM, kept.id, event)


def _anchor(uow: UnitOfWork) -> None:
    """A day was closed; the tick closes the next one."""
    _write_of_a_store(uow, "recorded")
    heads = uow.anchors.waiting(100)
    uow.anchors.add(next_anchor(None, START.date() - timedelta(days=2), START, heads), heads)
    _write_of_a_store(uow, "renamed")


def _write_of_a_store(uow: UnitOfWork, what: str) -> None:
    event = StoreEvent(at=ENDED, who=None, channel="tick", what=what, after={"room": "312"}, ref="2026-000001")
    uow.store_events.append(Stream.PLACE, 7, event)


def _hang_a_checklist(uow: UnitOfWork) -> None:
    kept = uow.checklists.add(
        Checklist(unit="donanim", name="oda", title="Oda", items=(Item("Ağ var", required=True),), written_at=ENDED)
    )
    uow.checklists.hang(
        TicketChecklist(ticket=TicketId(1), name=kept.name, version=kept.version, title=kept.title, items=kept.items)
    )


def _suspect_an_outage(uow: UnitOfWork) -> None:
    uow.symptoms.propose(
        Proposal(
            scope=Scope.CATEGORY,
            key="yazici-yazdirmiyor",
            unit="donanim",
            since=START,
            changed_at=LATER,
            people=4,
            category="yazici-yazdirmiyor",
        )
    )


def _write_down_working_time(uow: UnitOfWork) -> None:
    summer = weekdays((time(7, 30), time(15, 30)))
    days = {"first_day": date(2026, 6, 15), "last_day": date(2026, 9, 11)}
    uow.calendars.add_pattern(WorkPattern(week=summer, unit="donanim", name="Yaz mesaisi", **days))
    target = Target(timedelta(hours=2), timedelta(hours=6))
    uow.calendars.add_target(TargetRule(target=target, valid_from=ENDED, unit="donanim", priority=Priority.HIGH))


def _go_on_leave(uow: UnitOfWork) -> None:
    mehmet, zeynep = uow.people.by_handle("mehmet"), uow.people.by_handle("zeynep")
    assert mehmet is not None
    assert zeynep is not None
    absence = uow.absences.add(
        Absence(
            person=mehmet.id,
            starts=ENDED + timedelta(days=7),
            ends=ENDED + timedelta(days=9),
            kind=AbsenceKind.ANNUAL,
            entered_by=mehmet.id,
            entered_at=ENDED,
            choice=Choice(Fate.TO_PERSON, zeynep.id),
        )
    )
    fatma = uow.people.by_handle("fatma")
    assert fatma is not None
    uow.deputies.add(
        Deputy(
            person=fatma.id,
            deputy=zeynep.id,
            role=Role.LEAD,
            unit="donanim",
            starts=ENDED + timedelta(days=7),
            ends=ENDED + timedelta(days=9),
            document="2026/1412",
            entered_at=ENDED,
        )
    )
    uow.rota.add(
        Duty(
            unit="donanim",
            person=zeynep.id,
            starts=ENDED + timedelta(days=7),
            ends=ENDED + timedelta(days=8),
            entered_by=fatma.id,
            entered_at=ENDED,
        )
    )
    keeper = Officer(
        office=Office.TASINIR_KAYIT,
        person=fatma.id,
        starts=START.date(),
        document="2026/77",
        entered_by=fatma.id,
        entered_at=START,
    )
    uow.officers.add(keeper)
    acting = replace(keeper, person=zeynep.id, ends=ENDED.date(), in_place_of=fatma.id)
    uow.officers.add(acting)
    annexe = uow.places.add(Place(spot=Spot("Ek bina", "2", "204")))
    uow.places.add(Place(spot=Spot("Ek bina", "", "204"), merge=PlaceMerge(annexe.id, ENDED)))
    _keep_devices(uow, mehmet.id)
    _hand_over(uow, mehmet.id)
    _track_a_document(uow, mehmet.id)
    _announce(uow, mehmet.id)
    _train(uow, mehmet.id)
    _keep_stock(uow, mehmet.id)
    _see(uow, mehmet.id)
    _breach(uow, mehmet.id)
    _count(uow, [mehmet.id, zeynep.id, fatma.id])
    _keep_terms(uow, mehmet.id)
    _scrap(uow, fatma.id)
    _serve(uow, mehmet.id)
    _run_programs(uow, mehmet.id)
    uow.recommendations.add(Recommendation(year=2026, version=1, text="Yedek hat istensin.", written_at=ENDED))
    uow.saved_views.add(SavedView(owner=fatma.id, title="Acil işler", query="oncelik=acil", saved_at=ENDED))
    of_unit = SavedView(owner=fatma.id, title="Zabıta", query="mudurluk=Zab%C4%B1ta", saved_at=ENDED, unit="donanim")
    uow.saved_views.add(of_unit)
    brought = StaffImport(key="5f3c", owner=fatma.id, at=ENDED, name="personel.csv", digest="d1", begun_at=ENDED)
    row = StaffRow(2, "4711", "Ayşe Yılmaz", "Mali Hizmetler", "312", "1453", None)
    uow.people_joins.add(
        PeopleJoin(
            guest=PersonId(1),
            person=fatma.id,
            by=fatma.id,
            at=START,
            guest_before=standing_of(fatma),
            person_before=standing_of(fatma),
            look=Look(standing_of(fatma), {}, {}, {}),
        )
    )
    uow.staff_imports.add(brought, [ListedRow(row=row, kind=RowKind.SAME, person=fatma.id, fate=RowFate.SAME)])
    uow.stored_settings.put(StoredSetting(key="files.person_mb", value=250, before=None, set_by=fatma.id, set_at=ENDED))
    uow.recounts.add(Recount(conversation=GROUP, tickets=10_000, begun_at=START, ended_at=LATER))
    october = MonthFigures(opened=12, solved=11, with_target=10, in_target=9, median_s=7200, ninth_s=28800)
    uow.month_locks.add(
        MonthLock(unit="donanim", month=Month(2026, 10), figures=october, locked_at=ENDED, locked_by=fatma.id)
    )
    entry = uow.tickets.entries(TicketId(1))[0]
    uow.maintenances.add(
        Maintenance(
            system="ebys",
            starts=ENDED,
            ends=LATER + timedelta(days=3),
            entered_by=fatma.id,
            entered_at=START,
            text="sürüm",
        )
    )
    finance = uow.departments.add(
        Department(
            name="Uzay İşleri",
            short_names=("UZM",),
            former_names=(FormerName("Gök İşleri", ENDED.date()),),
        )
    )
    merge = Merge(into=finance.id, at=ENDED, people=(fatma.id,), listed=False)
    uow.departments.add(Department(name="Ay İşleri", closed_at=ENDED, merge=merge))
    uow.systems.put(System(id="ebys", title="Belge sistemi", unit="yazilim", categories=("ebys-giris",)))
    uow.outages.add(
        Outage(
            system="ebys",
            ticket=TicketId(1),
            since=START,
            declared_at=START,
            declared_by=fatma.id,
            heard_at=START,
            ended_at=LATER,
            ended_by=fatma.id,
            cause=Cause.LINE,
            tickets=(JoinedTicket(ticket=TicketId(2)),),
            updates=(OutageUpdate(at=START, entry=entry.id),),
            note=(NoteAnswer(question=NoteQuestion.WHY, entry=entry.id),),
            note_asked_at=LATER,
        )
    )
    uow.absences.choose(absence.id, TicketId(1), Choice(Fate.TO_UNIT))


class _Once:
    def token(self) -> str:
        return "a code of the tests"
