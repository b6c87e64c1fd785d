"""Dene: a message to oneself on a platform, against the platforms' loopback servers, and what failed in words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.channel_desk import ChannelDesk
from bot.channels.registry import CHANNELS
from bot.config import with_channels
from bot.house_settings import HouseSettings
from bot.runtime.channel_traffic import ChannelTraffic
from handlers.channel_port import ChannelContext
from handlers.domain.house_settings import StoredSetting
from handlers.messages import Delivered, Delivery, GaveUp, Outcome, RetryAt
from tests.bot.channels.telegram.stage import TOKEN
from tests.bot.web.scripted_site import ScriptedSite
from tests.clock import START, FakeClock
from tests.servers.slack import SlackServer
from tests.servers.telegram import BotApi
from tests.storage.builders import arrival

CONTEXT = ChannelContext(zone=ZoneInfo("Europe/Istanbul"))
TEXT = "Deneme iletisi"


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi().running() as started:
        started.person(1008, "Admin")
        yield started


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    server = SlackServer(now=START.timestamp)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ScriptedSite]:
    opened = ScriptedSite(tmp_path)
    yield opened
    opened.store.close()


def desk(site: ScriptedSite, stored: dict[str, Any] | None = None, **sections: Any) -> ChannelDesk:
    house = HouseSettings(with_channels(CHANNELS.sections)(**sections), Path("there-is-none.toml"))
    house.begin(
        [StoredSetting(key=key, value=value, set_by=None, set_at=START) for key, value in (stored or {}).items()]
    )
    return ChannelDesk(house=house, gateway=site, context=CONTEXT, health=dict, traffic=ChannelTraffic(FakeClock()))


def test_what_came_in_last_moves_on_with_each_message(site: ScriptedSite) -> None:
    def heard() -> list[datetime | None]:
        return [one.last_in for one in site.store.read(desk(site).states) if one.name == "web"]

    assert heard() == [None]
    for minutes in (0, 7):
        at = START + timedelta(minutes=minutes)
        came = arrival(f"web:{minutes}", "web:p:ayse", at)
        site.store.write(lambda uow, came=came: uow.inbox.accept([came], now=START, owner=None))
        assert heard() == [at]


@pytest.mark.parametrize(
    ("telegram", "says", "is_unfounded"),
    [
        ({}, "yalnız kayıt numarası, durum ve bağlantı", False),
        ({"content": "full"}, "dayanağı yazılmamış (KVKK m.9)", True),
        ({"content": "full", "transfer": {"basis": "açık rıza"}}, "açık rızaya dayanamaz (KVKK m.9/7)", True),
        ({"content": "full", "transfer": {"basis": "standart_sozlesme"}}, "bildirim günü yazılmamış", True),
        ({"content": "full", "transfer": {"basis": "taahhutname"}}, "dayanağı: taahhutname", False),
    ],
)
def test_what_leaves_the_country_stands_beside_each_platform(
    site: ScriptedSite, telegram: dict[str, Any], says: str, is_unfounded: bool
) -> None:
    states = {one.name: one for one in site.store.read(desk(site, telegram={"token": TOKEN, **telegram}).states)}
    assert says in states["telegram"].abroad
    assert "MASA_" not in states["telegram"].abroad
    assert states["telegram"].is_unfounded is is_unfounded
    assert [states[name].abroad for name in ("web", "terminal", "slack")] == ["", "", ""]


async def test_a_message_arrives_at_oneself(site: ScriptedSite, api: BotApi, slack: SlackServer) -> None:
    """With a token that was said a moment ago, and waits for a start."""
    at_home = desk(site, {"telegram.token": TOKEN}, telegram={"base_url": api.base_url})
    came = await at_home.test("telegram", "telegram:p:1008", TEXT)
    assert came.is_ok
    assert came.seconds is not None
    assert [message["text"] for message in api.chats[1008].messages.values()][-1].startswith(TEXT)

    user = slack.add_user("Admin")
    tokens = {"bot_token": slack.bot_token, "app_token": slack.app_token, "base_url": slack.base_url}
    assert (await desk(site, slack=tokens).test("slack", f"slack:p:{user}", TEXT)).is_ok


@pytest.mark.parametrize(
    ("changes", "address", "says"),
    [
        ({"token": "7001:wrong"}, "telegram:p:1008", "anahtar reddedildi"),
        ({"base_url": "http://127.0.0.1:1"}, "telegram:p:1008", "yanıt vermiyor"),
        ({"mode": "webhook"}, "telegram:p:1008", "“Webhook anahtarı” alanını doldurun"),
        ({}, None, "Telegram hesabınız masaya bağlı değil"),
        ({"token": ""}, "telegram:p:1008", "Kanal kapalı"),
        ({}, "telegram:p:999999", "platform iletiyi kabul etmedi"),
    ],
)
async def test_what_failed_is_said_in_words(
    site: ScriptedSite, api: BotApi, changes: dict[str, str], address: str | None, says: str
) -> None:
    own = {"token": TOKEN, "base_url": api.base_url, **changes}
    came = await desk(site, telegram=own).test("telegram", address, TEXT)
    assert not came.is_ok
    assert says in " ".join(came.said)
    assert "wrong" not in " ".join(came.said)
    assert "MASA_" not in " ".join(came.said)  # it is said beside the form, to whoever fills that in


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"bot_token": "xoxb-wrong"}, "“Bot anahtarı”"),
        ({"app_token": "xapp-wrong"}, "“Uygulama anahtarı”"),
        ({"app_token": ""}, "“Uygulama anahtarı”"),
    ],
)
async def test_the_field_of_the_form_is_named(
    site: ScriptedSite, slack: SlackServer, changes: dict[str, str], field: str
) -> None:
    tokens = {"bot_token": slack.bot_token, "app_token": slack.app_token, "base_url": slack.base_url, **changes}
    said = " ".join((await desk(site, slack=tokens).test("slack", None, TEXT)).said)
    assert field in said
    assert "MASA_" not in said


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (RetryAt(1, "token refused"), "anahtar reddedildi"),
        (RetryAt(1, "no answer: TimedOut", unsure=True), "yanıt gelmedi"),
        (GaveUp("403 bot was blocked"), "kişi ya da grup masayı engellemiş"),
        (GaveUp("strange"), "platform “strange” dedi"),
    ],
)
def test_what_kept_a_message_is_remembered_after_one_that_went(outcome: Outcome, says: str) -> None:
    traffic = ChannelTraffic(FakeClock())
    delivery = Delivery(id=1, conversation="slack:p:U1", channel="slack", message_id=1, attempt=1, text="x")
    traffic.note(delivery, Delivered("1"))
    traffic.note(delivery, outcome)
    assert (traffic.of("slack").error, traffic.of("slack").out_at) == (says, START)
    assert traffic.of("telegram").error == ""


def test_each_channel_tells_how_it_is(site: ScriptedSite) -> None:
    states = site.store.read(desk(site, telegram={"token": TOKEN}).states)
    found = {one.name: (one.is_on, one.runs, one.has_settings) for one in states}
    assert found["web"] == (True, True, False)
    assert found["telegram"] == (True, False, True)
    assert found["slack"] == (False, False, True)


async def test_what_a_closed_channel_lacks_is_called_as_its_form_calls_it(site: ScriptedSite) -> None:
    came = await desk(site).test("push", None, TEXT)
    assert came.said == ("Kanal kapalı: bildirim hizmetlerinin yazacağı adres girilmemiş.",)
