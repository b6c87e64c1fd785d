"""`/panel/firmalar`: the firms that the house works with, and one of them with what it has with them."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bot.web.panel import house_list
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import VENDORS
from bot.web.panel.terms_page import DONE
from handlers.contracts import page
from handlers.contracts.page import ContractWish
from handlers.domain.vendors import VendorId
from handlers.events import ContractAsked
from handlers.queries import terms
from handlers.term_words import TERM_KINDS, TERM_STATES, days_to

FIELDS, LETTERS = 15, 400


def _list(**of: Any) -> house_list.HouseList:
    return house_list.HouseList(
        folder="",
        actions=ContractWish,
        event=ContractAsked,
        fields=FIELDS,
        letters=LETTERS,
        done=DONE,
        gone="Böyle bir firma bulunamadı.",
        try_out=page.try_out,
        words=lambda _: {"kinds": TERM_KINDS, "states": TERM_STATES, "days_to": days_to},
        **of,
    )


def _all() -> house_list.HouseList:
    return _list(address="firmalar", template="panel_vendors.html", look=terms.vendors)


def _one(visit: Visit) -> house_list.HouseList:
    key = VendorId(int(visit.request.path_params["vendor"]))
    return _list(address=f"firmalar/{key}", template="panel_vendor.html", look=lambda acting: terms.vendor(acting, key))


@panel_page(VENDORS)
async def overview(visit: Visit) -> Response:
    return await house_list.show(visit, _all())


@panel_page(VENDORS, logged=False)
async def change(visit: Visit) -> Response:
    return await house_list.change(visit, _all())


@panel_page(VENDORS)
async def one(visit: Visit) -> Response:
    return await house_list.show(visit, _one(visit))


@panel_page(VENDORS, logged=False)
async def change_one(visit: Visit) -> Response:
    return await house_list.change(visit, _one(visit))
