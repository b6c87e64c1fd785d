"""`POST /envanter`: what inventory agents say to the desk, and what comes of it."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from bot.web import build
from bot.web.agents import endpoint
from bot.web.agents.inflating import MOST_INFLATED, MOST_RECEIVED
from bot.web.agents.messages import MOST_SIGNS
from bot.web.agents.state import MOST_WRONG
from bot.web.settings import AgentAccess
from handlers.devices.inventories import NOT_ASKED_FOR
from handlers.domain.months import Month
from handlers.domain.people import Person
from handlers.domain.sightings import Sighting
from handlers.ports import SightingsWanted
from tests.bot.web.panel.device_house import device_settings, furnish
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.serving import serving
from tests.bot.web.visiting import connect
from tests.servers.glpi_agent import ADDRESS, CONTAINER, PART, PRINTER, PRINTER_IN_XML, GlpiAgent, computer, in_json

ACCESS = AgentAccess("ajan", "uzun-bir-parola")
AUTH = (ACCESS.user, ACCESS.password)
OTHER_ID = "7b1c4a20-0000-4000-8000-3e317380385f"


def seen(site: ScriptedSite) -> Sequence[Sighting]:
    return list(reversed(site.store.read(lambda uow: uow.sightings.page(SightingsWanted()))))


@asynccontextmanager
async def heard(site: ScriptedSite) -> AsyncIterator[httpx.AsyncClient]:
    async with connect(build(site, device_settings(agents=ACCESS))) as client:
        yield client


async def test_a_conversation_as_it_was_recorded_with_the_real_server(site: ScriptedSite) -> None:
    """PROLOG, pending, contact, inventory; the next day contact and a part."""
    with serving(site, device_settings(agents=ACCESS)) as served:
        async with httpx.AsyncClient(base_url=served.url) as client:
            agent = GlpiAgent(client, AUTH)
            assert (await agent.prolog()).json() == {"status": "pending"}
            told = (await agent.contact()).json()
            assert (told["status"], told["expiration"]) == ("ok", 24)
            assert told["tasks"]["inventory"]["no-category"].split(",") == list(NOT_ASKED_FOR)
            assert (await agent.inventory(CONTAINER)).json() == {"status": "ok", "expiration": 24}
            assert agent.refusals == 3, "each message is asked for its password first"
            (first,) = seen(site)
            site.clock.forward(days=1)
            assert (await agent.comes(PART, partial=True))["status"] == "ok"
    (after,) = seen(site)
    assert (after.seen, after.device_text, after.device) == (first.seen, "vm-2026-11-29-05-17-19", None)
    assert (after.last_seen - after.first_seen).days == 1
    assert (first.seen.name, first.seen.serial, first.seen.macs, first.seen.ips) == ("vm", "", (), ("192.0.2.17",))
    assert first.seen.system == "Debian GNU/Linux 12 (bookworm)"


async def test_nothing_of_people_and_of_what_they_do_is_kept(site: ScriptedSite, staff: dict[str, Person]) -> None:
    furnish(site, staff)
    async with heard(site) as client:
        assert (await GlpiAgent(client, AUTH).comes(computer()))["status"] == "ok"
    (one,) = seen(site)
    kept = site.store.read(lambda uow: uow.devices.get(one.device)) if one.device else None
    text = f"{one!r} {kept!r}".casefold()
    for secret in ("gizli", "ayse.yilmaz", "ayşe yılmaz", "yerelhesap", "123456789", "muhasebe"):
        assert secret not in text, secret
    assert one.seen.megabytes == 8192
    assert [disk.serial for disk in one.seen.disks] == ["S4GENX0N123456"]
    assert (one.seen.asset_tag, one.seen.macs, one.seen.monitors) == ("", ("001a2b3c4d5e",), ("9WR1TT3",))


async def test_it_is_told_what_its_device_is_and_makes_none(site: ScriptedSite, staff: dict[str, Person]) -> None:
    _, laptop = furnish(site, staff)
    async with heard(site) as client:
        await GlpiAgent(client, AUTH).comes(computer())
        site.clock.forward(minutes=2)
        await GlpiAgent(client, AUTH, OTHER_ID, "yabanci").comes(
            computer("PC-YENI", serial="XYZ98765", uuid="", mac="00:1a:2b:00:00:01")
        )
    known, unknown = seen(site)
    assert (known.device, unknown.device) == (laptop.id, None)
    device = site.store.read(lambda uow: uow.devices.get(laptop.id))
    assert (device.description.host, device.description.macs) == ("PC-MALI-07", ("00:1A:2B:3C:4D:5E",))
    assert device.custody == laptop.custody
    assert site.store.read(lambda uow: uow.devices.by_number(3)) is None


async def test_two_clones_are_two_and_come_back_as_themselves(site: ScriptedSite) -> None:
    """One disk was copied with its agent; the boards say no serial."""
    one, other = (
        computer("PC-1", serial="To be filled by O.E.M.", mac="00:1a:2b:00:00:01"),
        computer("PC-2", serial="Default string", mac="00:1a:2b:00:00:02"),
    )
    async with heard(site) as client:
        agent = GlpiAgent(client, AUTH)
        for _ in range(2):
            for content in (one, other):
                assert (await agent.comes(content))["status"] == "ok"
            site.clock.forward(days=1)
        part = {**PART, "hardware": {**other["hardware"], "memory": 7999}, "bios": other["bios"]}
        assert (await agent.comes(part, partial=True))["status"] == "ok"
    first, second = seen(site)
    assert [first.seen.name, second.seen.name, first.seen.memory, second.seen.memory] == ["PC-1", "PC-2", 8000, 7999]
    assert second.seen.macs == ("001a2b000002",)
    assert site.store.read(lambda uow: uow.sightings.twins(first.first_seen)) == {first.id, second.id}


async def test_the_old_language_of_those_who_know_no_other(site: ScriptedSite, staff: dict[str, Person]) -> None:
    printer, _ = furnish(site, staff)
    async with heard(site) as client:
        agent = GlpiAgent(client, AUTH, agent_id="")
        answer = await agent.prolog()
        assert "<RESPONSE>SEND</RESPONSE><PROLOG_FREQ>24</PROLOG_FREQ>" in answer.text
        content = (
            "<BIOS><SSN>5CD8123ABC</SSN></BIOS><HARDWARE><NAME>ESKI-PC</NAME><OSNAME>Windows 7</OSNAME></HARDWARE>"
        )
        cards = "".join(f"<NETWORKS><MACADDR>00:1a:2b:00:00:0{place}</MACADDR></NETWORKS>" for place in (1, 2))
        inventory = (
            f"<REQUEST><DEVICEID>eski</DEVICEID><QUERY>INVENTORY</QUERY><CONTENT>{content}{cards}</CONTENT></REQUEST>"
        )
        assert "<RESPONSE>OK</RESPONSE>" in (await agent.post(zlib.compress(inventory.encode()))).text
        for _ in range(2):  # with neither serial nor card it is told by the name that it gave itself
            bare = "<REQUEST><DEVICEID>vm-2026-12-01</DEVICEID><QUERY>INVENTORY</QUERY><CONTENT></CONTENT></REQUEST>"
            assert "<RESPONSE>OK</RESPONSE>" in (await agent.post(bare.encode())).text
            site.clock.forward(days=1)
        assert "<RESPONSE>OK</RESPONSE>" in (await agent.post(zlib.compress(PRINTER_IN_XML.encode()))).text
        control = "<REQUEST><CONTENT><AGENT><START>1</START></AGENT></CONTENT><QUERY>SNMPQUERY</QUERY></REQUEST>"
        assert "<RESPONSE>OK</RESPONSE>" in (await agent.post(control.encode())).text
        assert "<ERROR>" in (await agent.post(b"<REQUEST><QUERY>NETDISCOVERY</QUERY></REQUEST>")).text
    old, bare_one, asked = seen(site)
    assert (bare_one.agent, bare_one.device_text) == ("", "vm-2026-12-01")
    assert (old.seen.system, old.seen.macs) == ("Windows 7", ("001a2b000001", "001a2b000002"))
    assert (asked.device, asked.seen.lowest_toner, asked.seen.pages) == (printer.id, None, 18020)


async def test_printers_tell_their_toner_and_count_their_pages_by_month(
    site: ScriptedSite, staff: dict[str, Person]
) -> None:
    printer, _ = furnish(site, staff)
    async with heard(site) as client:
        for pages, days in ((18020, 3), (18500, 6), (19100, 0)):
            content = {**PRINTER, "pagecounters": {"total": pages}}
            agent = GlpiAgent(client, AUTH, agent_id=OTHER_ID if days else "", device_id=f"NPI-{pages}")
            answer = await agent.inventory(content, action="netinventory", itemtype="Printer")
            assert answer.json()["status"] == "ok"
            site.clock.forward(days=days)
    (one,) = seen(site)
    assert one.device == printer.id
    assert one.seen.lowest_toner is not None
    assert one.seen.lowest_toner.percent == 8
    counted = site.store.read(lambda uow: uow.sightings.pages([one.id]))
    assert [(count.month, count.total) for count in counted] == [(Month(2026, 12), 19100), (Month(2026, 11), 18500)]


async def test_who_is_not_let_in(site: ScriptedSite) -> None:
    async with heard(site) as client:
        for auth in (None, ("ajan", "yanlis"), ("baska", ACCESS.password)):
            answer = await GlpiAgent(client, auth).inventory(CONTAINER)
            if answer.status_code != 401:
                answer = await client.post(ADDRESS, content=b"{}", auth=auth or ("", ""))
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == 'Basic realm="envanter"', "agents read no more than that"
        for said in ("Basic ???", "Bearer x", "Basic", "basic YWphbg=="):
            assert (await client.post(ADDRESS, content=b"{}", headers={"Authorization": said})).status_code == 401
        for _ in range(MOST_WRONG):
            await client.post(ADDRESS, content=b"", auth=("ajan", "yanlis"))
        assert (await GlpiAgent(client, AUTH).client.post(ADDRESS, content=b"", auth=AUTH)).status_code == 429
        site.clock.forward(hours=2)
        assert (await GlpiAgent(client, AUTH).contact()).status_code == 200
        assert (await client.get(ADDRESS)).status_code == 405
    assert seen(site) == []
    async with connect(build(site, device_settings())) as client:
        assert (await client.post(ADDRESS, content=b"{}")).status_code == 404, "it is off"


def bomb(size: int) -> bytes:
    pump = zlib.compressobj(9)
    piece = b" " * 2**20
    return b"".join(pump.compress(piece) for _ in range(size // len(piece))) + pump.flush()


async def test_bombs_and_what_is_too_large_are_refused_while_they_are_read(site: ScriptedSite) -> None:
    async with heard(site) as client:
        agent = GlpiAgent(client, AUTH)
        answer = await agent.post(bomb(2 * MOST_INFLATED))
        assert (answer.status_code, answer.json()["status"]) == (413, "error")
        assert (await agent.post(b"x" * (MOST_RECEIVED + 1))).status_code == 413

        async def endless() -> AsyncIterator[bytes]:
            for _ in range(100):
                yield b"{" * 2**17

        answer = await client.post(ADDRESS, content=endless(), auth=AUTH)
        assert answer.status_code == 413, "its length was not said"
        whole = in_json(action="contact", deviceid="x")
        assert (await agent.post(whole[:-4])).status_code == 400
        for many in (b'{"a":[' + b"{}," * MOST_SIGNS + b"1]}", b"<a " + b'b="" ' * (MOST_SIGNS + 1) + b"/>"):
            assert (await agent.post(zlib.compress(many))).status_code == 400, "each sign may become a value"
        assert (await agent.post(whole)).status_code == 200


async def test_who_stops_halfway_is_waited_for_no_longer(site: ScriptedSite, monkeypatch: pytest.MonkeyPatch) -> None:
    async with heard(site) as client:

        async def halfway() -> AsyncIterator[bytes]:
            yield b"{"
            await asyncio.Event().wait()

        with monkeypatch.context() as patched:
            patched.setattr(endpoint, "LONGEST_SECONDS", 0)
            answer = await client.post(ADDRESS, content=halfway(), auth=AUTH)
        assert (answer.status_code, answer.json()["status"]) == (408, "error")
        assert (await GlpiAgent(client, AUTH).post(in_json(action="contact", deviceid="x"))).status_code == 200


MALFORMED: list[bytes] = [
    b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"\x78\x9c", b"\x1f\x8b\x08", b"<", b"<a>", b"<REPLY/>", b"<a></b>",
    b"{" * 50_000, b'{"a":' * 33 + b"1" + b"}" * 33, b"<a>" * 40 + b"</a>" * 40,
    b'<!DOCTYPE r [<!ENTITY a "aaaa">]><REQUEST><QUERY>PROLOG</QUERY><X>&a;</X></REQUEST>',
    b'<?xml version="1.0" encoding="no-such"?><REQUEST/>',
    json.dumps({"action": "inventory", "content": {}}).encode(),
    json.dumps({"action": "inventory", "content": []}).encode(),
    json.dumps({"action": ["inventory"]}).encode(), b'{"action":"deploy"}', b'{"action":"inventory"}',
    b'{"action":"inventory","itemtype":"Printer","content":{"network_device":[]}}',
]  # fmt: skip
VALUES: list[Any] = [
    None, True, -1, 10**400, 1.5, float("inf"), "", "x" * 70_000, "\ud800", "a\x00b", "‮gnp.exe", [], {}, [[]], [None],
    [{}], {"ip": [1, None, {}]}, "0", "99999999999999999999", "To be filled by O.E.M.", ["x"] * 500,
]  # fmt: skip


@pytest.mark.parametrize("wrap", [bytes, zlib.compress], ids=["plain", "zlib"])
async def test_what_is_no_message_is_refused_and_nothing_is_kept(site: ScriptedSite, wrap: Any) -> None:
    async with heard(site) as client:
        agent = GlpiAgent(client, AUTH, device_id="")
        for body in MALFORMED:
            answer = await agent.post(wrap(body))
            assert answer.status_code in (200, 400), body[:40]
            said = answer.text
            assert '"status":"error"' in said or "<ERROR>" in said, (body[:40], said)
    assert seen(site) == []


async def test_any_value_in_any_field_is_read_or_left_out(site: ScriptedSite) -> None:
    """Each field of what is kept, and each part, with every odd value in its place; what follows is taken as ever."""
    good = {**computer(), "network_device": PRINTER["network_device"], "pagecounters": {"total": 1}, "cartridges": []}
    async with heard(site) as client:
        for value in VALUES:
            for part, rows in good.items():
                site.clock.forward(minutes=1)
                odd = {**good, part: value}
                fields = rows[0] if isinstance(rows, list) and rows else rows
                if isinstance(fields, dict):
                    turned = dict.fromkeys(fields, value)
                    odd = {**good, part: [turned] if isinstance(rows, list) else turned}
                body = json.dumps({"action": "inventory", "deviceid": "x", "itemtype": "Computer", "content": odd})
                answer = await client.post(ADDRESS, content=body.encode(), auth=AUTH)
                assert answer.status_code == 200, (part, value)
                site.clock.forward(minutes=1)
                alone = json.dumps(
                    {"action": "inventory", "deviceid": "y", "itemtype": "Phone", "content": {part: value}}
                )
                assert (await client.post(ADDRESS, content=alone.encode(), auth=AUTH)).status_code == 200
        site.clock.forward(minutes=2)
        assert (await GlpiAgent(client, AUTH).inventory(computer("SON-PC", serial="SON12345"))).json()["status"] == "ok"
    assert "SON-PC" in {one.seen.name for one in seen(site)}
    for one in seen(site):
        text = replace(one.seen, toners=()).machine + one.seen.name + one.seen.serial + one.seen.system
        assert text.isprintable()
        assert len(one.seen.name) <= 60


async def test_one_machine_is_heard_once_a_minute(site: ScriptedSite) -> None:
    async with heard(site) as client:
        agent = GlpiAgent(client, AUTH)
        assert (await agent.inventory(computer())).json()["status"] == "ok"
        again = (await agent.inventory(computer())).json()
        assert (again["status"], "within this minute" in again["message"]) == ("error", True)
        printer = await agent.inventory(PRINTER, action="netinventory", itemtype="Printer")
        assert printer.json()["status"] == "ok", "one that asks others reports many"
        site.clock.forward(seconds=61)
        assert (await agent.inventory(computer())).json()["status"] == "ok"
    assert len(seen(site)) == 2
