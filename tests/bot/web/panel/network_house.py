"""What agents saw in the network of the panel's people."""

from __future__ import annotations

from typing import Any

from handlers.context import UseCaseContext
from handlers.devices import inventories, sightings
from handlers.domain.sightings import Sighting
from tests.bot.web.scripted_site import ScriptedSite
from tests.scenarios.stage import shared_desk
from tests.servers.glpi_agent import AGENT_ID, PRINTER, computer

STRANGER = {"serial": "XYZ98765", "uuid": "11111111-2222-4333-8444-555555555555", "mac": "00:1a:2b:00:00:01"}


def sees(site: ScriptedSite, content: dict[str, Any], device_text: str = "pc", **about: Any) -> Sighting:
    report = inventories.report_of(content, agent=about.pop("agent", AGENT_ID), device_text=device_text, **about)
    return site.store.write(
        lambda uow: sightings.take(UseCaseContext(desk=shared_desk(), uow=uow, now=site.now(), channel="agent"), report)
    ).sighting


def furnish_network(site: ScriptedSite) -> list[Sighting]:
    """The laptop of `device_house`, a stranger with its copy, and the printer with little toner."""
    clone = {**STRANGER, "serial": "Default string"}
    return [
        sees(site, computer(), "PC-MALI-07"),
        sees(site, computer("PC-YENI", **{**clone, "mac": "00:1a:2b:00:00:01"}), "kalip"),
        sees(site, computer("PC-KOPYA", **{**clone, "mac": "00:1a:2b:00:00:02"}), "kalip"),
        sees(site, PRINTER, "", agent="", item_type="Printer"),
    ]
