"""`/panel/depo`: what the depot has, one item with its movements, and a month's consumption, as files too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.devices_page import XLSX, as_file, files_of, printed
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import STOCK
from bot.web.printed import PrintedPart, PrintedSheet
from handlers import device_names
from handlers.context import Acting
from handlers.domain.keys import key_from
from handlers.domain.months import Month
from handlers.domain.stock import ItemId, ItemKind, MonthPrint, MoveId, Why
from handlers.events import StockAsked
from handlers.ports import UnitOfWork
from handlers.queries import sightings, stock
from handlers.queries.stock import Consumption, Correction, ItemRow
from handlers.spoken_time import MONTHS, month_name
from handlers.stock import page
from handlers.stock.page import StockWish

FIELDS, LETTERS = 30, 1200
KINDS: Mapping[ItemKind, str] = {
    ItemKind.CONSUMABLE: "Sarf malzemesi",
    ItemKind.SPARE: "Yedek parça",
    ItemKind.REFILL: "Dolum",
    ItemKind.SERVICE_PART: "Servis parçası",
}
WHYS: Mapping[Why, str] = {
    Why.RECEIVED: "giriş",
    Why.USED: "kayıtta kullanım",
    Why.GIVEN: "teslim",
    Why.RETURNED: "iade",
    Why.COUNTED: "sayım farkı",
    Why.SALVAGED: "hurdadan",
    Why.LOST: "fire",
    Why.UNDONE: "geri alma",
}
_DONE: Mapping[Any, str] = {
    StockWish.RECORD: "Malzeme eklendi.",
    StockWish.CORRECT: "Düzeltildi.",
    StockWish.RECEIVE: "Giriş yazıldı.",
    StockWish.ORDER: "Sipariş günü yazıldı.",
    StockWish.SETTLE: "Askıdaki kullanım düşüldü.",
    StockWish.WITHDRAW: "Askıdan kaldırıldı; girişten düşülmez.",
    StockWish.UNDO: "Geri alındı: karşı hareketi yazıldı.",
}
_HEADS = (
    "Kod",
    "Malzeme",
    "Kalan",
    "Birim",
    "En az",
    "Hedef",
    "90 günde",
    "Yeter (gün)",
    "Askıda",
    "Raf",
    "Taşınır kodu",
)
_MONTH_HEADS = ("Taşınır kodu", "Kod", "Malzeme", "Müdürlük", "Miktar", "Birim")
_WITHOUT = "{} kalemin taşınır kodu yok; liste eksik çıkar."


def _list(visit: Visit, item: ItemId | None, low_toners: Sequence[tuple[str, str, int]] = ()) -> house_list.HouseList:
    """`low_toners`: number, name and percent of printers whose toner ends."""
    before = key_from(visit.typed("once")) if visit.typed("once") else None
    return house_list.HouseList(
        address="depo" if item is None else f"depo/{item}",
        folder="",
        template="panel_stock.html" if item is None else "panel_stock_item.html",
        actions=StockWish,
        event=StockAsked,
        fields=FIELDS,
        letters=LETTERS,
        done=_DONE,
        gone="Böyle bir malzeme ya da hareket bulunamadı.",
        look=lambda acting: (
            stock.look(acting) if item is None else stock.one(acting, item, MoveId(before) if before else None)
        ),
        try_out=page.try_out,
        words=lambda _: {
            "kinds": KINDS,
            "whys": WHYS,
            "day": lambda at: _day(visit, at),
            "month": lambda one: MONTHS[one.number - 1],
            "month_of": lambda day: MONTHS[day.month - 1],
            "today": visit.now.astimezone(visit.desk.zone).date(),
            "low_toners": low_toners,
        },
    )


@panel_page(STOCK)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _list(visit, None, await visit.read(_low_toners)))


@panel_page(STOCK, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit, None))


@panel_page(STOCK)
async def one(visit: Visit) -> Response:
    return await house_list.show(visit, _list(visit, _item(visit)))


@panel_page(STOCK, logged=False)
async def change_one(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit, _item(visit)))


@panel_page(STOCK)
async def workbook(visit: Visit) -> Response:
    found = await visit.read(stock.look)
    await _log_export(visit, "depo")
    made = await run_in_threadpool(files_of(visit).workbook, "Depo", _HEADS, [_cells(row) for row in found.rows])
    return as_file(made, "depo.xlsx", XLSX)


@panel_page(STOCK)
async def consumption(visit: Visit) -> Response:
    """`?ay=2026-11`; the month before this one."""
    month = _month(visit)
    found = await visit.read(lambda acting: stock.consumption(acting, month))
    return visit.html(
        "panel_stock_month.html",
        page=found,
        heads=_MONTH_HEADS,
        rows=[_line(found, place) for place in range(len(found.lines))],
        title=month_name(month),
        corrections=[_corrected(one) for one in found.corrections],
        printed=_day(visit, found.printed_at) if found.printed_at is not None else "",
        without=_WITHOUT.format(found.without_code),
    )


@panel_page(STOCK)
async def consumption_workbook(visit: Visit) -> Response:
    month = _month(visit)
    found = await visit.read(lambda acting: stock.consumption(acting, month))
    await _log_export(visit, f"tuketim {month}", month)
    rows = [_line(found, place) for place in range(len(found.lines))]
    rows += [_corrected(one) for one in found.corrections]
    made = await run_in_threadpool(files_of(visit).workbook, f"Tüketim {month}", _MONTH_HEADS, rows)
    return as_file(made, f"tuketim-{month}.xlsx", XLSX)


@panel_page(STOCK)
async def consumption_pages(visit: Visit) -> Response:
    month = _month(visit)

    def look(acting: Acting) -> tuple[Consumption, str]:
        return stock.consumption(acting, month), printed(visit, acting)

    found, when = await visit.read(look)
    await _log_export(visit, f"tuketim {month}", month)
    part = PrintedPart(
        title="",
        heads=_MONTH_HEADS,
        widths=(2, 2, 4, 4, 1, 1),
        rows=[_printed(_line(found, place)) for place in range(len(found.lines))],
        numbers=(_MONTH_HEADS.index("Miktar"),),
        empty="Bu ayda kullanılan malzeme yok.",
    )
    parts = [part, *([_corrections(found)] if found.corrections else [])]
    closing = "Hazırlık çıktısıdır; resmî kayıt taşınır kayıt sistemindedir (Taşınır Mal Yönetmeliği m.30/3)."
    if found.without_code:
        closing = f"{_WITHOUT.format(found.without_code)} {closing}"
    sheet = PrintedSheet(
        title="Aylık tüketim listesi (hazırlık)", about=month_name(month), printed=when, closing=closing, parts=parts,
        signatures=("Hazırlayan", "Taşınır kayıt yetkilisi", "Harcama yetkilisi"),
    )  # fmt: skip
    made = await run_in_threadpool(files_of(visit).pages, sheet)
    return as_file(made, f"tuketim-{month}.pdf", "application/pdf")


def _low_toners(acting: Acting) -> list[tuple[str, str, int]]:
    return [
        (str(device.number), device_names.name(device), percent) for device, percent in sightings.low_toners(acting)
    ]


def _item(visit: Visit) -> ItemId:
    return ItemId(int(visit.request.path_params["item"]))


def _month(visit: Visit) -> Month:
    typed = visit.typed("ay")
    if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", typed, re.ASCII):
        return Month.parse(typed)
    return Month.of(visit.now.astimezone(visit.desk.zone).date()).before


def _day(visit: Visit, at: datetime) -> str:
    return f"{at.astimezone(visit.desk.zone):%d.%m.%Y}"


def _cells(row: ItemRow) -> tuple[str, ...]:
    item = row.item
    counts = (row.left, item.unit, item.minimum, item.target or "", row.used, row.days if row.days is not None else "")
    return (item.code, item.name, *map(str, counts), str(row.pending or ""), item.shelf, item.movable_code)


def _line(found: Consumption, place: int) -> tuple[str, ...]:
    line = found.lines[place]
    item = line.item
    return (item.movable_code, item.code, item.name, line.department, str(line.quantity), item.unit)


_CORRECTION_HEADS = ("Ay", "Kod", "Malzeme", "Müdürlük", "Miktar", "Birim")


def _corrected(one: Correction) -> tuple[str, ...]:
    """Düzeltme: as a line of the list, with whose month it was."""
    code = f"{one.item.code} ({one.undo.number})"
    quantity = str(-one.undo.delta)
    return (month_name(one.month), code, one.item.name, one.first.department, quantity, one.item.unit)


def _corrections(found: Consumption) -> PrintedPart:
    return PrintedPart(
        title="Düzeltmeler (önceki ayların listesinden geri alınanlar)",
        heads=_CORRECTION_HEADS,
        widths=(2, 2, 4, 4, 1, 1),
        rows=[_printed(_corrected(one)) for one in found.corrections],
        numbers=(_CORRECTION_HEADS.index("Miktar"),),
    )


def _printed(line: tuple[str, ...]) -> tuple[str, ...]:
    """An empty cell is seen to be meant; what was taken back has a minus, not a hyphen."""
    return tuple(re.sub(r"\A-(?=\d+\Z)", "−", cell) or "–" for cell in line)


async def _log_export(visit: Visit, what: str, month: Month | None = None) -> None:
    """`month`: whose list was taken."""
    who, now = visit.person.id, visit.now

    def work(uow: UnitOfWork) -> None:
        uow.audit.log(now, who, "stock_exported", what, CHANNEL)
        if month is not None:
            uow.stock.add_print(MonthPrint(month=str(month), at=now, by=who))

    await visit.web.gateway.write(work)
