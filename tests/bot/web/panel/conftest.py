from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from bot.web import WebSettings, build
from handlers.domain.people import Person
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import Visit, connect
from tests.scenarios.stage import shared_desk


class PanelVisit(Visit):
    async def get(self, path: str, **params: str) -> httpx.Response:
        """The query may stand in `path`, as in an address."""
        return await self.client.get(self.path + path, params=params or None)


Open = Callable[[str], Awaitable[PanelVisit]]


@pytest.fixture
async def panel(site: ScriptedSite, staff: dict[str, Person]) -> AsyncIterator[httpx.AsyncClient]:
    """A browser before the demo, with a panel behind it."""
    async with connect(build(site, WebSettings(demo=True, desk=shared_desk(), units=UNITS))) as client:
        client.headers["Accept"] = "text/html"
        yield client


@pytest.fixture
def opened(panel: httpx.AsyncClient) -> Open:
    """Somebody's own browser: their chat was opened in it."""

    async def open_as(handle: str) -> PanelVisit:
        visit = PanelVisit(panel, f"/demo/{handle}/")
        await visit.open()
        return visit

    return open_as


UNITS = {"donanim": "Donanım ve Teknik Destek", "yazilim": "Yazılım"}
