"""`/panel/sayim`: counts, one with what was seen and what is missing, and what is printed of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.devices_page import as_file, files_of, printed
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import COUNTS
from bot.web.printed import PrintedPart, PrintedSheet
from handlers.context import Acting
from handlers.counts import access, page
from handlers.counts.page import CountWish
from handlers.department_names import DepartmentNames
from handlers.domain.counts import Count, CountLine
from handlers.domain.keys import key_from
from handlers.domain.places import PlaceId
from handlers.events import CountAsked
from handlers.queries import counts
from handlers.queries.counts import SCOPES, CountPage, DeviceSeen, ReportLine

FIELDS, LETTERS = 600, 4000
"""A room's list has a box for each device, and a missing one its line."""
_DONE: Mapping[Any, str] = {
    CountWish.OPEN: "Sayım açıldı.",
    CountWish.STAND: "Oda yazıldı: görülenler artık burada sayılır.",
    CountWish.SEE: "Sayıldı.",
    CountWish.TICK: "İşaretlenenler sayıldı.",
    CountWish.TAKE_BACK: "Geri alındı: sayılmamış sayılır.",
    CountWish.ITEM: "Sayı yazıldı.",
    CountWish.FOUND: "Sayımda bulundu: yazıldı.",
    CountWish.PUT_RIGHT: "Kayıttaki yeri düzeltildi.",
    CountWish.EXPLAIN: "Açıklamalar yazıldı.",
    CountWish.CLOSE: "Sayım kapandı.",
    CountWish.FREEZE: "Depo hareketleri durduruldu.",
    CountWish.UNFREEZE: "Depo hareketleri açıldı.",
    CountWish.WRITE: "Farklar depoya yazıldı (sayım farkı).",
    CountWish.LOST: "Cihaz kayıp olarak yazıldı.",
}
_REPORT_HEADS = (
    "Taşınır kodu", "Adı", "Kayıtlı", "Ambarda", "Ortak alanda", "Kişide", "Bulunan", "Fazla", "Noksan",
)  # fmt: skip
_ROOM_HEADS = ("Cihaz no", "Cihaz", "Taşınır sicil no", "Seri no", "Görüldü", "Not")
_DIFFERENCE_HEADS = ("Ne", "Cihaz ya da malzeme", "Kayıtta", "Sayımda", "Açıklama")


@panel_page(COUNTS)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _all(visit))


@panel_page(COUNTS, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _all(visit))


@panel_page(COUNTS)
async def one(visit: Visit) -> Response:
    """`?oda=7`: that room's list."""
    return await house_list.show(visit, _one(visit))


@panel_page(COUNTS, logged=False)
async def change_one(visit: Visit) -> Response:
    return await house_list.change(visit, _one(visit))


def _all(visit: Visit) -> house_list.HouseList:
    return house_list.HouseList(
        address="sayim",
        folder="",
        template="panel_counts.html",
        actions=CountWish,
        event=CountAsked,
        fields=20,
        letters=1200,
        done=_DONE,
        gone="Böyle bir sayım bulunamadı.",
        look=lambda acting: (counts.look(acting), _offered(acting)),
        try_out=page.try_out,
        words=lambda _: {"scopes": [(one.value, title) for one, title in SCOPES.items()], "day": _day_of(visit)},
    )


def _offered(acting: Acting) -> dict[str, list[str]]:
    """Müdürlükler, and who may be of the board."""
    if not access.keeps(acting):
        return {"departments": [], "people": []}
    registrars = [acting.uow.people.get(one) for one in access.registrars(acting)]
    return {
        "departments": list(DepartmentNames.of(acting.uow).open),
        "people": [one.name or one.handle for one in registrars],
    }


def _one(visit: Visit) -> house_list.HouseList:
    number = str(visit.request.path_params["number"])
    room = key_from(visit.typed("oda")) if visit.typed("oda") else None
    return house_list.HouseList(
        address=f"sayim/{quote(number, safe='')}",
        folder="",
        template="panel_count.html",
        actions=CountWish,
        event=CountAsked,
        fields=FIELDS,
        letters=LETTERS,
        done=_DONE,
        query=f"oda={room}" if room is not None else "",
        gone="Böyle bir sayım, cihaz ya da malzeme bulunamadı.",
        look=lambda acting: counts.one(acting, number, None if room is None else PlaceId(room)),
        try_out=page.try_out,
        words=lambda _: {"day": _day_of(visit), "clock": _clock_of(visit), "now": visit.now},
    )


@panel_page(COUNTS)
async def report(visit: Visit) -> Response:
    """Sayım tutanağı hazırlığı, with the fark listesi."""
    number = str(visit.request.path_params["number"])

    def look(acting: Acting) -> tuple[CountPage, Sequence[ReportLine], str]:
        found, lines = counts.report(acting, number)
        return found, lines, printed(visit, acting)

    found, lines, when = await visit.read(look)
    await _log_export(visit, f"tutanak {number}")
    made = await run_in_threadpool(files_of(visit).pages, _report_sheet(visit, found, lines, when))
    return as_file(made, f"sayim-tutanagi-{number}.pdf", "application/pdf")


