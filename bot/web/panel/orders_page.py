"""`/panel/cikis-emirleri`: orders by which devices leave the depot (bylaw 11/26), given and refused there; a day's to
be signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.custody_papers import orders_form
from bot.web.panel.device_filter import after_of
from bot.web.panel.devices_page import printed
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.handover_papers import moment
from bot.web.panel.handovers_page import DONE, allowed, as_paper
from bot.web.panel.navigation import HANDOVERS
from bot.web.printed import PrintedForm
from handlers import device_names
from handlers.context import Acting
from handlers.devices import handover_page
from handlers.devices.handover_page import HandoverWish
from handlers.domain.handovers import OrderId, OrderState
from handlers.events import HandoverAsked
from handlers.ports import OrdersWanted
from handlers.queries import handover_lists, handovers
from handlers.queries.handover_lists import OrderPage

PATH = "cikis-emirleri"
_LONGEST = 100
STATES: Mapping[OrderState, str] = {
    OrderState.ASKED: "karar bekliyor",
    OrderState.GIVEN: "verildi",
    OrderState.REFUSED: "verilmedi",
}
FILTERS: Mapping[str, tuple[str, OrderState]] = {
    "bekleyen": ("Karar bekleyen", OrderState.ASKED),
    "verilen": ("Verilen", OrderState.GIVEN),
    "verilmeyen": ("Verilmeyen", OrderState.REFUSED),
}


@panel_page(HANDOVERS)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _list(visit))


@panel_page(HANDOVERS, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit))


def _list(visit: Visit) -> house_list.HouseList:
    typed = {name: visit.typed(name)[:_LONGEST] for name in ("q", "durum")}
    asked = {name: value for name, value in typed.items() if value and (name == "q" or value in FILTERS)}
    after, here = after_of(visit), f"{visit.browser.base}/panel/{PATH}"
    states = frozenset({FILTERS[asked["durum"]][1]}) if "durum" in asked else frozenset()

    def look(acting: Acting) -> OrderPage:
        behind = None if after is None else OrderId(after)
        return handover_lists.orders(acting, OrdersWanted(states=states), words=asked.get("q", ""), after=behind)

    return house_list.HouseList(
        address=PATH,
        folder="",
        template="panel_orders.html",
        actions=HandoverWish,
        event=HandoverAsked,
        query=urlencode(asked),
        done=DONE,
        gone="Böyle bir çıkış emri bulunamadı.",
        look=look,
        try_out=handover_page.try_out,
        words=lambda _: {
            "asked": asked,
            "filters": [(name, title) for name, (title, _) in FILTERS.items()],
            "STATES": STATES,
            "named": device_names.numbered_name,
            "moment": lambda at: moment(at, visit.desk.zone),
            "today": visit.now.astimezone(visit.desk.zone).date().isoformat(),
            "further": lambda last: f"{here}?{urlencode({**asked, 'sonra': last})}",
            "first": f"{here}?{urlencode(asked)}" if after is not None else "",
        },
    )


@panel_page(HANDOVERS)
async def of_day(visit: Visit) -> Response:
    """`?gun=2026-12-01`; today."""
    zone = visit.desk.zone
    try:
        day = date.fromisoformat(visit.typed("gun"))
    except ValueError:
        day = visit.now.astimezone(zone).date()

    def look(acting: Acting) -> PrintedForm:
        return orders_form(handovers.day_orders(acting, day), zone, printed(visit, acting))

    return await as_paper(visit, await allowed(visit, look), f"cikis-emirleri-{day.isoformat()}")
