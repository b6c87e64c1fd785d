"""The status page: how the systems stand, for whoever is in the house."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from PIL import Image

from bot.filestore.house_logo import HouseLogo
from bot.web import WebSettings, build
from handlers.context import UseCaseContext
from handlers.domain.maintenances import Maintenance
from handlers.domain.outages import Cause, Outage, OutageUpdate
from handlers.domain.systems import System, SystemState
from handlers.domain.ticket import Entry, EntryKind
from handlers.ports import UnitOfWork
from handlers.ports.outages import SYSTEMS
from handlers.queries import status
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import serving
from tests.bot.web.test_stream import Line
from tests.clock import START
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, open_ticket


@pytest.fixture
def site(tmp_path: Path) -> ScriptedSite:
    """EBYS is down since START with a line for all, KEP is slow; the web site was down for an hour before."""
    site = ScriptedSite(tmp_path)
    site.store.write(_fail)
    return site


def _fail(uow: UnitOfWork) -> None:
    elif_ = add_person(uow, "elif", name="Elif Gizli", department="Mali")
    for system, state, text, over in (
        ("ebys", SystemState.DOWN, "firma <müdahale> ediyor, tahmini 11.00", False),
        ("kep", SystemState.SLOW, "", False),
        ("web-sitesi", SystemState.DOWN, "", True),
    ):
        ticket = open_ticket(uow, elif_, text="gizli sözler", category="ebys-giris", unit="yazilim", outage=not over)
        entry = Entry(kind=EntryKind.NEWS, at=START, author=elif_, text=text)
        line = OutageUpdate(at=START, entry=uow.tickets.add_entry(ticket.id, entry).id)
        outage = Outage(
            system=system, ticket=ticket.id, since=START, declared_at=START, declared_by=elif_, heard_at=START,
            state=state, updates=(line,),
        )  # fmt: skip
        added = uow.outages.add(outage)
        if over:
            uow.outages.save(added.end(by=elif_, at=START.replace(hour=START.hour + 2), cause=Cause.LINE))

    planned = {"text": "sürüm, yükseltme; iki saat " * 4, "entered_by": elif_, "entered_at": START}
    begins = START.replace(hour=START.hour + 3)
    uow.maintenances.add(Maintenance(system="vpn", starts=begins, ends=begins.replace(hour=18), **planned))  # type: ignore[arg-type] # fields by name
    uow.maintenances.add(
        Maintenance(system="kep", starts=begins.replace(day=27), ends=begins.replace(day=28), **planned)  # type: ignore[arg-type] # fields by name
    )


def settings(**more: object) -> WebSettings:
    def look(uow: UnitOfWork, now: object) -> status.Status:
        return status.look(UseCaseContext(desk=shared_desk(), uow=uow, now=START.replace(hour=START.hour + 4)))

    return WebSettings(status=look, **more)  # type: ignore[arg-type] # settings by name


@pytest.fixture
async def inside(site: ScriptedSite) -> AsyncIterator[httpx.AsyncClient]:
    async with _client(site, settings(), "10.3.4.5") as client:
        yield client


def _client(site: ScriptedSite, given: WebSettings, address: str, host: str = "127.0.0.1:8080") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=build(site, given), client=(address, 4711))
    return httpx.AsyncClient(transport=transport, base_url=f"http://{host}")


async def test_the_page_says_what_is_down_with_sign_and_word(inside: httpx.AsyncClient) -> None:
    answer = await inside.get("/durum")
    assert answer.status_code == 200
    text = answer.text
    assert text.index("EBYS") < text.index("KEP"), "the worst first"
    for said in (
        "Çalışmıyor",
        "Yavaş",
        "firma &lt;müdahale&gt; ediyor",
        "1 kişi yaşıyor",
        "Kurum web sitesi: 1 kesinti",
    ):
        assert said in text
    assert "mesai içinde toplam 1 sa" in text, "noon is no working time"
    for kept in ("Gizli", "gizli sözler", "2026-0000", "Mali"):
        assert kept not in text
    assert len(answer.content) < 10_000


async def test_the_houses_logo_stands_on_it_where_there_is_one(site: ScriptedSite, tmp_path: Path) -> None:
    drawn, logo = io.BytesIO(), HouseLogo(tmp_path / "data")
    Image.new("RGB", (300, 100), "red").save(drawn, "PNG")
    shown = []
    for kept in (False, True):
        if kept:
            logo.keep(drawn.getvalue())
        async with _client(site, settings(logo=logo, institution="Örnek"), "10.3.4.5") as client:
            shown.append((await client.get("/durum")).text)
    assert "<img" not in shown[0]
    assert re.search(r'<img [^>]*src="/kurum-logosu\.png\?\w+" alt="Belediye logosu"', shown[1])


async def test_ready_clients_read_it(inside: httpx.AsyncClient) -> None:
    summary = (await inside.get("/durum.json")).json()
    assert set(summary) == {"page", "status", "components", "incidents", "scheduled_maintenances"}
    assert summary["status"] == {"indicator": "critical", "description": "EBYS: Çalışmıyor (+1)"}
    states = {one["name"]: one["status"] for one in summary["components"]}
    assert (states["EBYS"], states["KEP"], states["VPN"]) == (
        "major_outage",
        "degraded_performance",
        "under_maintenance",
    )
    ebys, kep = summary["incidents"]
    assert ebys["incident_updates"][0]["body"] == "firma <müdahale> ediyor, tahmini 11.00"
    assert [one["name"] for one in ebys["components"]] == ["EBYS"]
    assert (kep["status"], kep["impact"]) == ("investigating", "minor")


async def test_planned_work_is_shown_and_followed_in_calendars(inside: httpx.AsyncClient) -> None:
    text = (await inside.get("/durum")).text
    assert text.count("⚒") == 2
    assert text.count("şimdi sürüyor") == 1
    now, later = (await inside.get("/durum.json")).json()["scheduled_maintenances"]
    assert [one["status"] for one in (now, later)] == ["in_progress", "scheduled"]
    answer = await inside.get("/durum.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    whole = answer.text.replace("\r\n ", "")
    assert "SUMMARY:VPN: sürüm\\, yükseltme\\; iki saat" in whole
    assert "DTSTART:20261123T120000Z" in whole
    assert whole.count("BEGIN:VEVENT") == 2


async def test_a_page_of_the_intranet_shows_the_badge(inside: httpx.AsyncClient) -> None:
    answer = await inside.get("/durum.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "✕ EBYS: Çalışmıyor (+1)" in answer.text


@pytest.mark.parametrize(
    ("address", "host", "answered"),
    [
        ("192.168.1.7", "127.0.0.1:8080", 200),
        ("::ffff:10.0.0.9", "127.0.0.1:8080", 200),
        ("127.0.0.1", "127.0.0.1:8080", 200),
        ("127.0.0.1", "masa.belediye.example", 401),
        ("85.105.1.2", "127.0.0.1:8080", 401),
        ("2a02::1", "127.0.0.1:8080", 401),
    ],
    ids=[
        "a private network",
        "the same through IPv6",
        "this machine",
        "a proxy that names nobody",
        "outside",
        "and IPv6",
    ],
)
async def test_from_outside_only_who_is_signed_in_sees_it(
    site: ScriptedSite, address: str, host: str, answered: int
) -> None:
    given = settings(base_url="http://masa.belediye.example")
    async with _client(site, given, address, host) as client:
        for path in ("/durum", "/durum.json", "/durum.ics", "/durum.svg"):
            assert (await client.get(path)).status_code == answered, path


async def test_nothing_is_pushed_to_who_may_not_see_it(site: ScriptedSite) -> None:
    async with _client(site, settings(), "85.105.1.2") as client:
        assert (await client.get("/durum/akis")).status_code == 401


def ended(uow: UnitOfWork) -> None:
    ebys = next(one for one in uow.outages.open() if one.system == "ebys")
    uow.outages.save(ebys.end(by=ebys.declared_by, at=START))


def test_it_is_pushed_when_something_of_it_changes(site: ScriptedSite) -> None:
    with (
        serving(site, settings()) as served,
        httpx.Client(base_url=served.url, timeout=20) as client,
        client.stream("GET", "/durum/akis") as answer,
    ):
        line = Line(answer.iter_lines())
        kind, _, html = line.next()
        assert kind == "status"
        assert "Çalışmıyor" in html
        assert "<html" not in html
        site.store.write(ended)
        kind, _, html = line.next()
        assert kind == "status"
        assert "Çalışmıyor" not in html
        assert "Yavaş" in html
        served.stop()
        assert line.next()[0] in ("", "end")


@pytest.mark.parametrize(
    "change",
    [
        lambda uow: uow.outages.save(next(iter(uow.outages.open()))),
        lambda uow: uow.maintenances.save(uow.maintenances.get(1)),
        lambda uow: uow.systems.put(System(id="ebys", title="Belge", unit="yazilim")),
    ],
    ids=["an outage", "planned work", "a system"],
)
def test_whatever_stands_on_it_tells_of_its_change(site: ScriptedSite, change: Callable[[UnitOfWork], None]) -> None:
    told: list[frozenset[str]] = []
    site.store.on_commit(told.append)
    site.store.write(change)
    assert [SYSTEMS in one for one in told] == [True]


async def test_without_javascript_it_is_loaded_anew_each_minute(inside: httpx.AsyncClient) -> None:
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in (await inside.get("/durum")).text


async def test_the_house_says_which_networks_are_its_own(site: ScriptedSite) -> None:
    async with _client(site, settings(internal_networks=("85.105.0.0/16",)), "85.105.1.2") as client:
        assert (await client.get("/durum")).status_code == 200
    async with _client(site, settings(internal_networks=()), "10.3.4.5") as client:
        assert (await client.get("/durum")).status_code == 401