@panel_page(COUNTS)
async def rooms(visit: Visit) -> Response:
    """Oda oda liste: to be taken along, or as it was counted."""
    number = str(visit.request.path_params["number"])

    def look(acting: Acting) -> tuple[CountPage, Sequence[tuple[str, Sequence[DeviceSeen]]], str]:
        found, listed = counts.by_room(acting, number)
        return found, listed, printed(visit, acting)

    found, listed, when = await visit.read(look)
    await _log_export(visit, f"oda oda {number}")
    parts = [
        PrintedPart(
            title=f"{room} ({len(devices)})",
            heads=_ROOM_HEADS,
            widths=(2, 4, 4, 3, 3, 4),
            rows=[_of_room(visit, one) for one in devices],
        )
        for room, devices in listed
    ]
    empty = [PrintedPart(title="", heads=(), widths=(1,), rows=[], empty="Bu sayımda dolaşılacak cihaz yok.")]
    sheet = PrintedSheet(
        title=f"Sayım {number}: oda oda liste (hazırlık)",
        about=_about(visit, found),
        printed=when,
        closing=f"Toplam {sum(len(devices) for _, devices in listed)} cihaz.",
        wide=False,
        parts=parts or empty,
        signatures=("Sayan", "Ortak alan sorumlusu"),
    )
    return as_file(
        await run_in_threadpool(files_of(visit).pages, sheet), f"sayim-odalar-{number}.pdf", "application/pdf"
    )


def _report_sheet(visit: Visit, found: CountPage, lines: Sequence[ReportLine], when: str) -> PrintedSheet:
    rows = [
        (
            one.code or "–",
            one.name,
            *(str(number) for number in (one.recorded, one.in_depot, one.shared, one.with_people, one.found)),
            str(one.more or "–"),
            str(one.less or "–"),
        )
        for one in lines
    ]
    differing = _differences(found)
    count = found.row.count
    state = "açık; sayılar kesin değildir" if count.is_open else f"kapandı: {_day_of(visit)(count.closed_at)}"
    return PrintedSheet(
        title=f"Sayım tutanağı {count.number} (hazırlık)",
        about=_about(visit, found),
        printed=when,
        closing=f"Sayım {state}. Kişilerdeki cihazlar kayda göredir (Taşınır Mal Yönetmeliği m.32/5). "
        "Resmî tutanak taşınır kayıt sistemindedir.",
        parts=[
            PrintedPart(
                title="",
                heads=_REPORT_HEADS,
                widths=(6, 9, 2, 2, 3, 2, 2, 2, 2),
                rows=rows,
                numbers=(2, 3, 4, 5, 6, 7, 8),
                empty="Sayılan bir şey yok.",
            ),
            PrintedPart(
                title="Fark listesi",
                heads=_DIFFERENCE_HEADS,
                widths=(2, 5, 3, 3, 5),
                rows=differing,
                empty="Fark yok.",
            ),
        ],
        signatures=[f"Sayım kurulu\n{one.name or one.handle}" for one in found.board],
    )


def _differences(found: CountPage) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("noksan", _named(one), one.place or "–", "–", one.line.note if one.line is not None else "")
        for one in found.missing
    ]
    rows += [("yer farkı", _named(one), one.place or "yeri yok", one.seen_at, "") for one in found.elsewhere]
    rows += [("etiketsiz", _named(one), one.place or "–", one.seen_at or "–", "") for one in found.unlabelled]
    rows += [("fazla", line.note, "kayıtta yok", _where(found, line), "") for line in found.found]
    for one in found.items:
        if one.line is not None and one.line.difference:
            what = "fazla" if one.line.difference > 0 else "noksan"
            name = " ".join(dict.fromkeys((one.item.code, one.item.name)))
            rows.append((what, name, str(one.line.expected), str(one.line.number), ""))
    return rows


def _where(found: CountPage, line: CountLine) -> str:
    return found.places.get(line.place, "–") if line.place is not None else "–"


def _named(one: DeviceSeen) -> str:
    return f"{one.device.number} {one.name}"


def _of_room(visit: Visit, one: DeviceSeen) -> tuple[str, ...]:
    said, line = one.device.description, one.line
    seen = ""
    if line is not None and line.seen and line.at is not None:
        seen = f"✓ {_clock_of(visit)(line.at)} {one.by}"
    return (str(one.device.number), one.name, said.asset_no, said.serial, seen, line.note if line is not None else "")


def _about(visit: Visit, found: CountPage) -> str:
    count: Count = found.row.count
    opened = _day_of(visit)(count.opened_at)
    return f"{found.row.what} · açıldı {opened} · beklenen {found.expected}, sayılan {found.done}"


def _day_of(visit: Visit) -> Any:
    return lambda at: f"{at.astimezone(visit.desk.zone):%d.%m.%Y}"


def _clock_of(visit: Visit) -> Any:
    def clock(at: datetime) -> str:
        local, now = at.astimezone(visit.desk.zone), visit.now.astimezone(visit.desk.zone)
        return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%d.%m %H:%M}"

    return clock


async def _log_export(visit: Visit, what: str) -> None:
    who, now = visit.person.id, visit.now
    await visit.web.gateway.write(lambda uow: uow.audit.log(now, who, "count_exported", what, CHANNEL))
