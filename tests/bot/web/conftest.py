from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from bot.web import WebSettings, build
from handlers.domain.people import Person
from tests.bot.web.scripted_site import ScriptedSite, settle_people
from tests.bot.web.visiting import Visit, connect


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ScriptedSite]:
    site = ScriptedSite(tmp_path)
    yield site
    site.close()


@pytest.fixture
def people(site: ScriptedSite) -> dict[str, Person]:
    return settle_people(site)


@pytest.fixture
def settings() -> WebSettings:
    return WebSettings(institution="Örnek Belediyesi", max_file_bytes=100_000)


@pytest.fixture
async def client(site: ScriptedSite, settings: WebSettings) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that nobody knows yet."""
    async with connect(build(site, settings)) as client:
        yield client


@pytest.fixture
async def demo(site: ScriptedSite, people: dict[str, Person]) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in front of the person picker."""
    async with connect(build(site, WebSettings(demo=True, max_file_bytes=100_000))) as client:
        yield client


@pytest.fixture
async def guest(client: httpx.AsyncClient) -> Visit:
    visit = Visit(client)
    await visit.open()
    return visit


@pytest.fixture
async def ayse(demo: httpx.AsyncClient) -> Visit:
    visit = Visit(demo, "/demo/ayse/")
    await visit.open()
    return visit


@pytest.fixture
async def mehmet(demo: httpx.AsyncClient) -> Visit:
    visit = Visit(demo, "/demo/mehmet/")
    await visit.open()
    return visit
