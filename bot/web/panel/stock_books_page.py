"""`/panel/depo-defter`: the depot's book of a year, what each printer used up in it, and a ticket as the request for
malzeme that it is."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.panel.devices_page import XLSX, as_file, files_of, printed
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import STOCK, TICKETS
from bot.web.panel.stock_page import WHYS
from bot.web.printed import PrintedPart, PrintedSheet
from handlers.context import Acting
from handlers.queries import stock_books
from handlers.queries.stock_books import BookLine, ItemsRequest, PrinterUse

MOST_ON_PAGES = 5_000
_HEADS = ("No", "Gün", "Kod", "Malzeme", "Giriş", "Çıkış", "Kalan", "Neden", "Kayıt, cihaz", "Müdürlük", "Belge", "Kim")
_PRINTER_HEADS = ("Cihaz no", "Cihaz", "Müdürlük", "Yer", "Malzeme", "Toplam")


@panel_page(STOCK)
async def overview(visit: Visit) -> Response:
    """`?yil=2026`; this one."""
    year = _year(visit)

    def look(acting: Acting) -> tuple[int, Sequence[PrinterUse]]:
        return len(stock_books.book(acting, year)), stock_books.by_printer(acting, year)

    moves, printers = await visit.read(look)
    rows = [_printer(one) for one in printers]
    return visit.html("panel_stock_book.html", year=year, moves=moves, heads=_PRINTER_HEADS, rows=rows)


@panel_page(STOCK)
async def workbook(visit: Visit) -> Response:
    year = _year(visit)
    found = await visit.read(lambda acting: stock_books.book(acting, year))
    await _log_export(visit, f"defter {year}")
    rows = [_line(visit, one) for one in found]
    made = await run_in_threadpool(files_of(visit).workbook, f"Depo defteri {year}", _HEADS, rows)
    return as_file(made, f"depo-defteri-{year}.xlsx", XLSX)


@panel_page(STOCK)
async def pages(visit: Visit) -> Response:
    """Depo giriş–çıkış defteri, by SH no."""
    year = _year(visit)

    def look(acting: Acting) -> tuple[Sequence[BookLine], str]:
        return stock_books.book(acting, year), printed(visit, acting)

    found, when = await visit.read(look)
    await _log_export(visit, f"defter {year}")
    part = PrintedPart(
        title="",
        heads=_HEADS,
        widths=(6, 4, 4, 8, 3, 3, 3, 6, 8, 8, 6, 6),
        rows=[_line(visit, one) for one in found[:MOST_ON_PAGES]],
        numbers=(4, 5, 6),
        empty="O yıl depo hareketi yok.",
    )
    closing = f"Toplam {len(found)} hareket."
    if len(found) > MOST_ON_PAGES:
        closing = f"İlk {MOST_ON_PAGES} hareket; tamamı için xlsx alın."
    sheet = PrintedSheet(
        title="Depo giriş–çıkış defteri (hazırlık)",
        about=f"{year}, hareket numarasına göre",
        printed=when,
        closing=closing,
        parts=[part],
        signatures=("Ambar sorumlusu", "Müdür"),
    )
    return as_file(await run_in_threadpool(files_of(visit).pages, sheet), f"depo-defteri-{year}.pdf", "application/pdf")


@panel_page(STOCK)
async def printers_workbook(visit: Visit) -> Response:
    year = _year(visit)
    found = await visit.read(lambda acting: stock_books.by_printer(acting, year))
    await _log_export(visit, f"yazicilar {year}")
    rows = [_printer(one) for one in found]
    made = await run_in_threadpool(files_of(visit).workbook, f"Yazıcılar {year}", _PRINTER_HEADS, rows)
    return as_file(made, f"yazici-tuketimi-{year}.xlsx", XLSX)


@panel_page(TICKETS)
async def items_request(visit: Visit) -> Response:
    """Malzeme istek belgesi: what was taken for a ticket, to be signed."""
    number = str(visit.request.path_params["number"])

    def look(acting: Acting) -> tuple[ItemsRequest, str]:
        return stock_books.request(acting, number), printed(visit, acting)

    found, when = await visit.read(look)
    sheet = _request_sheet(visit, found, when)
    return as_file(
        await run_in_threadpool(files_of(visit).pages, sheet), f"malzeme-istek-{number}.pdf", "application/pdf"
    )


def _request_sheet(visit: Visit, found: ItemsRequest, when: str) -> PrintedSheet:
    ticket = found.ticket
    about = [
        ("Kayıt no", ticket.number),
        ("Açıldı", f"{ticket.opened_at.astimezone(visit.desk.zone):%d.%m.%Y %H:%M}"),
        ("Konu", found.subject),
        ("İsteyen", found.asked_by),
        ("Müdürlük", found.department),
        ("Cihaz", found.device),
        ("Onaylayan", found.approved),
    ]
    moved = [
        (item.code, item.name, item.movable_code or "–", str(-move.delta), item.unit, str(move.number))
        for item, move in found.lines
    ]
    waiting = [
        (item.code, item.name, item.movable_code or "–", str(quantity), item.unit, "askıda")
        for item, quantity in found.waiting
    ]
    return PrintedSheet(
        title="Malzeme istek belgesi (hazırlık)",
        about=f"İş talep belgesi {ticket.number}",
        printed=when,
        closing="İş talep belgesi istek belgesi yerine geçer (Taşınır Mal Yönetmeliği m.10/1-c).",
        wide=False,
        parts=[
            PrintedPart(title="İstek", heads=(), widths=(1, 3), rows=[one for one in about if one[1]]),
            PrintedPart(
                title="Verilen malzeme",
                heads=("Kod", "Malzeme", "Taşınır kodu", "Miktar", "Birim", "Depo hareketi"),
                widths=(2, 4, 2, 1, 1, 2),
                rows=[*moved, *waiting],
                numbers=(3,),
            ),
        ],
        signatures=(
            f"İsteyen\n{found.asked_by}",
            f"Onaylayan\n{found.approved}",
            f"Veren\n{found.given}",
            "Teslim alan",
        ),
    )


def _year(visit: Visit) -> int:
    typed = visit.typed("yil")
    known = typed.isascii() and typed.isdecimal() and len(typed) == 4 and typed.startswith("20")
    return int(typed) if known else visit.desk.year(visit.now)


def _line(visit: Visit, one: BookLine) -> tuple[str, ...]:
    line, move = one.line, one.line.move
    came, went = (str(move.delta), "") if move.delta > 0 else ("", str(-move.delta))
    why = f"{WHYS[move.why]}{f' (geri alındı: {line.undone})' if line.undone else ''}"
    about = ", ".join(filter(None, (line.ticket, line.device)))
    paper = ", ".join(filter(None, (move.document, move.note)))
    day = f"{move.at.astimezone(visit.desk.zone):%d.%m.%Y}"
    named = (str(move.number), day, one.item.code, one.item.name, came, went, str(one.left), why)
    return (*named, about, move.department, paper, line.who)


def _printer(one: PrinterUse) -> tuple[str, ...]:
    used = ", ".join(f"{number} × {item.code}" for item, number in one.items)
    return (str(one.device.number), one.name, one.department, one.place, used, str(one.quantity))


async def _log_export(visit: Visit, what: str) -> None:
    who, now = visit.person.id, visit.now
    await visit.web.gateway.write(lambda uow: uow.audit.log(now, who, "stock_exported", what, CHANNEL))
