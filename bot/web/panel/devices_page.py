"""`/panel/cihazlar`: what the house looks after, found by whatever stands on it; as a workbook and as pages, too."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import FormLimits, bounded_form
from bot.web.panel import device_filter, house_list
from bot.web.panel.device_filter import HEADS, KINDS, LACKS, NETWORK, OWNERS, WARRANTIES, WIDTHS, DeviceFilter, cells
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import DEVICES
from bot.web.printed import PrintedPart, PrintedSheet
from bot.web.rendering import NO_STORE
from bot.web.settings import DeviceFiles
from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.device_terms import LIVES
from handlers.devices import access, identifying, page
from handlers.devices.page import DeviceWish
from handlers.domain.device_rights import DeviceAction
from handlers.domain.errors import NotFound
from handlers.events import DeviceAsked
from handlers.ports import DevicesWanted
from handlers.queries import devices
from handlers.queries.devices import ROWS, DevicePage, DeviceRow, Failing
from handlers.reports import anchoring

MOST_IN_A_FILE = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ON_PAGES = 1_000
_AT_A_TIME = 500
FIELDS = ROWS + 20


def actions(
    visit: Visit, asked: DeviceFilter, *, keeps: bool, brings: bool = False, whole: bool = False
) -> house_list.HouseList:
    return house_list.HouseList(
        address="cihazlar",
        folder="",
        template="panel_devices.html",
        actions=DeviceWish,
        event=DeviceAsked,
        fields=FIELDS,
        done={
            DeviceWish.MOVE: "Taşındı.",
            DeviceWish.MOVE_BACK: "Geri alındı: eski yerlerinde. Bu arada dokunulanlar olduğu gibi kaldı.",
        },
        told_with=lambda action, given: f"&tasinan={given.get('ids', '')}" if action == DeviceWish.MOVE else "",
        query=asked.query,
        gone="Böyle bir cihaz bulunamadı.",
        look=lambda acting: _look(visit, acting, asked),
        try_out=page.try_out,
        words=lambda _: {**_words(visit, asked, brings=brings), "keeps": keeps, "sees_whole": whole},
    )


@panel_page(DEVICES)
async def overview(visit: Visit) -> Response:
    asked = DeviceFilter.of(visit)
    if (typed := asked.get("q")) and len(asked.given) == 1 and not (visit.typed("sonra") or visit.typed("oldu")):
        found = await visit.read(lambda acting: _named(acting, typed))
        if found:
            return RedirectResponse(f"{visit.browser.base}/panel/cihaz/{found}", 303)
    keeps, brings = await _keeps(visit), await _brings(visit)
    whole = await visit.read(access.sees_all_whole)
    return await house_list.show(visit, actions(visit, asked, keeps=keeps, brings=brings, whole=whole))


@panel_page(DEVICES, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, actions(visit, DeviceFilter.of(visit), keeps=await _keeps(visit)))


@panel_page(DEVICES, logged=False)
async def choose_labels(visit: Visit) -> Response:
    """What was ticked goes to the page of labels, which stands at an address of its own."""
    async with bounded_form(visit.request, FormLimits(fields=FIELDS)) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
        ids = ",".join(str(one) for one in form.getlist("ids"))

    def numbers(acting: Acting) -> list[str]:
        access.require(acting, DeviceAction.SEE)
        return [str(one.number) for one in acting.uow.devices.several(page.keys_of({"ids": ids}))] if ids else []

    chosen = await visit.read(numbers)
    return RedirectResponse(f"{visit.browser.base}/panel/cihazlar-etiket?no={','.join(chosen)}", 303)


async def require_may(visit: Visit, action: DeviceAction) -> None:
    """Raises HttpRefusal."""
    if not await visit.read(lambda acting: access.may(acting, action)):
        raise HttpRefusal(403, "page_closed")


async def _keeps(visit: Visit) -> bool:
    return await visit.read(lambda acting: access.may(acting, DeviceAction.KEEP))


def _named(acting: Acting, typed: str) -> str:
    """The number of the only device that has just this one: whoever types one wants that device."""
    found = identifying.find(acting, typed)
    is_number = any(letter.isdigit() for letter in typed)
    return str(found[0].device.number) if len(found) == 1 and is_number else ""


def _look(visit: Visit, acting: Acting, asked: DeviceFilter) -> DevicePage:
    after = device_filter.after_of(visit)
    return devices.look(acting, asked.wanted(acting), department=_department(acting, asked), after=after)


def _department(acting: Acting, asked: DeviceFilter) -> str:
    typed = asked.get("mudurluk")
    return DepartmentNames.of(acting.uow).settled(typed) if typed else ""


def _words(visit: Visit, asked: DeviceFilter, *, brings: bool) -> dict[str, object]:
    return {
        "asked": asked.given,
        "query": asked.query,
        "kinds": KINDS,
        "lives": [(one.value, LIVES[one]) for one in device_filter.SHOWN_LIVES],
        "warranties": WARRANTIES,
        "owners": OWNERS,
        "lacks": LACKS,
        "network": NETWORK,
        "holder": device_filter.holder,
        "brings": brings,
        "moved": (visit.typed("oldu"), visit.typed("tasinan")) if visit.typed("tasinan") else None,
        "further": lambda after: f"{visit.browser.base}/panel/cihazlar?{urlencode({**asked.given, 'sonra': after})}",
        "first": f"{visit.browser.base}/panel/cihazlar?{asked.query}" if visit.typed("sonra") else "",
        "LIVES": LIVES,
    }


@panel_page(DEVICES)
async def workbook(visit: Visit) -> Response:
    asked, files = DeviceFilter.of(visit), files_of(visit)
    rows = await visit.read(lambda acting: all_rows(acting, asked, MOST_IN_A_FILE))
    await _log_export(visit, asked, len(rows))
    made = await run_in_threadpool(files.workbook, "Cihaz listesi", HEADS, [cells(row) for row in rows])
    return as_file(made, "cihazlar.xlsx", XLSX)


@panel_page(DEVICES)
async def pages(visit: Visit) -> Response:
    asked, files = DeviceFilter.of(visit), files_of(visit)

    def look(acting: Acting) -> tuple[Sequence[DeviceRow], str, str]:
        return all_rows(acting, asked, MOST_ON_PAGES), printed(visit, acting), about(acting, asked)

    rows, when, what = await visit.read(look)
    await _log_export(visit, asked, len(rows))
    closing = f"Toplam {len(rows)} cihaz."
    if len(rows) == MOST_ON_PAGES:
        closing = f"İlk {MOST_ON_PAGES} cihaz; tamamı için xlsx alın ya da süzün."
    part = PrintedPart(
        title="", heads=HEADS, widths=WIDTHS, rows=[cells(row) for row in rows], empty="Bu süzgeçte cihaz yok."
    )
    sheet = PrintedSheet(title="Cihaz listesi", about=what, printed=when, closing=closing, parts=[part])
    return as_file(await run_in_threadpool(files.pages, sheet), "cihaz-listesi.pdf", "application/pdf")


@panel_page(DEVICES)
async def most_failing(visit: Visit) -> Response:
    """Those with most tickets in a year (`?yil=2026`; this one): for the needs of the next (bylaw 7/12)."""
    files, typed = files_of(visit), visit.typed("yil")
    year = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 4 else visit.desk.year(visit.now)

    def look(acting: Acting) -> tuple[Sequence[Failing], str]:
        return devices.most_failing(acting, year), printed(visit, acting)

    found, when = await visit.read(look)
    part = PrintedPart(
        title="",
        heads=("Sıra", "No", "Cihaz", "Müdürlük", "Yer", "Alım", "Garanti", "Kayıt"),
        widths=(1, 2, 5, 4, 3, 2, 2, 1),
        rows=[_failing(place, one) for place, one in enumerate(found, 1)],
        empty="O yıl cihazı bilinen kayıt yok.",
    )
    closing = "Kayıt: o yıl açılan ve bu cihazla ilgili olduğu kesin olan kayıtlar."
    sheet = PrintedSheet(
        title=f"En çok kayıt açılan cihazlar {year}", about="İlk 20", printed=when, closing=closing, parts=[part]
    )
    return as_file(await run_in_threadpool(files.pages, sheet), f"en-cok-kayit-{year}.pdf", "application/pdf")


def _failing(place: int, one: Failing) -> tuple[str, ...]:
    row, said = one.row, one.row.device.description
    days = [f"{day:%d.%m.%Y}" if day is not None else "" for day in (said.bought_on, said.warranty_until)]
    return (str(place), str(row.device.number), row.name, row.department, row.place, *days, str(one.tickets))


async def _log_export(visit: Visit, asked: DeviceFilter, rows: int) -> None:
    """Names of holders leave the desk with it. Before anything does."""
    who, now, what = visit.person.id, visit.now, f"{rows} rows {asked.query}"[:200]
    await visit.web.gateway.write(lambda uow: uow.audit.log(now, who, "devices_exported", what, CHANNEL))


def all_rows(acting: Acting, asked: DeviceFilter, most: int) -> list[DeviceRow]:
    """The newest first. Raises NotAllowed."""
    rows: list[DeviceRow] = []
    wanted: DevicesWanted = asked.wanted(acting)
    after = None
    while len(rows) < most:
        found = devices.look(acting, wanted, department=_department(acting, asked), after=after, limit=_AT_A_TIME)
        rows += found.rows
        if (after := found.after) is None:
            break
    return rows[:most]


def about(acting: Acting, asked: DeviceFilter) -> str:
    """What was chosen, in words."""
    said = [
        _department(acting, asked),
        dict(KINDS).get(asked.get("tur"), ""),
        asked.get("yer"),
        LIVES.get(asked.get("durum"), ""),
        f"garanti {WARRANTIES[asked.get('garanti')]}" if asked.get("garanti") in WARRANTIES else "",
        OWNERS.get(asked.get("sahip"), ""),
        LACKS.get(asked.get("eksik"), ""),
        f"ağda {NETWORK[asked.get('ag')]}" if asked.get("ag") in NETWORK else "",
        f"“{asked.get('q')}”" if asked.get("q") else "",
    ]
    return " · ".join(filter(None, said)) or "Bütün cihazlar"


def printed(visit: Visit, acting: Acting) -> str:
    """When, and by which anchor what is printed can be proven later."""
    local, anchor = visit.now.astimezone(visit.desk.zone), anchoring.witnessed(acting.uow)
    chain = f" · Zincir {anchor.mark} ({anchor.day:%d.%m.%Y})" if anchor is not None else ""
    return f"Basım: {local:%d.%m.%Y %H:%M}{chain}"


def files_of(visit: Visit) -> DeviceFiles:
    """Raises NotFound."""
    files = visit.web.settings.devices
    if files is None:
        raise NotFound("page", visit.request.url.path)
    return files()


def as_file(made: bytes, name: str, media_type: str, *, shown: bool = False) -> Response:
    how = "inline" if shown or media_type == "application/pdf" else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="{name}"', **NO_STORE}
    return Response(made, media_type=media_type, headers=headers)


async def _brings(visit: Visit) -> bool:
    return await visit.read(lambda acting: access.may(acting, DeviceAction.TIDY))
