"""What `masa doctor` finds out by asking Slack, each with what to do about it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.slack.diagnostics import checks
from bot.diagnostics.finding import Finding
from tests.bot.channels.slack.stage import settings_of
from tests.clock import START
from tests.servers.slack import SlackServer


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    server = SlackServer(now=START.timestamp)
    await server.start()
    yield server
    await server.stop()


async def ask(slack: SlackServer, rooms: dict[str, str] | None = None, **changes: Any) -> list[Finding]:
    """As the command does: from a thread without a loop."""
    return await asyncio.to_thread(checks, settings_of(slack, **changes), rooms or {})


def wrong(found: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.state, finding.says) for finding in found if finding.state != "ok"]


async def test_all_is_well(slack: SlackServer) -> None:
    room = slack.add_channel()
    found = await ask(slack, {f"slack:r:{room}": "donanim"})
    assert wrong(found) == []
    assert [finding.says for finding in found] == [
        "Belediye çalışma alanına @masa olarak bağlanılıyor",
        "Socket Mode açılıyor; dışarıya açık adres gerekmez",
        "masa donanim kanalında",
    ]


async def test_a_channel_that_is_off_is_not_asked(slack: SlackServer) -> None:
    assert await ask(slack, bot_token="") == []
    assert slack.calls == []


async def test_a_wrong_token(slack: SlackServer) -> None:
    (found,) = await ask(slack, bot_token="xoxb-eski")
    assert found.says == "anahtar kabul edilmiyor (invalid_auth)"
    assert "MASA_SLACK__BOT_TOKEN" in found.do


async def test_slack_out_of_reach(slack: SlackServer) -> None:
    (found,) = await ask(slack, base_url="http://127.0.0.1:1/api")
    assert "yanıt vermiyor" in found.says


async def test_a_missing_scope_is_named(slack: SlackServer) -> None:
    slack.scopes -= {"files:write", "users:read.email"}
    (found,) = [finding for finding in await ask(slack) if finding.state != "ok"]
    assert found.says == "eksik yetki: files:write, users:read.email"
    assert "Reinstall" in found.do


async def test_a_wrong_app_token(slack: SlackServer) -> None:
    assert wrong(await ask(slack, app_token="xapp-eski")) == [("error", "Socket Mode açılamıyor (invalid_auth)")]


async def test_no_way_in(slack: SlackServer) -> None:
    assert "hiçbir şey gelemez" in wrong(await ask(slack, app_token=""))[0][1]


@pytest.mark.parametrize(("web_url", "fine"), [("http://127.0.0.1:8080", False), ("https://masa.example", True)])
async def test_signed_requests_need_an_address(slack: SlackServer, web_url: str, fine: bool) -> None:
    found = await ask(slack, app_token="", signing_secret="s", web_url=web_url)
    assert (wrong(found) == []) is fine


async def test_rooms_without_the_desk(slack: SlackServer) -> None:
    left, secret, archived = (
        slack.add_channel(with_bot=False),
        slack.add_channel(with_bot=False, private=True),
        "C0GONE",
    )
    rooms = {f"slack:r:{left}": "donanim", f"slack:r:{secret}": "yazilim", f"slack:r:{archived}": "donanim"}
    found = [finding for finding in await ask(slack, rooms) if finding.state == "error"]
    assert [finding.says for finding in found] == [
        "masa donanim kanalında değil",
        "masa yazilim kanalında değil",
        "masa donanim kanalında değil",
    ]
    assert all("/invite @masa" in finding.do for finding in found)
