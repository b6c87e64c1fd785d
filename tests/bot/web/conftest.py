from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from bot.web import WebSettings, build
from handlers.domain.people import Account, Person, Role
from handlers.people.access import private_address
from handlers.ports import Conversation, UnitOfWork
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
def staff(site: ScriptedSite, people: dict[str, Person]) -> dict[str, Person]:
    """The demo people, and the admin."""

    def work(uow: UnitOfWork) -> Person:
        admin = uow.people.add(Person(handle="admin", name="Can Er", role=Role.ADMIN, verified=True))
        address = private_address(Account("web", "admin"))
        uow.conversations.ensure(Conversation(address=address, channel="web", person=admin.id))
        uow.people.link(Account("web", "admin"), admin.id, address)
        return admin

    return {**people, "admin": site.store.write(work)}


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
