"""`/panel/teslim`: what waits for whom, and every act; `/panel/teslim/TB-2026-00031`: one of them with its papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from bot.web.errors import HttpRefusal
from bot.web.panel import house_list
from bot.web.panel.device_filter import after_of
from bot.web.panel.devices_page import XLSX, as_file, files_of, printed
from bot.web.panel.guard import CHANNEL, Visit, panel_page
from bot.web.panel.handover_papers import (
    DIRECTIONS,
    PROBLEMS,
    RETURNED,
    STATES,
    damage_form,
    digest_of,
    handover_form,
    moment,
)
from bot.web.panel.navigation import HANDOVERS
from bot.web.printed import PrintedForm
from handlers import device_names
from handlers.context import Acting
from handlers.device_terms import device_kind
from handlers.devices import access, handover_page
from handlers.devices.handover_page import HandoverWish
from handlers.domain.device_rights import DeviceAction
from handlers.domain.errors import NotAllowed, NotFound
from handlers.domain.handovers import Direction, HandoverId, HandoverState
from handlers.events import HandoverAsked
from handlers.ports import HandoversWanted
from handlers.queries import handover_lists
from handlers.queries.handover_lists import HandoverPage, HandoverRow, HandoverShown

T = TypeVar("T")
PATH = "teslim"
MOST_IN_A_FILE = 5_000
_LONGEST = 100
_OVER = frozenset({HandoverState.REFUSED, HandoverState.CANCELLED, HandoverState.LAPSED})
FILTERS: Mapping[str, tuple[str, HandoversWanted]] = {
    "bekleyen": ("Onay bekleyen", HandoversWanted(states=frozenset({HandoverState.WAITING}))),
    "onaylanan": ("Onaylanan", HandoversWanted(states=frozenset({HandoverState.CONFIRMED}))),
    "kayitsiz": ("Resmî kaydı yazılmamış", HandoversWanted(official=False)),
    "olmayan": ("Olmayan: iptal, ret, süresi dolan", HandoversWanted(states=_OVER)),
}
DONE: Mapping[Any, str] = {
    HandoverWish.CONFIRM: "Onayladınız.",
    HandoverWish.PAPER: "İmzalı kâğıtla onaylandı sayıldı; taraflara haber verildi.",
    HandoverWish.CANCEL: "İptal edildi; cihazlar olduğu yerde kaldı.",
    HandoverWish.GIVE_ORDER: "Emir verildi; isteyen teslim edebilir.",
    HandoverWish.REFUSE_ORDER: "Çıkmayacak; isteyene nedeniyle söylendi.",
    HandoverWish.SIGN_DAY: "O günün emirleri imzalandı yazıldı.",
    HandoverWish.OFFICIAL: "Resmî kayda yazıldı.",
    HandoverWish.OFFICIAL_LIST: "Listedekiler resmî kayda yazıldı.",
}
_HEADS = (
    "Teslim no", "İşlem", "Durum", "Hazırlandı", "Bitti", "Kimden", "Kime", "Müdürlük", "Cihaz no", "Tür", "Cihaz",
    "Taşınır sicil no", "Seri no", "Eki, eksiği", "Hazırlayan", "Belge no", "Belge tarihi",
)  # fmt: skip


@panel_page(HANDOVERS)
async def overview(visit: Visit) -> Response:
    if not await visit.read(lambda acting: access.may(acting, DeviceAction.SEE)):
        return RedirectResponse(f"{visit.browser.base}/panel/cikis-emirleri", 303)  # who only orders
    asked = given_of(visit)
    return await house_list.show(visit, _list(visit, asked))


def given_of(visit: Visit) -> dict[str, str]:
    """What the address asks for."""
    typed = {name: visit.typed(name)[:_LONGEST] for name in ("q", "durum", "islem")}
    known = {"durum": FILTERS, "islem": {one.value: one for one in Direction}}
    return {name: value for name, value in typed.items() if value and (name not in known or value in known[name])}


def wanted_of(asked: Mapping[str, str]) -> HandoversWanted:
    _, wanted = FILTERS.get(asked.get("durum", ""), ("", HandoversWanted()))
    if "islem" not in asked:
        return wanted
    chosen = frozenset({Direction(asked["islem"])})
    return HandoversWanted(states=wanted.states, official=wanted.official, directions=chosen)


def _list(visit: Visit, asked: Mapping[str, str]) -> house_list.HouseList:
    after = after_of(visit)
    here = f"{visit.browser.base}/panel/{PATH}"

    def look(acting: Acting) -> HandoverPage:
        behind = None if after is None else HandoverId(after)
        return handover_lists.look(acting, wanted_of(asked), words=asked.get("q", ""), after=behind)

    return house_list.HouseList(
        address=PATH,
        folder="",
        template="panel_handovers.html",
        actions=HandoverWish,
        event=HandoverAsked,
        query=urlencode(asked),
        done=DONE,
        gone="Böyle bir teslim bulunamadı.",
        look=look,
        try_out=handover_page.try_out,
        words=lambda _: {
            **words_of(visit),
            "asked": asked,
            "query": urlencode(asked),
            "filters": [(name, title) for name, (title, _) in FILTERS.items()],
            "further": lambda last: f"{here}?{urlencode({**asked, 'sonra': last})}",
            "first": f"{here}?{urlencode(asked)}" if after is not None else "",
            "days": lambda at: (visit.now - at).days,
        },
    )


def words_of(visit: Visit) -> dict[str, object]:
    return {
        "DIRECTIONS": DIRECTIONS,
        "STATES": STATES,
        "RETURNED": RETURNED,
        "PROBLEMS": PROBLEMS,
        "named": device_names.numbered_name,
        "called": device_names.name,
        "moment": lambda at: moment(at, visit.desk.zone),
        "digest": digest_of,
    }


@panel_page(HANDOVERS)
async def workbook(visit: Visit) -> Response:
    asked, files = given_of(visit), files_of(visit)
    rows = await allowed(
        visit, lambda acting: handover_lists.every(acting, wanted_of(asked), MOST_IN_A_FILE, words=asked.get("q", ""))
    )
    await log_export(visit, "handovers_exported", f"{len(rows)} rows {urlencode(asked)}")
    cells = [line for row in rows for line in _cells(visit, row)]
    made = await run_in_threadpool(files.workbook, "Teslimler", _HEADS, cells)
    return as_file(made, "teslimler.xlsx", XLSX)


def _cells(visit: Visit, row: HandoverRow) -> list[tuple[str, ...]]:
    """A line for each device."""
    act, official, zone = row.handover, row.official, visit.desk.zone
    people = [row.giver.name or row.giver.handle if row.giver is not None else "", row.to]
    whose = row.receiver or row.giver
    lines: list[tuple[str, ...]] = []
    for line in act.lines:
        device = row.device(line)
        said = device.description
        fell = PROBLEMS[line.problem] if line.problem is not None else ""
        how = RETURNED[line.returned] if line.returned is not None else fell
        with_it = ", ".join(filter(None, (line.accessories, how, line.note)))
        lines.append(
            (
                str(act.number), DIRECTIONS[act.direction], STATES[act.state], moment(act.made_at, zone),
                moment(act.ended_at, zone), *people, whose.department if whose is not None else "",
                str(device.number), device_kind(said.kind), said.name, said.asset_no, said.serial, with_it,
                row.maker.name or row.maker.handle, official.document if official else "",
                f"{official.day:%d.%m.%Y}" if official else "",
            )
        )  # fmt: skip
    return lines


# --- one of them ----------------------------------------------------------------------------------
def _one(visit: Visit) -> house_list.HouseList:
    number = _number(visit)
    return house_list.HouseList(
        address=f"{PATH}/{quote(number, safe='')}",
        folder="",
        template="panel_handover.html",
        actions=HandoverWish,
        event=HandoverAsked,
        done=DONE,
        gone="Böyle bir teslim bulunamadı.",
        look=lambda acting: handover_lists.one(acting, number),
        try_out=handover_page.try_out,
        words=lambda _: {**words_of(visit), "today": f"{visit.now.astimezone(visit.desk.zone):%Y-%m-%d}"},
    )


@panel_page(HANDOVERS)
async def one(visit: Visit) -> Response:
    return await house_list.show(visit, _one(visit))


@panel_page(HANDOVERS, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _one(visit))


@panel_page(HANDOVERS)
async def paper(visit: Visit) -> Response:
    """`belge.pdf`."""

    def form(shown: HandoverShown, when: str) -> PrintedForm:
        return handover_form(shown.act, shown.row.official, visit.desk.zone, when)

    return await _printed(visit, "belge", form)


@panel_page(HANDOVERS)
async def damage(visit: Visit) -> Response:
    """`hasar.pdf`; only of what did not come back whole."""

    def form(shown: HandoverShown, when: str) -> PrintedForm:
        found = damage_form(shown.act, visit.desk.zone, when)
        if found is None:
            raise NotFound("page", visit.request.url.path)
        return found

    return await _printed(visit, "hasar-tutanagi", form)


async def _printed(visit: Visit, name: str, form: Callable[[HandoverShown, str], PrintedForm]) -> Response:
    number = _number(visit)

    def look(acting: Acting) -> tuple[HandoverShown, str]:
        return handover_lists.one(acting, number), printed(visit, acting)

    shown, when = await visit.read(look)
    return await as_paper(visit, form(shown, when), f"{name}-{shown.row.handover.number}")


async def allowed(visit: Visit, look: Callable[[Acting], T]) -> T:
    """Raises HttpRefusal where it is not theirs to see."""
    try:
        return await visit.read(look)
    except NotAllowed:
        raise HttpRefusal(403, "page_closed") from None


async def as_paper(visit: Visit, form: PrintedForm, name: str) -> Response:
    """Names leave the desk with it: it is noted before."""
    files = files_of(visit)
    await log_export(visit, "custody_printed", name)
    return as_file(await run_in_threadpool(files.form, form), f"{name}.pdf", "application/pdf")


async def log_export(visit: Visit, what: str, about: str) -> None:
    who, now = visit.person.id, visit.now
    await visit.web.gateway.write(lambda uow: uow.audit.log(now, who, what, about[:200], CHANNEL))


def _number(visit: Visit) -> str:
    return str(visit.request.path_params["number"])[:40]
