"""Bildirimlerim: a browser asks to ring, once and of a push service that is one; each can be silenced."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.web import PushOffer, WebSettings, build
from handlers.domain.people import Person
from handlers.people import push
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import Visit, connect

SERVICE = "https://push.example/"
GIVEN = {"endpoint": f"{SERVICE}1", "public_key": "p", "auth": "a"}
OFFER = PushOffer(
    public_key=lambda: "BHouse", accepts=lambda to: to.startswith(SERVICE), keys_are_sound=lambda one, _: one == "p"
)


@pytest.fixture
async def client(site: ScriptedSite, people: dict[str, Person]) -> AsyncIterator[httpx.AsyncClient]:
    assert people
    async with connect(build(site, WebSettings(demo=True, push=OFFER))) as opened:
        opened.headers["Accept"] = "text/html"
        yield opened


@pytest.fixture
async def ayse(client: httpx.AsyncClient) -> Visit:
    visit = Visit(client, "/demo/ayse/")
    await visit.open()
    return visit


async def ask(visit: Visit, path: str, token: str | None = None, **fields: str) -> httpx.Response:
    headers = {"X-Masa-Token": visit.token if token is None else token, "Accept": "application/json"}
    return await visit.client.post(f"{visit.path}bildirimler/{path}", data=fields, headers=headers)


def browsers(site: ScriptedSite, person: Person) -> list[str]:
    return [one.endpoint for one in site.store.read(lambda uow: push.of_person(uow, person, site.now()))]


async def test_a_browser_asks_once_and_is_listed_and_silenced(
    site: ScriptedSite, people: dict[str, Person], ayse: Visit
) -> None:
    for _ in range(2):
        assert (await ask(ayse, "ac", **GIVEN)).status_code == 201
    assert browsers(site, people["ayse"]) == [f"{SERVICE}1"]
    page = (await ayse.client.get(f"{ayse.path}bildirimler")).text
    for said in ("bu tarayıcı", 'data-key="BHouse"', "yalnızca kaydın numarası ve durumu"):
        assert said in page, said
    assert (await ask(ayse, "kapat", endpoint=f"{SERVICE}1")).status_code == 200
    assert browsers(site, people["ayse"]) == []


async def test_another_browser_of_ones_own_is_silenced_by_a_form(
    site: ScriptedSite, people: dict[str, Person], client: httpx.AsyncClient, ayse: Visit
) -> None:
    await ask(ayse, "ac", **GIVEN)
    (known,) = site.store.read(lambda uow: push.of_person(uow, people["ayse"], site.now()))
    hasan = Visit(client, "/demo/hasan/")
    await hasan.open()
    given = {"form_token": hasan.token, "key": known.key}
    assert (await client.post("/demo/hasan/bildirimler/kapat", data=given)).status_code == 303
    assert browsers(site, people["ayse"]) == [f"{SERVICE}1"], "of somebody else nothing is silenced"
    given = {"form_token": ayse.token, "key": known.key}
    assert (await client.post("/demo/ayse/bildirimler/kapat", data=given)).status_code == 303
    assert browsers(site, people["ayse"]) == []


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"endpoint": "https://127.0.0.1/x"}, 422),
        ({"endpoint": ""}, 422),
        ({"endpoint": SERVICE + "x" * 2000}, 400),
        ({"public_key": "none"}, 400),
        ({"auth": "x" * 500}, 400),
    ],
)
async def test_what_cannot_be_a_browser_is_refused(
    site: ScriptedSite, people: dict[str, Person], ayse: Visit, changed: dict[str, str], status: int
) -> None:
    answer = await ask(ayse, "ac", **{**GIVEN, **changed})
    assert (answer.status_code, bool(answer.json()["error"])) == (status, True)
    assert (await ask(ayse, "ac", token="0" * 64, **GIVEN)).status_code == 403
    assert browsers(site, people["ayse"]) == []


@pytest.mark.usefixtures("people")
async def test_where_push_is_off_the_page_says_so_and_takes_nothing(site: ScriptedSite) -> None:
    async with connect(build(site, WebSettings(demo=True))) as client:
        visit = Visit(client, "/demo/ayse/")
        await visit.open()
        assert 'data-key=""' in (await client.get("/demo/ayse/bildirimler", headers={"Accept": "text/html"})).text
        assert (await ask(visit, "ac", **GIVEN)).status_code == 404


async def test_the_worker_stands_at_the_root_of_somebodys_pages_and_keeps_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.get("/demo/ayse/sw.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "caches" not in answer.text
    assert '"fetch"' not in answer.text
    assert (await client.get("/static/icons/192.png")).headers["content-type"] == "image/png"
    manifest = (await client.get("/static/manifest.webmanifest")).json()
    for icon in manifest["icons"]:
        assert (await client.get(icon["src"])).status_code == 200, icon
