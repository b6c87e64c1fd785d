"""`/panel/ayarlar/gorevler`: who holds which office, from when to when, and who acts for them."""

from __future__ import annotations

from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import SETTINGS
from handlers.people import officer_page
from handlers.people.officer_page import OfficerAction
from handlers.queries import officers

_TOLD = " Sohbetten ulaşılabiliyorsa kendisine haber verilir."
_LIST = house_list.HouseList(
    address="gorevler",
    template="panel_officers.html",
    actions=OfficerAction,
    done={
        OfficerAction.NAME: f"Görev yazıldı.{_TOLD}",
        OfficerAction.END: f"Son günü yazıldı.{_TOLD}",
        OfficerAction.WITHDRAW: f"Geri alındı: bu görev hiç verilmemiş sayılır.{_TOLD}",
    },
    gone="Böyle bir görev satırı bulunamadı; bu arada değişmiş olabilir.",
    look=officers.look,
    try_out=officer_page.try_out,
)


@panel_page(SETTINGS)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _LIST)


@panel_page(SETTINGS, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _LIST)
