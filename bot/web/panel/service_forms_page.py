"""`/panel/servis`: service forms (bylaw 7/14), one of them, the year's book, and the slip of a device that leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.devices_page import XLSX, as_file, files_of, printed
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import VENDORS
from bot.web.panel.terms_page import DONE, FIELDS
from bot.web.printed import PrintedPart, PrintedSheet
from handlers.contracts import page
from handlers.contracts.page import ContractWish
from handlers.domain.errors import NotFound
from handlers.domain.numbers import Number, Series
from handlers.domain.services import Disk, VisitState, WaitId
from handlers.events import ContractAsked
from handlers.ports import VisitsWanted
from handlers.queries import service_forms
from handlers.queries.service_forms import ROWS, OneVisit, Slip, VisitRow

STATES: Mapping[VisitState, str] = {
    VisitState.OPEN: "form bekleniyor",
    VisitState.SUBMITTED: "onay bekliyor",
    VisitState.APPROVED: "onaylandı",
    VisitState.CANCELLED: "iptal",
}
DISKS: Mapping[Disk, str] = {
    Disk.REMOVED: "çıkarıldı, kurumda kaldı",
    Disk.WIPED: "silindi",
    Disk.WITH_DISK: "diskle gitti",
    Disk.NO_DISK: "diski yok",
}
HEADS = ("No", "Gün", "Kayıt", "Firma", "Cihaz", "Yapılan", "Değişen", "Garanti", "Ücret", "Durum", "Onaylayan")
WIDTHS = (13, 9, 12, 16, 18, 26, 20, 7, 9, 11, 13)
LETTERS = 2000
MOST = 5_000
_LONGEST = 100


def _words(visit: Visit) -> dict[str, Any]:
    return {"states": STATES, "day": lambda at: _day(visit, at), "parts": parts_typed}


def _list(visit: Visit) -> house_list.HouseList:
    asked = {name: typed for name in ("q", "durum", "yil") if (typed := visit.typed(name)[:_LONGEST])}
    skip = _number_typed(visit, "sonra", 6)
    here = f"{visit.browser.base}/panel/servis"
    return _of(
        address="servis",
        template="panel_service_forms.html",
        query=urlencode(asked),
        look=lambda acting: service_forms.look(acting, wanted(asked), skip=skip),
        words=lambda _: {
            **_words(visit),
            "asked": asked,
            "query": urlencode(asked),
            "year": visit.desk.year(visit.now),
            "skip": skip,
            "first": f"{here}?{urlencode(asked)}" if skip else "",
            "further": f"{here}?{urlencode({**asked, 'sonra': str(skip + ROWS)})}",
        },
    )


def wanted(asked: Mapping[str, str]) -> VisitsWanted:
    state, year = asked.get("durum", ""), asked.get("yil", "")
    return VisitsWanted(
        words=asked.get("q", ""),
        states=frozenset({VisitState(state)}) if state in set(VisitState) else frozenset(),
        year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None,
    )


def _one(visit: Visit) -> house_list.HouseList:
    number = _number(visit)
    return _of(
        address=f"servis/{number}",
        template="panel_service_form.html",
        look=lambda acting: service_forms.one(acting, number),
        words=lambda _: _words(visit),
    )


def _of(**of: Any) -> house_list.HouseList:
    return house_list.HouseList(
        folder="", actions=ContractWish, event=ContractAsked, fields=FIELDS, letters=LETTERS, done=DONE,
        gone="Böyle bir servis formu bulunamadı.", try_out=page.try_out, **of,
    )  # fmt: skip


@panel_page(VENDORS)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _list(visit))


@panel_page(VENDORS)
async def one(visit: Visit) -> Response:
    return await house_list.show(visit, _one(visit))


@panel_page(VENDORS, logged=False)
async def change_one(visit: Visit) -> Response:
    return await house_list.change(visit, _one(visit))


@panel_page(VENDORS)
async def workbook(visit: Visit) -> Response:
    year = _year(visit)
    found = await visit.read(lambda acting: service_forms.look(acting, VisitsWanted(year=year), limit=MOST))
    await _log(visit, f"servis {year}")
    rows = [_cells(visit, row) for row in reversed(found.rows)]
    made = await run_in_threadpool(files_of(visit).workbook, "Servis formları", HEADS, rows)
    return as_file(made, f"servis-formlari-{year}.xlsx", XLSX)


@panel_page(VENDORS)
async def book(visit: Visit) -> Response:
    """Servis formları defteri of a year, by their numbers."""
    year = _year(visit)

    def look(acting: Any) -> Any:
        return service_forms.look(acting, VisitsWanted(year=year), limit=MOST), printed(visit, acting)

    found, when = await visit.read(look)
    await _log(visit, f"servis {year}")
    rows = [_cells(visit, row) for row in reversed(found.rows)]
    part = PrintedPart(title="", heads=HEADS, widths=WIDTHS, rows=rows, empty="Bu yıl servis formu yok.")
    sheet = PrintedSheet(
        title="Servis formları defteri", about=str(year), printed=when, closing=f"Toplam {len(rows)} servis formu.",
        parts=[part],
    )  # fmt: skip
    return as_file(
        await run_in_threadpool(files_of(visit).pages, sheet), f"servis-formlari-{year}.pdf", "application/pdf"
    )


@panel_page(VENDORS)
async def sheet(visit: Visit) -> Response:
    """A single form."""
    number = _number(visit)

    def look(acting: Any) -> tuple[OneVisit, str]:
        return service_forms.one(acting, number), printed(visit, acting)

    found, when = await visit.read(look)
    row, said = found.row, found.row.visit
    without = f"yok: {said.without_form}" if said.without_form else "daha gelmedi"
    facts = [
        ("Kayıt", row.ticket),
        ("Firma", row.vendor),
        ("Gelen", said.who_came),
        ("Geldiği gün", _day(visit, said.came_at)),
        ("Cihaz", row.device),
        ("Yapılan", said.done),
        ("Garanti kapsamında", "evet" if said.in_warranty else "hayır"),
        ("Ücret", said.charged or "yok"),
        ("Yerine gelen cihazın seri no", said.new_serial),
        ("Form", "kayıtta, dosya olarak" if said.form else without),
        ("Yazan", row.made_by),
        ("Onaylayan", f"{row.approved_by}, {_day(visit, said.approved_at)}" if said.approved_at else ""),
    ]
    swapped = [[part.what, part.old, part.new] for part in said.parts]
    made = PrintedSheet(
        title=f"Servis formu {number}", about=STATES[said.state], printed=when, wide=False,
        closing="Teslim eden: ........................   Teslim alan: ........................",
        parts=[
            PrintedPart(
                title="", heads=("Alan", "Bilgi"), widths=(3, 7), rows=[fact for fact in facts if fact[1]], empty=""
            ),
            PrintedPart(
                title="Değişen parçalar", heads=("Parça", "Eski seri no", "Yeni seri no"), widths=(4, 3, 3),
                rows=swapped, empty="Değişen parça yok.",
            ),
        ],
    )  # fmt: skip
    return as_file(await run_in_threadpool(files_of(visit).pages, made), f"{number}.pdf", "application/pdf")


@panel_page(VENDORS)
async def slip(visit: Visit) -> Response:
    """What goes along with a device that leaves the house."""
    key = WaitId(int(visit.request.path_params["wait"]))

    def look(acting: Any) -> tuple[Slip, str]:
        return service_forms.slip(acting, key), printed(visit, acting)

    found, when = await visit.read(look)
    said, wait = found.device.description, found.wait
    facts = [
        ("Kayıt", found.ticket.number),
        ("Firma", found.vendor.name),
        ("Cihaz", f"{found.name} · {found.device.number}"),
        ("Seri no", said.serial),
        ("Taşınır sicil no", said.asset_no),
        ("Teslim günü", _day(visit, wait.left_at)),
        ("Disk", DISKS[wait.disk] if wait.disk is not None else ""),
        ("Teslim eden", found.by.name or found.by.handle),
        ("Arıza", found.ticket.text[:300]),
    ]
    made = PrintedSheet(
        title="Servise teslim fişi", about=found.vendor.name, printed=when, wide=False,
        closing="Teslim eden (imza): ........................   Teslim alan firma (ad, imza): ........................",
        parts=[
            PrintedPart(
                title="", heads=("Alan", "Bilgi"), widths=(3, 7), rows=[fact for fact in facts if fact[1]], empty=""
            )
        ],
    )  # fmt: skip
    made_pages = await run_in_threadpool(files_of(visit).pages, made)
    return as_file(made_pages, f"servise-teslim-{found.ticket.number}.pdf", "application/pdf")


def parts_typed(row: VisitRow) -> str:
    """As its form has them."""
    return "\n".join(f"{part.what}: {part.old} → {part.new}" for part in row.visit.parts)


def _cells(visit: Visit, row: VisitRow) -> tuple[str, ...]:
    said = row.visit
    swapped = [f"{part.what}: {part.old} → {part.new}" for part in said.parts] if row.reads else []
    if said.new_serial and row.reads:
        swapped.append(f"cihaz: {said.new_serial}")
    done = said.done if row.reads else ""
    warranty = "evet" if said.in_warranty else "hayır"
    about = (str(said.number), _day(visit, said.came_at), row.ticket, row.vendor, row.device, done)
    return (*about, "; ".join(swapped), warranty, said.charged, STATES[said.state], row.approved_by)


def _day(visit: Visit, at: Any) -> str:
    return "" if at is None else f"{at.astimezone(visit.desk.zone):%d.%m.%Y}"


def _year(visit: Visit) -> int:
    return _number_typed(visit, "yil", 4) or visit.desk.year(visit.now)


def _number_typed(visit: Visit, name: str, letters: int) -> int:
    typed = visit.typed(name)
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= letters else 0


def _number(visit: Visit) -> Number:
    """Raises NotFound."""
    written = str(visit.request.path_params["number"])
    number = Number.parse(written)
    if number is None or number.series is not Series.SERVICE_VISIT:
        raise NotFound("service_visit", written)
    return number


async def _log(visit: Visit, what: str) -> None:
    who, now = visit.person.id, visit.now
    await visit.web.gateway.write(lambda uow: uow.audit.log(now, who, "terms_exported", what, CHANNEL))
