"""`/panel/ayarlar/mudurlukler`: the list of müdürlükler, and what people typed that is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import SETTINGS
from handlers.people import department_page
from handlers.people.department_page import DepartmentAction
from handlers.queries import departments


def _links(visit: Visit) -> Mapping[str, object]:
    base = visit.browser.base
    return {
        "tickets_of": lambda name: f"{base}/panel/kayitlar?mudurluk={quote(name)}",
        "people_of": lambda name: f"{base}/panel/kisiler?mudurluk={quote(name)}",
    }


_LIST = house_list.HouseList(
    address="mudurlukler",
    template="panel_departments.html",
    actions=DepartmentAction,
    done={
        DepartmentAction.ADD: "Listeye eklendi.",
        DepartmentAction.RENAME: "Adı değişti; eski adı da tanınır.",
        DepartmentAction.SHORT_NAMES: "Kısa adları yazıldı.",
        DepartmentAction.MERGE: "Birleştirildi; 14 gün içinde aşağıdan geri alabilirsiniz.",
        DepartmentAction.TAKE_MERGE_BACK: "Geri alındı; kişileri de geri döndü.",
        DepartmentAction.CLOSE: "Kapandı: kimseye sorulurken önerilmez. Kayıtları ve kişileri duruyor.",
        DepartmentAction.REOPEN: "Yeniden açıldı.",
        DepartmentAction.REMOVE: "Listeden çıktı.",
    },
    gone="Böyle bir müdürlük bulunamadı; bu arada çıkarılmış ya da birleştirilmiş olabilir.",
    look=departments.look,
    try_out=department_page.try_out,
    words=_links,
)


@panel_page(SETTINGS)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _LIST)


@panel_page(SETTINGS, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _LIST)
