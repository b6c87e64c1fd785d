"""`/panel/ayarlar/bina-oda`: the places of the house, as they are typed, put right and merged."""

from __future__ import annotations

from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import DEVICES, SETTINGS
from handlers.devices import access
from handlers.people import place_page
from handlers.people.place_page import PlaceAction
from handlers.queries import places

_MAX_LETTERS = 60


def _list(visit: Visit, *, room_lists: bool = False) -> house_list.HouseList:
    words = visit.request.query_params.get("ara", "")[:_MAX_LETTERS]
    return house_list.HouseList(
        address="bina-oda",
        template="panel_places.html",
        actions=PlaceAction,
        done={
            PlaceAction.ADD: "Yer eklendi.",
            PlaceAction.CORRECT: "Düzeltildi; kayıtlarda o gün yazılan durur.",
            PlaceAction.MERGE: "Birleştirildi; 14 gün içinde aşağıdan geri alabilirsiniz.",
            PlaceAction.TAKE_MERGE_BACK: "Geri alındı; kayıtları da geri döndü.",
        },
        gone="Böyle bir yer bulunamadı; bu arada birleştirilmiş olabilir.",
        look=lambda acting: places.look(acting, words),
        try_out=place_page.try_out,
        words=lambda _: {"room_lists": room_lists},
    )


@panel_page(SETTINGS)
async def overview(visit: Visit) -> Response:
    sees = await visit.read(access.sees_all_whole) and DEVICES.is_open_to(visit.person)
    return await house_list.show(visit, _list(visit, room_lists=sees))


@panel_page(SETTINGS, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _list(visit))
