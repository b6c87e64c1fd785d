"""The platform calls us: only with the secret, and 200 only once it is stored."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.webhook import PATH, SECRET_HEADER
from handlers.ports import Arrival, Attachment
from tests.bot.channels.telegram.reports import PNG, PRINTER, written
from tests.bot.channels.telegram.stage import USERS, TelegramStage, open_telegram, telegram_settings
from tests.servers.telegram import BotApi

SECRET = "a-secret-of-the-test"
AYSE = USERS["ayse"]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[TelegramStage]:
    changes = {"mode": "webhook", "webhook_secret": SECRET, "web_url": "https://masa.example"}
    async with open_telegram(tmp_path, **changes) as opened:
        yield opened


@pytest.fixture
async def platform(stage: TelegramStage) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=stage.telegram.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client


async def call(platform: httpx.AsyncClient, update: Any, secret: str | bytes | None = SECRET) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    body = json.dumps(update).encode()
    return (await platform.post(PATH, content=body, headers=headers)).status_code  # type: ignore[arg-type] # bytes too


async def test_a_server_inside_the_house_calls_without_https(tmp_path: Path) -> None:
    async with BotApi().running() as api:
        api.local = tmp_path
        settings = {"mode": "webhook", "webhook_secret": SECRET, "web_url": "http://masa.local:8080"}
        async with open_telegram(tmp_path, api=api, **settings) as stage:
            await stage.until(lambda: bool(api.webhook))
            assert api.webhook["url"] == f"http://masa.local:8080{PATH}"
            await stage.until(lambda: stage.telegram.health()["ok"])


def next_update(stage: TelegramStage) -> dict[str, Any]:
    return stage.api.updates.pop()


async def test_200_once_it_is_stored(stage: TelegramStage, platform: httpx.AsyncClient) -> None:
    stage.api.say(AYSE, PRINTER)
    assert await call(platform, next_update(stage)) == 200
    await stage.quiet()
    assert written(stage) == [PRINTER]
    assert "Henüz kayıt açılmadı" in stage.api.chats[AYSE].shown()[-1]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ş".encode(), b"\xff\xfe"])
async def test_without_the_secret_nobody_writes(
    stage: TelegramStage, platform: httpx.AsyncClient, secret: str | bytes | None
) -> None:
    stage.api.say(AYSE, PRINTER)
    assert await call(platform, next_update(stage), secret) == 403
    await stage.quiet()
    assert written(stage) == []


async def test_not_200_when_it_could_not_be_stored(
    stage: TelegramStage, platform: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(arrivals: Sequence[Arrival], attachments: Collection[Attachment] = ()) -> Sequence[bool]:
        raise OSError("disk full")

    stage.api.say(AYSE, PRINTER)
    update = next_update(stage)
    with monkeypatch.context() as broken:
        broken.setattr(stage.app.gateway, "accept_raw", refuse)
        assert await call(platform, update) == 503
    assert await call(platform, update) == 200
    assert await call(platform, update) == 200
    await stage.quiet()
    assert written(stage) == [PRINTER]


async def test_the_same_call_four_times_at_once_is_one_message(
    stage: TelegramStage, platform: httpx.AsyncClient
) -> None:
    stage.api.say(AYSE, PRINTER)
    update = next_update(stage)
    assert await asyncio.gather(*[call(platform, update) for _ in range(4)]) == [200] * 4
    await stage.quiet()
    assert written(stage) == [PRINTER]
    stage.api.press(AYSE, "Teknisyene ilet")
    press = next_update(stage)
    assert await asyncio.gather(*[call(platform, press) for _ in range(4)]) == [200] * 4
    await stage.quiet()
    assert len(stage.app.store.read(lambda uow: uow.summaries.list())) == 1


async def test_an_album_comes_in_several_calls(stage: TelegramStage, platform: httpx.AsyncClient) -> None:
    updates = []
    for place in range(3):
        stage.api.photo(AYSE, PNG, album="a", **({"caption": PRINTER} if not place else {}))
        updates.append(next_update(stage))
    assert await asyncio.gather(*[call(platform, update) for update in updates]) == [200] * 3
    await stage.quiet()
    assert written(stage) == [PRINTER]


@pytest.mark.parametrize(
    ("body", "status"), [(b"{", 400), (b"\xff", 400), (b"[" * 100_000, 400), (b"x" * 1_100_000, 413)]
)
async def test_odd_bodies(stage: TelegramStage, platform: httpx.AsyncClient, body: bytes, status: int) -> None:
    answer = await platform.post(PATH, content=body, headers={SECRET_HEADER: SECRET})
    assert answer.status_code == status


@pytest.mark.parametrize("update", [[], 5, "x", None, {}, {"update_id": "x"}, {"update_id": 4, "message": 1}])
async def test_what_cannot_be_read_is_taken_and_put_aside(
    stage: TelegramStage, platform: httpx.AsyncClient, update: Any
) -> None:
    assert await call(platform, update) == 200


async def test_it_is_set_with_its_secret_and_set_again_where_somebody_moved_it(stage: TelegramStage) -> None:
    await stage.until(lambda: bool(stage.api.webhook))
    assert stage.api.webhook["url"] == f"https://masa.example{PATH}"
    assert stage.api.webhook["secret_token"] == SECRET
    assert "callback_query" in stage.api.webhook["allowed_updates"]
    assert stage.telegram.health()["ok"]


async def test_a_webhook_without_a_secret_is_refused(stage: TelegramStage) -> None:
    settings = telegram_settings(token="1:x", mode="webhook")
    with pytest.raises(ValueError, match="secret"):
        _ = Telegram(stage.app.gateway, settings).routes


@pytest.mark.parametrize("depth", [150, 500, 900, 990, 100_000])
async def test_a_body_of_a_million_brackets_is_refused(
    stage: TelegramStage, platform: httpx.AsyncClient, depth: int
) -> None:
    stage.api.say(AYSE, PRINTER)
    nested = json.dumps(next_update(stage))[:-1] + ', "x": ' + "[" * depth + "]" * depth + "}"
    answer = await platform.post(PATH, content=nested, headers={SECRET_HEADER: SECRET})
    assert answer.status_code == 400
