"""`masa doctor` says what is wrong with the platform's side, and what to do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.diagnostics import PUBLIC, checks, examine
from bot.diagnostics.finding import Finding
from tests.bot.channels.telegram.stage import settings_of, telegram_settings
from tests.servers.telegram import BotApi

ROOMS = {"telegram:r:-5001": "donanim"}


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi().running() as started:
        started.group(-5001)
        yield started


async def found(api: BotApi, **changes: Any) -> list[Finding]:
    return await examine(settings_of(api, **changes), ROOMS)


async def test_all_is_well(api: BotApi) -> None:
    assert [one.state for one in await found(api)] == ["ok", "ok"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"token": "7001:wrong"}, "reddedildi"),
        ({"token": "nonsense"}, "eksik görünüyor"),
        ({"mode": "webhook"}, "gizli anahtar yok"),
        (
            {"mode": "webhook", "webhook_secret": "x", "web_url": "http://masa", "base_url": PUBLIC},
            "https adresi gerekir",
        ),
    ],
)
async def test_settings_that_cannot_work(api: BotApi, changes: dict[str, Any], says: str) -> None:
    first = (await found(api, **changes))[0]
    assert first.state == "error"
    assert says in first.says
    assert first.do


async def test_the_houses_own_server_may_call_inside_the_house(api: BotApi, tmp_path: Path) -> None:
    api.local = tmp_path
    own = {"mode": "webhook", "webhook_secret": "x", "web_url": "http://masa"}
    assert [one.state for one in await found(api, **own)] == ["ok", "warning", "ok"], "not set yet"
    api.webhook = {"url": "http://masa/telegram/webhook"}
    assert [one.state for one in await found(api, **own)] == ["ok", "ok"]


async def test_a_server_that_is_not_there() -> None:
    settings = telegram_settings(token="1:x", base_url="http://127.0.0.1:9", answer_seconds=1)
    (one,) = await examine(settings, ROOMS)
    assert "yanıt vermiyor" in one.says


def _webhook_elsewhere(api: BotApi) -> None:
    api.webhook = {"url": "https://elsewhere.example/x"}


def _not_in_the_group(api: BotApi) -> None:
    api.chats[-5001].blocked = True


def _hears_everything(api: BotApi) -> None:
    api.me["can_read_all_group_messages"] = True


def _joins_no_group(api: BotApi) -> None:
    api.me["can_join_groups"] = False


def _forum_without_rights(api: BotApi) -> None:
    api.chats[-5001].is_forum, api.chats[-5001].may_manage_topics = True, False


@pytest.mark.parametrize(
    ("trouble", "says", "state"),
    [
        (_webhook_elsewhere, "elsewhere.example", "error"),
        (_not_in_the_group, "grubunda değil", "error"),
        (_forum_without_rights, "konu açamıyor", "warning"),
        (_hears_everything, "gizlilik kipi kapalı", "warning"),
        (_joins_no_group, "gruplara eklenemiyor", "error"),
    ],
)
async def test_what_stands_in_the_way(api: BotApi, trouble: Callable[[BotApi], None], says: str, state: str) -> None:
    trouble(api)
    assert [(one.state, bool(one.do)) for one in await found(api) if says in one.says] == [(state, True)]


async def test_a_group_that_moved_is_found(api: BotApi) -> None:
    api.migrate(-5001, -1005001)
    assert [one.state for one in await found(api)] == ["ok", "ok"]


async def test_updates_are_not_touched(api: BotApi) -> None:
    api.person(1)
    api.say(1, "merhaba")
    await found(api)
    assert len(api.updates) == 1
    assert all(call.method != "getUpdates" for call in api.calls)


def test_a_channel_that_is_off_is_not_asked() -> None:
    assert checks(telegram_settings(token=""), ROOMS) == []
