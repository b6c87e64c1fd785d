"""`/panel/zimmet/ayse`: what is in somebody's custody; the papers of it, of a room, and of a device that goes out of
the house or was lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.responses import Response

from bot.web.panel import asking
from bot.web.panel.custody_papers import (
    away_form,
    clearance_form,
    device_damage_form,
    is_reported,
    room_form,
    zimmet_form,
)
from bot.web.panel.devices_page import printed
from bot.web.panel.guard import Visit, panel_page, without_nul
from bot.web.panel.handovers_page import allowed, as_paper, words_of
from bot.web.panel.navigation import DEVICES, HANDOVERS
from bot.web.printed import PrintedForm
from handlers.context import Acting
from handlers.device_terms import LIVES
from handlers.devices import identifying
from handlers.domain.devices import Device
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.places import PlaceId
from handlers.queries import custody, devices

PATH = "zimmet"


@panel_page(HANDOVERS)
async def person(visit: Visit) -> Response:
    return await _shown(visit)


@panel_page(HANDOVERS)
async def person_paper(visit: Visit) -> Response:
    """`dokum.pdf`."""
    whom, zone = _whom(visit), visit.desk.zone

    def look(acting: Acting) -> PrintedForm:
        return zimmet_form(custody.of_person(acting, whom), zone, visit.now, printed(visit, acting))

    return await as_paper(visit, await allowed(visit, look), f"zimmet-{_plain(whom)}")


@panel_page(HANDOVERS)
async def clearance(visit: Visit) -> Response:
    """`ilisik.pdf`; refused in words while anything is left."""
    whom, zone = _whom(visit), visit.desk.zone

    def look(acting: Acting) -> PrintedForm:
        return clearance_form(custody.clear(acting, whom), zone, visit.now, printed(visit, acting))

    try:
        form = await allowed(visit, look)
    except Invalid as refusal:
        said = refusal
        told = await visit.read(lambda acting: asking.words(acting, f"errors/{said.reason}", **dict(said.data)))
        return await _shown(visit, told)
    return await as_paper(visit, form, f"ilisik-{_plain(whom)}")


async def _shown(visit: Visit, refused: str = "") -> Response:
    whom = _whom(visit)
    found = await allowed(visit, lambda acting: custody.of_person(acting, whom))
    return visit.html(
        "panel_zimmet.html",
        status=422 if refused else 200,
        refused=refused,
        page=found,
        LIVES=LIVES,
        here_is=f"{visit.browser.base}/panel/{PATH}/{quote(whom, safe='')}",
        **words_of(visit),
    )


@panel_page(DEVICES)
async def room(visit: Visit) -> Response:
    place = PlaceId(int(visit.request.path_params["place"]))

    def look(acting: Acting) -> PrintedForm:
        return room_form(custody.of_room(acting, place), visit.desk.zone, visit.now, printed(visit, acting))

    return await as_paper(visit, await allowed(visit, look), f"oda-listesi-{place}")


@panel_page(DEVICES)
async def away(visit: Visit) -> Response:
    """`disari.pdf`: made before it leaves, too."""
    return await _of_device(visit, "disari-teslim", away_form, lambda device: device.can_change)


@panel_page(DEVICES)
async def damage(visit: Visit) -> Response:
    """`tutanak.pdf`: of what is lost, or does not work any more."""
    return await _of_device(visit, "tutanak", device_damage_form, is_reported)


async def _of_device(
    visit: Visit,
    name: str,
    form: Callable[[devices.DeviceRow, ZoneInfo, datetime, str], PrintedForm],
    fits: Callable[[Device], bool],
) -> Response:
    number = str(visit.request.path_params["number"])

    def look(acting: Acting) -> PrintedForm:
        shown = identifying.find_one(acting, number)
        if not shown.whole or not fits(shown.device):
            raise NotFound("page", visit.request.url.path)
        (row,) = devices.rows(acting, [shown.device])
        return form(row, visit.desk.zone, visit.now, printed(visit, acting))

    return await as_paper(visit, await allowed(visit, look), f"{name}-{_plain(number)}")


def _whom(visit: Visit) -> str:
    return without_nul(str(visit.request.path_params["whom"]))


def _plain(text: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text)[:60]
