"""`/panel/yazilimlar`: what the house runs, its seats, and which security papers are missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.devices_page import XLSX, as_file, files_of
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.navigation import PROGRAMS
from bot.web.panel.terms_page import DONE, FIELDS
from handlers.contracts import page
from handlers.contracts.page import ContractWish
from handlers.domain.programs import LicenceModel, Program, ProgramId
from handlers.events import ContractAsked
from handlers.queries import programs
from handlers.queries.programs import ROWS, ProgramRow

MODELS: Mapping[LicenceModel, str] = {
    LicenceModel.PERSON: "kişi",
    LicenceModel.DEVICE: "cihaz",
    LicenceModel.CONCURRENT: "eşzamanlı",
    LicenceModel.SERVER: "sunucu",
    LicenceModel.PERPETUAL: "süresiz",
    LicenceModel.PUBLIC: "kamu",
    LicenceModel.FREE: "ücretsiz",
}
LACKS = {"pledge": "taahhütname yok", "test": "güvenlik testi yok"}
HEADS = (
    "Yazılım", "Üretici", "Birim", "Lisans", "Alınan", "Atanan", "Sürüm", "Destek sonu", "Taahhütname",
    "Güvenlik testi", "Muhasebe (260)", "Anahtarın yeri",
)  # fmt: skip
LETTERS, MOST = 1200, 5_000


def _list(visit: Visit) -> house_list.HouseList:
    asked = {name: typed for name in ("q", "eksik") if (typed := visit.typed(name)[:100])}
    typed = visit.typed("sonra")
    skip = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 0
    here = f"{visit.browser.base}/panel/yazilimlar"
    return _of(
        address="yazilimlar",
        template="panel_programs.html",
        query=urlencode(asked),
        look=lambda acting: programs.look(acting, asked.get("q", ""), lacking="eksik" in asked, skip=skip),
        words=lambda _: {
            **_words(visit),
            "asked": asked,
            "query": urlencode(asked),
            "skip": skip,
            "first": f"{here}?{urlencode(asked)}" if skip else "",
            "further": f"{here}?{urlencode({**asked, 'sonra': str(skip + ROWS)})}",
        },
    )


def _one(visit: Visit) -> house_list.HouseList:
    key = ProgramId(int(visit.request.path_params["program"]))
    return _of(
        address=f"yazilimlar/{key}",
        template="panel_program.html",
        look=lambda acting: programs.one(acting, key),
        words=lambda _: {**_words(visit), "as_typed": as_typed},
    )


def _of(**of: Any) -> house_list.HouseList:
    return house_list.HouseList(
        folder="", actions=ContractWish, event=ContractAsked, fields=FIELDS, letters=LETTERS, done=DONE,
        gone="Böyle bir yazılım bulunamadı.", try_out=page.try_out, **of,
    )  # fmt: skip


def _words(visit: Visit) -> dict[str, Any]:
    units = [(unit, visit.desk.unit_title(unit)) for unit in visit.desk.units]
    return {"models": MODELS, "lacks": LACKS, "units": units}


@panel_page(PROGRAMS)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _list(visit))


@panel_page(PROGRAMS, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit))


@panel_page(PROGRAMS)
async def one(visit: Visit) -> Response:
    return await house_list.show(visit, _one(visit))


@panel_page(PROGRAMS, logged=False)
async def change_one(visit: Visit) -> Response:
    return await house_list.change(visit, _one(visit))


@panel_page(PROGRAMS)
async def workbook(visit: Visit) -> Response:
    lacking = bool(visit.typed("eksik"))
    found = await visit.read(lambda acting: programs.look(acting, visit.typed("q"), lacking=lacking, limit=MOST))
    who, now, what = visit.person.id, visit.now, f"yazilimlar {len(found.rows)}"
    await visit.web.gateway.write(lambda uow: uow.audit.log(now, who, "terms_exported", what, CHANNEL))
    rows = [_cells(visit, row) for row in found.rows]
    made = await run_in_threadpool(files_of(visit).workbook, "Yazılımlar", HEADS, rows)
    return as_file(made, "yazilimlar.xlsx", XLSX)


def _cells(visit: Visit, row: ProgramRow) -> tuple[str, ...]:
    one = row.program
    days = [f"{day:%d.%m.%Y}" if day is not None else "" for day in (one.support_ends, one.tested_on)]
    pledge = one.pledge or (f"yok: {one.pledge_excused}" if one.pledge_excused else "")
    head = (one.name, one.maker, visit.desk.unit_title(one.unit), MODELS[one.model], str(one.owned or ""))
    return (*head, str(row.seats), one.version_in_use, days[0], pledge, days[1], one.accounting, one.key_kept)


def as_typed(one: Program) -> dict[str, str]:
    """The fields of its form, as it stands."""
    return {
        "name": one.name,
        "maker": one.maker,
        "unit": one.unit,
        "model": one.model.value,
        "owned": str(one.owned or ""),
        "version_in_use": one.version_in_use,
        "support_ends": one.support_ends.isoformat() if one.support_ends is not None else "",
        "pledge": one.pledge,
        "pledge_excused": one.pledge_excused,
        "tested_on": one.tested_on.isoformat() if one.tested_on is not None else "",
        "accounting": one.accounting,
        "key_kept": one.key_kept,
        "gone": "" if one.active else "1",
    }
