"""Papers of custody: somebody's zimmet, a room's list, a day's orders, somebody who leaves, what goes out of the house
or was lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.web.panel.handover_papers import (
    NOTE,
    UNDER,
    damage_report,
    day,
    moment,
    name_of,
    thing,
)
from bot.web.printed import PrintedBox, PrintedForm, PrintedPart, PrintedRow
from handlers.device_terms import CONDITIONS
from handlers.domain.devices import Condition, CustodyKind, Device, Ending
from handlers.domain.people import Person
from handlers.queries.custody import PersonCustody, RoomList
from handlers.queries.devices import DeviceRow
from handlers.queries.handover_papers import DayOrders

_HEADS = ("Sıra", "Taşınır sicil no", "Taşınırın adı, marka, model", "Seri no", "Cihaz no")
_AWAY = (
    "Yukarıda yazılı taşınır, belediye dışındaki kişiye ya da kuruma süreyle teslim edildi (Taşınır Mal Yönetmeliği "
    "m.23/7). Dönüş tarihinde, teslim edildiği gibi geri verilir."
)
_WIDTHS = (8, 46, 50, 32, 17)


def zimmet_form(found: PersonCustody, zone: ZoneInfo, now: datetime, printed: str) -> PrintedForm:
    waiting = [(str(one.number), day(one.made_at, zone), f"{len(one.standing)} cihaz") for one in found.waiting]
    parts = [_things("Zimmetindekiler", found.held, "Üzerinde zimmetli cihaz yok.", "Verildi", _since)]
    if found.kept:
        parts.append(_things("Sorumlusu olduğu ortak alanlardakiler", found.kept, "", "Yer", _place))
    if waiting:
        parts.append(
            PrintedPart(title="Onay bekleyenler", heads=("Teslim no", "Tarih", "Cihaz"), widths=(3, 2, 2), rows=waiting)
        )
    return PrintedForm(
        title="Kişinin zimmet dökümü",
        under=UNDER,
        printed=printed,
        head=[("Tarih", day(now, zone)), ("Zimmetinde", f"{len(found.held)} cihaz")],
        facts=person_facts(found.person),
        parts=parts,
        boxes=[PrintedBox("Düzenleyen"), PrintedBox("Zimmetli", [name_of(found.person)])],
        notes=[NOTE],
    )


def room_form(found: RoomList, zone: ZoneInfo, now: datetime, printed: str) -> PrintedForm:
    """To hang in the room: of what is in somebody's zimmet it does not say whose."""
    shared = [row for row in found.rows if row.device.custody.kind is not CustodyKind.PERSON]
    held = [row for row in found.rows if row.device.custody.kind is CustodyKind.PERSON]
    parts = [_things("Ortak kullanımda", shared, "Bu odada ortak kullanılan cihaz yazılı değil.", "Durum", _condition)]
    if held:
        parts.append(_things("Odadaki kişilerin zimmetinde", held, "", "Durum", _condition))
    keepers = ", ".join(map(name_of, found.keepers))
    return PrintedForm(
        title="Oda listesi",
        under=f"dayanıklı taşınırlar listesi, {UNDER}",
        printed=printed,
        head=[("Yer", found.name), ("Tarih", day(now, zone)), ("Toplam", f"{len(found.rows)} cihaz")],
        facts=[("Sorumlusu", keepers), ("Harcama birimi", "")],
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


def clearance_form(person: Person, zone: ZoneInfo, now: datetime, printed: str) -> PrintedForm:
    """Only of who has nothing left (`custody.clear`)."""
    return PrintedForm(
        title="İlişik kesme: zimmet durumu",
        under=UNDER,
        printed=printed,
        head=[("Tarih", day(now, zone)), ("Durum", "zimmeti yok")],
        facts=person_facts(person),
        said=[
            f"Üzerinde zimmetli cihaz yoktur ({moment(now, zone)}).",
            "Sorumlusu olduğu ortak alan ve onay bekleyen teslim de yoktur (Taşınır Mal Yönetmeliği m.5/4).",
        ],
        boxes=[
            PrintedBox("Düzenleyen"),
            PrintedBox("Bilgi İşlem Müdürü"),
            PrintedBox("Ayrılan", [name_of(person)]),
        ],
        notes=[NOTE],
    )


def away_form(row: DeviceRow, zone: ZoneInfo, now: datetime, printed: str) -> PrintedForm:
    """For who is no official of the house, or a firm (Taşınır Mal Yönetmeliği m.23/7): to be filled in by hand."""
    to = row.device.custody.holder_text if row.device.custody.kind is CustodyKind.AWAY else ""
    return PrintedForm(
        title="Dışarıya teslim tutanağı",
        under=UNDER,
        printed=printed,
        number=str(row.device.number),
        head=[
            ("Cihaz no", str(row.device.number)),
            ("Tarih", day(now, zone)),
            ("Dönüş tarihi", ".... / .... / 20...."),
        ],
        facts=[("Alan kişi", to), ("Kurum, firma", ""), ("Telefon", ""), ("Ne için", "")],
        parts=[_things("", [row], "", "Eki", lambda _: "")],
        said=[_AWAY],
        boxes=[PrintedBox("Teslim eden"), PrintedBox("Teslim alan"), PrintedBox("Uygun görülmüştür")],
        rows_below=[
            PrintedRow(
                title="Geri alındı",
                heads=("Tarih", "Eksik, hasar", "Teslim eden (ad, imza)", "Teslim alan (ad, imza)"),
                cells=("", "", "", ""),
                widths=(20, 40, 45, 45),
            )
        ],
        notes=[NOTE],
    )


def device_damage_form(row: DeviceRow, zone: ZoneInfo, now: datetime, printed: str) -> PrintedForm:
    """Lost, or broken in somebody's hands."""
    is_lost = row.device.ending is Ending.LOST
    what = "kayıp" if is_lost else CONDITIONS[row.device.condition]
    return damage_report(
        "Kayıp tutanağı" if is_lost else "Hasar tutanağı",
        [(row.device, what)],
        facts=person_facts(row.holder)
        if row.holder is not None
        else [("Yer", row.place), ("Müdürlük", row.department)],
        number=str(row.device.number),
        head=[("Cihaz no", str(row.device.number)), ("Tarih", day(now, zone)), ("Nerede", row.place or "–")],
        printed=printed,
        said=f"Yukarıda yazılı taşınırın {'bulunamadığı' if is_lost else 'hasarlı olduğu'} görüldü.",
        signed=(
            PrintedBox("Tespit eden"),
            PrintedBox("Zimmetli", [name_of(row.holder)] if row.holder is not None else []),
        ),
    )


def is_reported(device: Device) -> bool:
    return device.ending is Ending.LOST or device.condition is not Condition.WORKS


def person_facts(person: Person) -> list[tuple[str, str]]:
    return [
        ("Ad soyad", name_of(person)),
        ("Personel sicil no", person.staff_no or "–"),
        ("Müdürlük", person.department or "–"),
        ("Oda", person.room or "–"),
    ]


def _things(
    title: str, rows: Sequence[DeviceRow], empty: str, last: str, said: Callable[[DeviceRow], str]
) -> PrintedPart:
    """`said`: what its last column has."""
    cells = [(*thing(place, row.device), said(row)) for place, row in enumerate(rows, 1)]
    return PrintedPart(title=title, heads=(*_HEADS, last), widths=(*_WIDTHS, 22), rows=cells, empty=empty)


def _since(row: DeviceRow) -> str:
    since = "" if row.device.custody.since is None else f"{row.device.custody.since:%d.%m.%Y}"
    return f"kayıp, {since}".strip(", ") if row.device.ending is Ending.LOST else since or "–"


def _place(row: DeviceRow) -> str:
    return row.place or "–"


def _condition(row: DeviceRow) -> str:
    return "kayıp" if row.device.ending is Ending.LOST else CONDITIONS[row.device.condition]
