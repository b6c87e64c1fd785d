"""`/panel/cihazlar-agda`: what agents saw in the network, and which device each of it is of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.device_filter import KINDS
from bot.web.panel.devices_page import require_may
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import DEVICES
from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.device_terms import LIVES, SIGHTING_LINKS, SIGHTING_TYPES
from handlers.devices import access, sightings_page
from handlers.devices.inventory_parts import gigabytes
from handlers.devices.sightings import written_mac
from handlers.devices.sightings_page import SightingWish
from handlers.domain.device_rights import DeviceAction
from handlers.domain.sightings import Seen, SightingId
from handlers.events import DeviceAsked
from handlers.queries import sightings
from handlers.queries.sightings import View
from handlers.spoken_time import month_name

PATH = "cihazlar-agda"
FIELDS, LETTERS = 20, 600
VIEWS: Mapping[View, str] = {
    View.UNKNOWN: "Kayıtta olmayanlar",
    View.LINKED: "Cihazı bilinenler",
    View.TWINS: "Kopya olabilecekler",
    View.IGNORED: "Sayılmayanlar",
}
_DONE: Mapping[Any, str] = {
    SightingWish.RECORD: "Cihaz kaydedildi ve buna bağlandı.",
    SightingWish.LINK: "Bağlandı: bundan sonra gelen bildirimler o cihazın.",
    SightingWish.PART: "Bağı kaldırıldı; kendiliğinden yeniden bağlanmaz.",
    SightingWish.IGNORE: "Artık listede durmaz; “Sayılmayanlar” altında.",
    SightingWish.HEED: "Yeniden listede.",
    SightingWish.ADOPT: "Cihazın kaydına yazıldı.",
}
_GONE = "Böyle bir bildirim yok; 90 gündür görülmeyenler silinir."


@panel_page(DEVICES)
async def overview(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.SEE_WHOLE)
    typed, words = visit.typed("goster"), visit.typed("q")[:100]
    view = View(typed) if typed in set(View) else View.UNKNOWN
    after = visit.typed("sonra")
    behind = SightingId(int(after)) if after.isascii() and after.isdecimal() and len(after) < 10 else None
    found = await visit.read(lambda acting: sightings.look(acting, view, words, after=behind))
    here = f"{visit.browser.base}/panel/{PATH}"
    asked = {"goster": view.value, **({"q": words} if words else {})}
    return visit.html(
        "panel_sightings.html",
        page=found,
        view=view,
        views=VIEWS,
        words=words,
        address=here,
        expected=visit.web.settings.agents is not None,
        first=f"{here}?{urlencode(asked)}" if after else "",
        further=f"{here}?{urlencode({**asked, 'sonra': found.after})}" if found.after else "",
        day=lambda at: _day(visit, at),
        types=SIGHTING_TYPES,
        LIVES=LIVES,
        macs=_macs,
    )


@panel_page(DEVICES)
async def one(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.SEE_WHOLE)
    return await house_list.show(visit, await _list(visit))


@panel_page(DEVICES, logged=False)
async def change(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.SEE_WHOLE)
    return await house_list.change(visit, await _list(visit))


async def _list(visit: Visit) -> house_list.HouseList:
    key = SightingId(int(visit.request.path_params["sighting"]))

    def rights(acting: Acting) -> tuple[bool, bool, list[str]]:
        keeps, tidies = (access.may(acting, action) for action in (DeviceAction.KEEP, DeviceAction.TIDY))
        return keeps, tidies, list(DepartmentNames.of(acting.uow).open)

    keeps, tidies, departments = await visit.read(rights)
    words = {
        "kinds": KINDS,
        "facts": _facts,
        "day": lambda at: _day(visit, at),
        "month": month_name,
        "named": sightings.numbered,
        "links": SIGHTING_LINKS,
        "list": f"{visit.browser.base}/panel/{PATH}",
        "keeps": keeps,
        "tidies": tidies,
        "departments": departments,
    }
    return house_list.HouseList(
        address=f"{PATH}/{key}",
        folder="",
        template="panel_sighting.html",
        actions=SightingWish,
        event=DeviceAsked,
        fields=FIELDS,
        letters=LETTERS,
        done=_DONE,
        gone=_GONE,
        look=lambda acting: sightings.one(acting, key),
        try_out=sightings_page.try_out,
        words=lambda _: words,
    )


def _facts(seen: Seen) -> list[tuple[str, str]]:
    """Name and value of what is known; all that is kept."""
    known = [
        ("Tür", SIGHTING_TYPES[seen.item_type]),
        ("Ağdaki adı", seen.name),
        ("Marka", seen.brand),
        ("Model", seen.model),
        ("Seri no", seen.serial),
        ("Kasa", seen.chassis),
        ("Etiket (BIOS)", seen.asset_tag),
        ("İşletim sistemi", seen.system),
        ("İşlemci", seen.cpu),
        ("Bellek", f"{gigabytes(seen)} GB" if seen.megabytes else ""),
        *(
            ("Disk", " ".join(filter(None, (disk.model, f"{round(disk.megabytes / 1000)} GB", disk.serial))))
            for disk in seen.disks
        ),
        ("IP", ", ".join(seen.ips)),
        ("MAC", _macs(seen)),
        ("Monitör seri no", ", ".join(seen.monitors)),
        ("Toner", ", ".join(f"{one.name} %{one.percent}" for one in seen.toners)),
        ("Sayfa sayacı", f"{seen.pages:,}".replace(",", ".") if seen.pages is not None else ""),
        ("UUID", seen.uuid),
    ]
    return [(name, value) for name, value in known if value]


def _macs(seen: Seen) -> str:
    return ", ".join(map(written_mac, seen.macs))


def _day(visit: Visit, at: datetime) -> str:
    return f"{at.astimezone(visit.desk.zone):%d.%m.%Y %H:%M}"
