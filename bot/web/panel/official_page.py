"""`/panel/resmi-kayit`: every confirmed act that the official ledger has not yet; its number is typed there, or a list
of them pasted."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.device_filter import after_of
from bot.web.panel.devices_page import XLSX, as_file, files_of, require_may
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.handover_papers import DIRECTIONS
from bot.web.panel.handovers_page import DONE, MOST_IN_A_FILE, allowed, log_export, words_of
from bot.web.panel.navigation import HANDOVERS
from handlers.context import Acting
from handlers.device_terms import device_kind
from handlers.devices import handover_page
from handlers.devices.handover_page import MOST_LISTED, HandoverWish
from handlers.domain.device_rights import DeviceAction
from handlers.domain.handovers import Direction, HandoverId
from handlers.events import HandoverAsked
from handlers.ports import HandoversWanted
from handlers.queries import handover_lists
from handlers.queries.handover_lists import HandoverPage, HandoverRow

PATH = "resmi-kayit"
_LETTERS = 60 * MOST_LISTED
_WAITS, _STANDS = HandoversWanted(official=False), HandoversWanted(official=True)
_HEADS = (
    "Teslim no", "Belge no", "Belge tarihi", "İşlem", "Onay tarihi", "Taşınır kodu", "Taşınır sicil no",
    "Taşınırın adı", "Marka", "Model", "Seri no", "Teslim eden", "Teslim eden sicil no", "Teslim alan",
    "Teslim alan sicil no", "Müdürlük", "Oda", "Kullanım",
)  # fmt: skip


@panel_page(HANDOVERS)
async def overview(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.SEE)
    return await house_list.show(visit, _list(visit))


@panel_page(HANDOVERS, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit))


def _list(visit: Visit) -> house_list.HouseList:
    stands, words = visit.typed("durum") == "yazilan", visit.typed("q")[:100]
    asked = {**({"durum": "yazilan"} if stands else {}), **({"q": words} if words else {})}
    after, here = after_of(visit), f"{visit.browser.base}/panel/{PATH}"

    def look(acting: Acting) -> HandoverPage:
        behind = None if after is None else HandoverId(after)
        return handover_lists.look(acting, _STANDS if stands else _WAITS, words=words, after=behind)

    return house_list.HouseList(
        address=PATH,
        folder="",
        template="panel_official.html",
        actions=HandoverWish,
        event=HandoverAsked,
        query=urlencode(asked),
        letters=_LETTERS,
        done=DONE,
        gone="Böyle bir teslim bulunamadı.",
        look=look,
        try_out=handover_page.try_out,
        words=lambda _: {
            **words_of(visit),
            "asked": asked,
            "stands": stands,
            "today": f"{visit.now.astimezone(visit.desk.zone):%Y-%m-%d}",
            "further": lambda last: f"{here}?{urlencode({**asked, 'sonra': last})}",
            "first": f"{here}?{urlencode(asked)}" if after is not None else "",
        },
    )


@panel_page(HANDOVERS)
async def workbook(visit: Visit) -> Response:
    """Its first three columns, once they are filled in, are what is pasted."""
    files = files_of(visit)
    rows = await allowed(visit, lambda acting: handover_lists.every(acting, _WAITS, MOST_IN_A_FILE))
    await log_export(visit, "handovers_exported", f"{len(rows)} rows {PATH}")
    cells = [line for row in reversed(rows) for line in _cells(visit, row)]
    made = await run_in_threadpool(files.workbook, "Resmî kayıt bekleyenler", _HEADS, cells)
    return as_file(made, "resmi-kayit-bekleyenler.xlsx", XLSX)


def _cells(visit: Visit, row: HandoverRow) -> list[tuple[str, ...]]:
    """A line for each device, as the taşınır kayıt yetkilisi types it elsewhere."""
    act, depot = row.handover, "Depo"
    ended = "" if act.ended_at is None else f"{act.ended_at.astimezone(visit.desk.zone):%d.%m.%Y}"
    giver, receiver = row.giver, row.receiver
    whose = receiver or giver
    common = "ortak kullanım" if act.common or (act.direction is Direction.RETURN and giver is None) else "kişi"
    lines: list[tuple[str, ...]] = []
    for line in act.standing:
        said = row.device(line).description
        lines.append(
            (
                str(act.number), "", "", DIRECTIONS[act.direction], ended, said.asset_no.partition("/")[0],
                said.asset_no, device_kind(said.kind), said.brand, said.model, said.serial,
                (giver.name or giver.handle) if giver else depot, giver.staff_no or "" if giver else "",
                (receiver.name or receiver.handle) if receiver else depot, receiver.staff_no or "" if receiver else "",
                whose.department if whose else "", whose.room if whose else "", common,
            )
        )  # fmt: skip
    return lines
