"""Handovers of the panel's people: one that came back damaged, one that waits, an order that waits."""

from __future__ import annotations

from handlers.devices import depot_orders, handing, taking_back
from handlers.domain.devices import Device
from handlers.domain.handovers import Handover, Returned
from handlers.domain.people import Person
from tests.bot.web.panel.device_house import acts, furnish
from tests.bot.web.scripted_site import ScriptedSite


def into_depot(site: ScriptedSite, staff: dict[str, Person]) -> Device:
    """The laptop, which came back."""
    laptop = furnish(site, staff)[1]
    came = {laptop.id: Returned.DAMAGED}
    acts(site, staff["mehmet"], lambda acting: taking_back.take_back(acting, came, note="kasası kırık"))
    return laptop


def waits(site: ScriptedSite, staff: dict[str, Person], device: Device) -> Handover:
    """Handed over to Ayşe by an order; it waits for her."""
    order = acts(site, staff["mehmet"], lambda acting: depot_orders.ask(acting, [device.id], staff["ayse"].id))
    acts(site, staff["kemal"], lambda acting: depot_orders.give(acting, order.id))
    return acts(site, staff["mehmet"], lambda acting: handing.make(acting, [device.id], staff["ayse"].id))


def furnish_handovers(site: ScriptedSite, staff: dict[str, Person]) -> Handover:
    """The one that waits; an order for another receiver waits, too."""
    laptop = into_depot(site, staff)
    made = waits(site, staff, laptop)
    acts(site, staff["mehmet"], lambda acting: depot_orders.ask(acting, [laptop.id], staff["hasan"].id))
    return made
