"""Papers of custody: somebody's zimmet, a room's list, a day's orders, somebody who leaves, what was lost or broke."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.web.panel.handover_papers import NOTE, UNDER, damage_report, day, moment, side_facts, thing
from bot.web.printed import PrintedBox, PrintedForm, PrintedPart
from handlers.device_terms import CONDITIONS
from handlers.domain.devices import Condition
from handlers.queries.handover_papers import (
    ClearanceState,
    CustodyList,
    DayOrders,
    DeviceState,
    ListedDevice,
    PlaceList,
)

_HEADS = ("Sıra", "Taşınır sicil no", "Taşınırın adı, marka, model", "Seri no", "Cihaz no")
_WIDTHS = (8, 46, 48, 30, 17)


def zimmet_form(found: CustodyList, zone: ZoneInfo, printed: str) -> PrintedForm:
    parts = [_things("Zimmetindekiler", found.devices, "Üzerinde zimmetli cihaz yok.", "Verildi", _since)]
    if found.kept:
        parts.append(_things("Sorumlusu olduğu ortak alanlardakiler", found.kept, "", "Yer", _place))
    return PrintedForm(
        title="Kişinin zimmet dökümü",
        under=UNDER,
        printed=printed,
        head=[("Tarih", day(found.read_at, zone)), ("Zimmetinde", f"{len(found.devices)} cihaz")],
        facts=side_facts("Ad soyad", found.person),
        parts=parts,
        said=[f"Onay bekleyen teslimleri: {', '.join(found.waiting)}."] if found.waiting else [],
        boxes=[PrintedBox("Düzenleyen"), PrintedBox("Zimmetli", [found.person.name])],
        notes=[NOTE],
    )


def room_form(found: PlaceList, zone: ZoneInfo, printed: str) -> PrintedForm:
    """To hang in the room: of what is in somebody's zimmet it does not say whose."""
    parts = [_things("Ortak kullanımda", found.devices, "Bu odada ortak kullanılan cihaz yazılı değil.", "Belge", _act)]
    if found.held:
        parts.append(_things("Odadaki kişilerin zimmetinde", found.held, "", "Belge", _act))
    keepers = ", ".join(one.name for one in found.keepers)
    total = len(found.devices) + len(found.held)
    return PrintedForm(
        title="Oda listesi",
        under=f"dayanıklı taşınırlar listesi, {UNDER}",
        printed=printed,
        head=[("Yer", found.place), ("Tarih", day(found.read_at, zone)), ("Toplam", f"{total} cihaz")],
        facts=[("Müdürlük", found.department), ("Sorumlusu", keepers), ("Harcama birimi", "")],
        parts=parts,
        said=["Ortak kullanımdaki taşınırlar bu odada durur; yerinin değişmesi sorumlusuna bildirilir."],
        boxes=[PrintedBox("Düzenleyen"), PrintedBox("Ortak alanın sorumlusu", [keepers] if keepers else [])],
        notes=[NOTE],
    )


def orders_form(found: DayOrders, zone: ZoneInfo, printed: str) -> PrintedForm:
    """To be signed by whoever gave them (bylaw 11/26)."""
    cells = [
        (
            order.number,
            "" if order.decided_at is None else f"{order.decided_at.astimezone(zone):%H:%M}",
            "\n".join(f"{device.title} · {device.number}" for device in order.devices),
            ", ".join(filter(None, (order.receiver.name, "dışarıya" if order.outside else order.receiver.department))),
            order.asked_by,
            "\n".join(filter(None, (order.decided_by, "toplu emirle" if order.standing else "", order.document))),
        )
        for order in found.orders
    ]
    givers = list(dict.fromkeys(order.decided_by for order in found.orders))
    return PrintedForm(
        title="Günlük çıkış emirleri",
        under="Yönetmelik 11/26 · imzaya",
        printed=printed,
        head=[
            ("Gün", f"{found.day:%d.%m.%Y}"),
            ("Emir", str(len(cells))),
            ("İmza", "imzalandı" if found.signed and cells else "imza bekliyor" if cells else "–"),
        ],
        parts=[
            PrintedPart(
                title="",
                heads=("Emir no", "Saat", "Cihaz", "Kime", "İsteyen", "Veren"),
                widths=(26, 11, 48, 40, 26, 34),
                rows=cells,
                empty="Bu gün verilmiş çıkış emri yok.",
            )
        ],
        said=[f"Yukarıda yazılı {len(cells)} çıkış emri verilmiştir."] if cells else [],
        boxes=[*(PrintedBox("Emri veren", [giver]) for giver in givers[:2] or [""]), PrintedBox("Ambar sorumlusu")],
    )


