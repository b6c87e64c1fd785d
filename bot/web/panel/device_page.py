"""`/panel/cihaz/D-00042`: one device with all that is known of it, and what is asked there; `/panel/cihazlar-yeni`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.panel import device_filter, house_list
from bot.web.panel.custody_papers import is_reported
from bot.web.panel.device_filter import KINDS
from bot.web.panel.devices_page import as_file, files_of, printed, require_may
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.handover_papers import DIRECTIONS
from bot.web.panel.handover_papers import STATES as HANDOVER_STATES
from bot.web.panel.navigation import DEVICE_WORK, DEVICES
from bot.web.printed import PrintedPart, PrintedSheet
from handlers import device_names
from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.device_terms import CONDITIONS, CUSTODIES, DEVICE_CHANGES, LIVES, device_kind
from handlers.devices import access, identifying, page, recording
from handlers.devices.page import DeviceWish
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import MERGE_KEPT, CustodyKind, Description, Device, Ending
from handlers.domain.errors import NotFound
from handlers.domain.store_events import StoreEvent
from handlers.events import DeviceAsked
from handlers.queries import devices, handover_lists, sightings
from handlers.queries.devices import DeviceHistory, DeviceRow
from handlers.queries.handover_lists import HandoverRow
from handlers.queries.sightings import OnTheNetwork
from handlers.spoken_time import month_name
from handlers.terms import STATES

FIELDS, LETTERS = 40, 600
_DONE: Mapping[Any, str] = {
    DeviceWish.CORRECT: "Düzeltildi.",
    DeviceWish.MOVE: "Taşındı.",
    DeviceWish.GIVE: "Zimmet değişti.",
    DeviceWish.WITHDRAW: "Geri alındı: artık listelerde durmaz.",
    DeviceWish.RESTORE: "Yeniden kayıtta; etiketini yeniden basın.",
    DeviceWish.LABEL: "Etiket hazır: aşağıdan basın.",
    DeviceWish.REVOKE: "Etiket iptal edildi; okutan artık bu cihaza gelmez.",
    DeviceWish.RECORD: "Cihaz kaydedildi.",
    DeviceWish.MERGE: "Birleştirildi: kayıtları, etiketleri ve hareketleri burada görünür.",
    DeviceWish.PART: "Geri ayrıldı: yeniden kendi başına bir cihaz.",
}
CHOSEN_CUSTODIES = (CustodyKind.SHARED, CustodyKind.PERSON, CustodyKind.DEPOT, CustodyKind.SERVICE, CustodyKind.AWAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDevice:
    history: DeviceHistory
    fields: list[tuple[str, str]]
    """Name and value, of those that are known."""
    lines: list[tuple[str, str, str, str]]
    """When, who, what, on which channel."""
    keeps: bool
    gives: bool
    tidies: bool
    withdraws: bool
    """And may take that back."""
    parted_until: datetime
    """What was merged after that may be parted again."""
    departments: list[str]
    titles: Mapping[int, str]
    """Of the subjects of its tickets."""
    network: OnTheNetwork | None
    """None: no agent saw it."""
    acts: Sequence[HandoverRow]
    """By which it was handed over and came back, the newest first."""
    reported: bool
    """Lost, or broken: there is a report to be printed."""
    sees_all: bool


def _number(visit: Visit) -> str:
    return str(visit.request.path_params["number"])


def _list(visit: Visit) -> house_list.HouseList:
    number = _number(visit)
    return house_list.HouseList(
        address=f"cihaz/{quote(number, safe='')}",
        folder="",
        template="panel_device.html",
        actions=DeviceWish,
        event=DeviceAsked,
        fields=FIELDS,
        letters=LETTERS,
        done=_DONE,
        gone="Böyle bir cihaz bulunamadı; bu arada birleştirilmiş ya da geri alınmış olabilir.",
        look=lambda acting: _look(acting, visit, number),
        try_out=page.try_out,
        words=lambda _: {
            **_words(),
            "month": month_name,
            "day": lambda at: f"{at.astimezone(visit.desk.zone):%d.%m.%Y}",
        },
    )


def _words() -> dict[str, object]:
    return {
        "kinds": KINDS,
        "conditions": CONDITIONS,
        "custodies": [(one.value, CUSTODIES[one]) for one in CHOSEN_CUSTODIES],
        "holder": device_filter.holder,
        "LIVES": LIVES,
        "STATES": STATES,
        "DIRECTIONS": DIRECTIONS,
        "HANDOVER_STATES": HANDOVER_STATES,
        "described": described,
        "whole": device_names.name,
    }


@panel_page(DEVICES)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _list(visit))


@panel_page(DEVICES, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit))


def _found(acting: Acting, typed: str) -> Device:
    """By our number alone, one that was withdrawn too. Raises NotFound, also for whoever may not know of it."""
    shown = identifying.find_one(acting, typed)
    return acting.uow.devices.get(shown.device.id)


def _look(acting: Acting, visit: Visit, number: str) -> ShownDevice:
    """Raises NotFound."""
    device = _found(acting, number)
    history = devices.one(acting, device)
    if history is None:
        raise NotFound("device", number)
    return ShownDevice(
        history=history,
        fields=fields_of(history.row),
        lines=[_line(visit, history, of, line) for of, line in history.lines],
        keeps=access.may(acting, DeviceAction.KEEP) and device.can_change,
        gives=access.may(acting, DeviceAction.CHANGE_CUSTODY) and device.can_change,
        tidies=access.may(acting, DeviceAction.TIDY),
        withdraws=recording.may_withdraw(acting, device),
        parted_until=acting.now - MERGE_KEPT,
        departments=list(DepartmentNames.of(acting.uow).open),
        titles={ticket.id: acting.desk.subject(ticket) for ticket in history.tickets},
        network=sightings.of_device(acting, device),
        acts=handover_lists.of_device(acting, device.id),
        reported=is_reported(lost=device.ending is Ending.LOST, condition=device.condition),
        sees_all=access.sees_all_whole(acting),
    )


def fields_of(row: DeviceRow) -> list[tuple[str, str]]:
    said, custody = row.device.description, row.device.custody
    known = [
        ("Tür", device_kind(said.kind)),
        ("Marka", said.brand),
        ("Model", said.model),
        ("Seri no", said.serial),
        ("Taşınır sicil no", said.asset_no),
        ("Başka no", said.other_no),
        ("Müdürlük", row.department),
        ("Yer", row.place),
        ("Zimmet", device_filter.holder(row)),
        ("Ne zamandan beri", f"{custody.since:%d.%m.%Y}" if custody.since else ""),
        ("Durum", f"{LIVES[row.device.life]}, {CONDITIONS[row.device.condition]}"),
        ("Bilgisayar adı", said.host),
        ("IP", ", ".join(said.ips)),
        ("MAC", ", ".join(said.macs)),
        ("Alım tarihi", f"{said.bought_on:%d.%m.%Y}" if said.bought_on else ""),
        ("Bedel", said.price),
        ("Firma", said.supplier),
        ("Garanti bitişi", f"{said.warranty_until:%d.%m.%Y}" if said.warranty_until else ""),
        ("Takılı parçalar", "; ".join(said.parts)),
        ("Not", said.note),
    ]
    return [(name, value) for name, value in known if value]


_CHANGED = {
    "kind": "tür", "brand": "marka", "model": "model", "serial": "seri no", "asset_no": "sicil no",
    "other_no": "başka no", "host": "bilgisayar adı", "macs": "MAC", "bought_on": "alım tarihi",
    "warranty_until": "garanti", "department": "müdürlük", "place": "yer", "custody": "zimmet", "holder": "zimmet",
    "keeper": "sorumlu", "memory": "bellek", "disks": "disk", "condition": "durum", "words": "not ya da yazılar",
}  # fmt: skip


def _line(visit: Visit, history: DeviceHistory, of: Device, line: StoreEvent) -> tuple[str, str, str, str]:
    local = line.at.astimezone(visit.desk.zone)
    person = history.people.get(line.who) if line.who is not None else None
    what = DEVICE_CHANGES.get(line.what, line.what)
    changed = list(dict.fromkeys(_CHANGED[name] for name in line.after if name in _CHANGED))
    if line.before and changed:
        what = f"{what}: {', '.join(changed)}"
    if of.id != history.row.device.id:
        what = f"{of.number} {what}"
    who = "masa" if person is None else f"{person.short_name} (V.)" if line.acting_for else person.short_name
    return f"{local:%d.%m.%Y %H:%M}", who, what, line.channel


# --- a new one -----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class NewDevice:
    departments: list[str]
    newest: str = ""
    """The number of the one that was just recorded."""


def _new(visit: Visit) -> house_list.HouseList:
    def look(acting: Acting) -> NewDevice:
        return NewDevice(departments=list(DepartmentNames.of(acting.uow).open), newest=_just_recorded(acting, visit))

    return house_list.HouseList(
        address="cihazlar-yeni",
        folder="",
        template="panel_device_new.html",
        actions=DeviceWish,
        event=DeviceAsked,
        fields=FIELDS,
        letters=LETTERS,
        done=_DONE,
        gone="Böyle bir cihaz bulunamadı.",
        look=look,
        try_out=page.try_out,
        words=lambda _: {**_words(), "nothing": Description()},
    )


def _just_recorded(acting: Acting, visit: Visit) -> str:
    if visit.typed("is") != DeviceWish.RECORD:
        return ""
    newest = devices.newest_of(acting)
    return str(newest.number) if newest is not None else ""


@panel_page(DEVICE_WORK)
async def new(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.KEEP)
    return await house_list.show(visit, _new(visit))


@panel_page(DEVICE_WORK, logged=False)
async def record(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.KEEP)
    return await house_list.change(visit, _new(visit))


# --- on paper ------------------------------------------------------------------------------------
@panel_page(DEVICES)
async def history_pages(visit: Visit) -> Response:
    number, files = _number(visit), files_of(visit)

    def look(acting: Acting) -> tuple[ShownDevice, str]:
        return _look(acting, visit, number), printed(visit, acting)

    shown, when = await visit.read(look)
    row = shown.history.row
    tickets = [
        (one.number, f"{one.opened_at.astimezone(visit.desk.zone):%d.%m.%Y}", shown.titles[one.id], STATES[one.state])
        for one in shown.history.tickets
    ]
    sheet = PrintedSheet(
        title=f"Cihaz geçmişi {row.device.number}",
        about=device_names.numbered_name(row.device),
        printed=when,
        closing=f"{len(tickets)} kayıt, {len(shown.lines)} hareket.",
        wide=False,
        parts=[
            PrintedPart(title="Cihaz", heads=(), widths=(1, 3), rows=shown.fields),
            PrintedPart(
                title="Kayıtlar", heads=("No", "Açıldı", "Konu", "Durum"), widths=(2, 2, 6, 2), rows=tickets,
                empty="Bu cihazla ilgili kayıt yok.",
            ),
            PrintedPart(
                title="Hareketler", heads=("Ne zaman", "Kim", "Ne", "Kanal"), widths=(3, 3, 7, 2), rows=shown.lines,
                empty="Hareketleri görme yetkiniz yok.",
            ),
        ],
    )  # fmt: skip
    made = await run_in_threadpool(files.pages, sheet)
    return as_file(made, f"cihaz-gecmisi-{row.device.number}.pdf", "application/pdf")


def described(said: Description) -> dict[str, str]:
    """As the fields of the form have it."""
    return {
        **{name: getattr(said, name) for name in ("kind", "brand", "model", "serial", "asset_no", "other_no", "host")},
        "supplier": said.supplier,
        "price": said.price,
        "note": said.note,
        "macs": " ".join(said.macs),
        "ips": " ".join(said.ips),
        "bought_on": said.bought_on.isoformat() if said.bought_on else "",
        "warranty_until": said.warranty_until.isoformat() if said.warranty_until else "",
        "parts": "\n".join(said.parts),
    }
