"""`/panel/kayitlar`: the tickets that somebody may see."""

from __future__ import annotations

from starlette.responses import Response

from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import TICKETS


@panel_page(TICKETS)
async def overview(visit: Visit) -> Response:
    return visit.html("panel_tickets.html")