def clearance_form(found: ClearanceState, zone: ZoneInfo, printed: str) -> PrintedForm:
    """Only of who has nothing left (`clearing.require_clear`)."""
    back = f"Son iade belgesi: {found.last_return}." if found.last_return else ""
    tickets = f"Kendi açık kayıtları: {', '.join(found.tickets)} (belgeyi tutmaz)." if found.tickets else ""
    return PrintedForm(
        title="İlişik kesme: zimmet durumu",
        under=UNDER,
        printed=printed,
        head=[("Tarih", day(found.read_at, zone)), ("Durum", "zimmeti yok")],
        facts=side_facts("Ad soyad", found.person),
        said=[
            f"Üzerinde zimmetli cihaz yoktur ({moment(found.read_at, zone)}).",
            "Sorumlusu olduğu ortak alan ve onay bekleyen teslim de yoktur (Taşınır Mal Yönetmeliği m.5/4).",
            *filter(None, (back, tickets)),
        ],
        boxes=[
            PrintedBox("Düzenleyen"),
            PrintedBox("Bilgi İşlem Müdürü"),
            PrintedBox("Ayrılan", [found.person.name]),
        ],
        notes=[NOTE],
    )


def device_damage_form(found: DeviceState, read_at: datetime, zone: ZoneInfo, printed: str) -> PrintedForm:
    """Lost, or broken in somebody's hands."""
    device = found.device
    what = "kayıp" if device.lost else CONDITIONS[found.condition]
    of_place = [("Yer", device.place or "–"), ("Müdürlük", found.department or "–")]
    return damage_report(
        "Kayıp tutanağı" if device.lost else "Hasar tutanağı",
        [(device, what)],
        facts=side_facts("Zimmetli", found.holder) if found.holder is not None else of_place,
        number=device.number,
        head=[("Cihaz no", device.number), ("Tarih", day(read_at, zone)), ("Nerede", device.place or "–")],
        printed=printed,
        said=f"Yukarıda yazılı taşınırın {'bulunamadığı' if device.lost else 'hasarlı olduğu'} görüldü.",
        signed=(
            PrintedBox("Tespit eden"),
            PrintedBox("Zimmetli", [found.holder.name] if found.holder is not None else []),
        ),
    )


def is_reported(*, lost: bool, condition: Condition) -> bool:
    """Whether there is something of which a report is written."""
    return lost or condition is not Condition.WORKS


def _things(
    title: str, devices: Sequence[ListedDevice], empty: str, last: str, said: Callable[[ListedDevice], str]
) -> PrintedPart:
    """`said`: what its last column has."""
    cells = [(*thing(place, device), said(device)) for place, device in enumerate(devices, 1)]
    return PrintedPart(title=title, heads=(*_HEADS, last), widths=(*_WIDTHS, 26), rows=cells, empty=empty)


def _since(device: ListedDevice) -> str:
    since = "" if device.since is None else f"{device.since:%d.%m.%Y}"
    return " ".join(filter(None, ("kayıp" if device.lost else "", since, device.act))) or "–"


def _place(device: ListedDevice) -> str:
    return device.place or "–"


def _act(device: ListedDevice) -> str:
    return "kayıp" if device.lost else device.act or "–"
