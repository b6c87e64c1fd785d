"""`/panel/cihazlar-etiket`: labels for devices, on the sheets and rolls that there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.device_filter import DeviceFilter
from bot.web.panel.devices_page import all_rows, as_file, files_of, require_may
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import DEVICE_WORK
from bot.web.settings import LabelToPrint
from handlers import device_names
from handlers.context import Acting
from handlers.devices import access, labels, page
from handlers.devices.page import MOST_AT_ONCE, DeviceWish
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Device, DeviceId
from handlers.domain.errors import NotFound
from handlers.domain.numbers import Number, Series
from handlers.events import DeviceAsked

_LETTERS = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenLabels:
    devices: Sequence[Device]
    labelled: frozenset[DeviceId]
    """Those that have a label that works."""
    keeps: bool


def _chosen(acting: Acting, visit: Visit) -> list[DeviceId]:
    """`?no=42,43`, or those of a filter; none: nothing is chosen yet."""
    access.require(acting, DeviceAction.SEE)
    typed = visit.typed("no")[:_LETTERS]
    places = [place for one in typed.replace(";", ",").split(",") if (place := _place_in(one.strip())) is not None]
    devices = {one.number.place: one for one in acting.uow.devices.numbered(places)}
    found = [devices[place].id for place in places if place in devices and devices[place].can_change]
    if not typed and (asked := DeviceFilter.of(visit)).given:
        found = [row.device.id for row in all_rows(acting, asked, MOST_AT_ONCE) if row.device.can_change]
    return list(dict.fromkeys(found))[:MOST_AT_ONCE]


def _place_in(typed: str) -> int | None:
    """`D-00042` and `42` are 42."""
    number = Number.parse(typed.upper())
    if number is not None:
        return number.place if number.series is Series.DEVICE else None
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else None


def _list(visit: Visit) -> house_list.HouseList:
    def look(acting: Acting) -> ChosenLabels:
        keys = _chosen(acting, visit)
        return ChosenLabels(
            devices=acting.uow.devices.several(keys),
            labelled=frozenset(labels.working(acting, keys)),
            keeps=access.may(acting, DeviceAction.KEEP),
        )

    query = visit.request.url.query
    return house_list.HouseList(
        address="cihazlar-etiket",
        folder="",
        template="panel_device_labels.html",
        actions=DeviceWish,
        event=DeviceAsked,
        letters=_LETTERS,
        done={DeviceWish.LABEL: "Etiketler hazır: aşağıdan indirip basın."},
        gone="Böyle bir cihaz bulunamadı.",
        look=look,
        try_out=page.try_out,
        words=lambda _: {
            "sheets": visit.web.settings.devices().sheets if visit.web.settings.devices is not None else {},
            "typed": visit.typed("no"),
            "query": query,
            "name": device_names.numbered_name,
        },
        query=f"no={visit.typed('no')}" if visit.typed("no") else DeviceFilter.of(visit).query,
    )


@panel_page(DEVICE_WORK)
async def overview(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.KEEP)
    return await house_list.show(visit, _list(visit))


@panel_page(DEVICE_WORK, logged=False)
async def change(visit: Visit) -> Response:
    await require_may(visit, DeviceAction.KEEP)
    return await house_list.change(visit, _list(visit))


@panel_page(DEVICE_WORK)
async def pages(visit: Visit) -> Response:
    """Of those that have one; `deneme`: frames and a ruler alone."""
    await require_may(visit, DeviceAction.KEEP)
    files = files_of(visit)
    sheet = visit.typed("tur-etiket") or "65"
    if sheet not in files.sheets:
        raise NotFound("page", visit.request.url.path)
    if visit.typed("deneme"):
        return as_file(await run_in_threadpool(files.test_page, sheet), "etiket-deneme.pdf", "application/pdf")
    start = int(typed) if (typed := visit.typed("ilk")).isdecimal() and len(typed) < 4 else 1

    def look(acting: Acting) -> dict[DeviceId, LabelToPrint]:
        access.require(acting, DeviceAction.KEEP)
        keys = _chosen(acting, visit)
        working = labels.working(acting, keys)
        return {
            one.id: LabelToPrint(
                working[one.id].token, str(one.number), one.description.asset_no, device_names.name(one)
            )
            for one in acting.uow.devices.several(keys)
            if one.id in working
        }

    found = await visit.read(look)
    if not found:
        raise NotFound("labels", visit.request.url.query)
    await visit.web.gateway.write(lambda uow: labels.note_printed(visit.acting(uow), list(found)))
    made = await run_in_threadpool(files.labels, list(found.values()), sheet, start)
    return as_file(made, "etiketler.pdf", "application/pdf")
