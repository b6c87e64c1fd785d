"""The other way in: signed requests over real HTTP, each checked before anything reads it."""

from __future__ import annotations

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette

from tests.bot.channels.slack.stage import SlackStage, open_slack

PRINTER = "slm yazici cikti vermiyo, 3. kat tahakkuk servisi"


@asynccontextmanager
async def serving(stage: SlackStage) -> AsyncIterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(Starlette(routes=list(stage.desk.routes)), log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve([listening]))  # its own signal handling is for processes
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"
    finally:
        server.should_exit = True
        await task


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[SlackStage]:
    async with open_slack(tmp_path, app_token="", signing_secret="s1gn1ng") as opened, serving(opened) as url:
        opened.slack.events_url = url
        yield opened


async def post(stage: SlackStage, body: bytes | str | io.BytesIO, headers: dict[str, str]) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(stage.slack.events_url, data=body, headers=headers) as response,
    ):
        return response.status


async def test_the_life_of_a_report_over_signed_requests(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    await ayse.presses("Teknisyene ilet")
    await ayse.says("/durum")
    assert "2026-000001" in (await ayse.last()).text
    await stage.slack.command(ayse.user, ayse.channel, "/ariza")
    view = await stage.slack.until(lambda: next(iter(stage.slack.views), None))
    await stage.slack.submit(ayse.user, view, what="internet yok")
    await stage.quiet()
    assert set(stage.slack.deliveries) == {1}


async def test_the_address_is_verified(stage: SlackStage) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c3po", "token": "x"})
    headers = {**stage.slack.signed(body), "Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(stage.slack.events_url, data=body, headers=headers) as response,
    ):
        assert response.status == 200
        assert "c3po" in await response.text()


def forged(stage: SlackStage, body: str) -> list[dict[str, str]]:
    good, now = stage.slack.signed(body), int(stage.clock.now().timestamp())
    stamp, signature = good["X-Slack-Request-Timestamp"], good["X-Slack-Signature"]
    return [
        {},
        {"X-Slack-Request-Timestamp": stamp},
        {"X-Slack-Signature": signature},
        {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=00"},
        {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "şifre".encode().decode("latin-1")},
        {"X-Slack-Request-Timestamp": "dun", "X-Slack-Signature": signature},
        {"X-Slack-Request-Timestamp": "-1", "X-Slack-Signature": signature},
        {"X-Slack-Request-Timestamp": "9" * 40, "X-Slack-Signature": signature},
        stage.slack.signed(body, at=now - 301),
        stage.slack.signed(body, at=now + 360),
        stage.slack.signed(body, secret="baska"),
        stage.slack.signed(body + " "),
    ]


async def test_what_is_not_signed_is_not_read(stage: SlackStage) -> None:
    """Bad input 14: 401 and never 500, whatever the header holds."""
    ayse = stage.person("ayse")
    body = json.dumps(
        stage.slack.event({"type": "message", "user": ayse.user, "channel": ayse.channel, "ts": "1.1", "text": PRINTER})
    )
    statuses = [
        await post(stage, body, {**headers, "Content-Type": "application/json"}) for headers in forged(stage, body)
    ]
    assert statuses == [401] * len(statuses)
    broken = b'{"x": "\xff\xfe"}'
    assert await post(stage, broken, stage.slack.signed("x")) == 401
    assert not stage.slack.desk_messages(ayse.channel)


async def test_more_than_slack_sends_is_not_read(stage: SlackStage) -> None:
    assert await post(stage, io.BytesIO(b"x" * 2_100_000), {}) == 413


async def test_what_cannot_be_stored_comes_again(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Faults 5 and 17: a full disk, a locked database: 500, so that Slack keeps it for us."""
    accept, failures = stage.app.gateway.accept_raw, [OSError("INSERT … kadayıf"), OSError("INSERT … kadayıf")]

    async def failing(*args: Any, **more: Any) -> Any:
        if failures:
            raise failures.pop()
        return await accept(*args, **more)

    monkeypatch.setattr(stage.app.gateway, "accept_raw", failing)
    ayse = stage.person("ayse")
    await ayse.says(PRINTER)
    assert 3 in stage.slack.deliveries
    assert "kadayıf" not in caplog.text
    assert len([m for m in await ayse.sees() if m.author is None]) == 1


async def test_without_a_signing_secret_there_is_no_address(tmp_path: Path) -> None:
    async with open_slack(tmp_path) as stage:
        assert not stage.desk.routes


@pytest.mark.parametrize("depth", [150, 500, 900, 990, 100_000])
@pytest.mark.parametrize("kind", ["event", "payload"])
async def test_a_body_of_a_million_brackets_is_refused(stage: SlackStage, kind: str, depth: int) -> None:
    """By whoever has the secret; between those that can be read and not be stored, and those that cannot be read."""
    nested = '{"type": "event_callback", "event": ' + "[" * depth + "]" * depth + "}"
    body = nested if kind == "event" else urlencode({"payload": nested})
    content_type = "application/json" if kind == "event" else "application/x-www-form-urlencoded"
    assert await post(stage, body, {**stage.slack.signed(body), "Content-Type": content_type}) == 400


async def test_brackets_that_somebody_typed_are_words(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    await ayse.says("[" * 300 + '"' + "{" * 300)
    assert any("[" * 300 in seen.text for seen in await ayse.sees())
