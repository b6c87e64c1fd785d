"""A depot with something in it."""

from __future__ import annotations

from handlers.context import Acting
from handlers.domain.people import Person
from handlers.domain.stock import Item, ItemKind
from handlers.stock import items, moving
from handlers.stock.items import Said
from tests.bot.web.panel.device_house import acts
from tests.bot.web.scripted_site import ScriptedSite


def furnish_depot(site: ScriptedSite, lead: Person) -> Item:
    """Ten came in, seven were given out: below the minimum."""

    def work(acting: Acting) -> Item:
        item = items.record(acting, Said(code="TN-2421", name="Toner (siyah)", minimum=5, movable_code="150.01.02"))
        moving.receive(acting, item.id, 10, document="4431")
        moving.give(acting, item.id, 7, "Fen İşleri")
        refill = items.record(acting, Said(code="DLM-1", kind=ItemKind.REFILL))
        moving.receive(acting, refill.id, 5)
        moving.give(acting, refill.id, 1, "Fen İşleri")
        return item

    return acts(site, lead, work)
