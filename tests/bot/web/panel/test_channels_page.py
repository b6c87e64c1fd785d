"""Kanallar: how each is doing, and Dene."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import httpx
import pytest

from bot.web import WebSettings, build
from bot.web.settings import ChannelState, ChannelTest
from handlers.domain.people import Person
from handlers.ports import UnitOfWork
from tests.bot.web.panel.conftest import Open, PanelVisit
from tests.bot.web.scripted_site import START, ScriptedSite
from tests.bot.web.visiting import connect
from tests.scenarios.stage import shared_desk

PATH = "panel/ayarlar/kanallar"
UP = {"has_settings": True, "is_on": True, "runs": True}


class Scripted:
    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []
        self.answer = ChannelTest(is_ok=True, seconds=0.42, said=("İleti gitti, platform aldığını bildirdi.",))

    def states(self, _uow: UnitOfWork) -> Sequence[ChannelState]:
        return [
            ChannelState(name="web", title="Web", has_settings=False, is_on=True, runs=True, last_in=START),
            ChannelState(
                name="telegram",
                title="Telegram",
                trouble="anahtar reddedildi",
                waiting=3,
                given_up=1,
                abroad="tam içerikle açık, dayanağı yazılmamış",
                is_unfounded=True,
                **UP,
            ),
            ChannelState(name="slack", title="Slack", has_settings=True, is_on=True, runs=False),
        ]

    async def test(self, name: str, address: str | None, text: str) -> ChannelTest:
        self.asked.append((name, address))
        assert text.startswith("Deneme iletisi")
        return self.answer


@pytest.fixture
def channels() -> Scripted:
    return Scripted()


@pytest.fixture
async def panel(site: ScriptedSite, staff: dict[str, Person], channels: Scripted) -> AsyncIterator[httpx.AsyncClient]:
    async with connect(build(site, WebSettings(demo=True, desk=shared_desk(), channels=channels))) as client:
        client.headers["Accept"] = "text/html"
        yield client


async def press(visit: PanelVisit, channel: str) -> httpx.Response:
    page = (await visit.get(PATH)).text
    token = page.partition('data-form-token="')[2][:64] or visit.token
    return await visit.client.post(f"{visit.path}{PATH}", data={"form_token": token, "channel": channel})


@pytest.mark.parametrize(("who", "reads", "tries"), [("kemal", 403, 403), ("denetci", 200, 403), ("admin", 200, 200)])
async def test_to_whom_it_is_open(opened: Open, channels: Scripted, who: str, reads: int, tries: int) -> None:
    visit = await opened(who)
    page = await visit.get(PATH)
    assert page.status_code == reads
    assert ('aria-label="Dene: Telegram"' in page.text) == (who == "admin")
    assert (await press(visit, "telegram")).status_code == tries
    assert bool(channels.asked) == (who == "admin")


async def test_each_tells_how_it_is(opened: Open) -> None:
    page = " ".join((await (await opened("admin")).get(PATH)).text.split())
    for told in (
        "açık, bağlı değil: anahtar reddedildi",
        "masa yeniden başlayınca açılır",
        "23 Kasım 2026 11:30",
        "hiç (son 10.000 gelende)",
        "vazgeçilen 1",
        "⚠ tam içerikle açık, dayanağı yazılmamış",
    ):
        assert told in page
    assert 'aria-label="Dene: Slack"' in page, "it opens with the next start"
    assert "<strong>açık</strong>" in page, "nobody is bound to a chat of the desk's own"


async def test_what_came_of_a_test_is_told_and_noted(opened: Open, site: ScriptedSite, channels: Scripted) -> None:
    visit = await opened("admin")
    page = " ".join((await press(visit, "telegram")).text.split())
    assert "İleti gitti, platform aldığını bildirdi. Gidiş dönüş 0,4 saniye." in page
    assert channels.asked == [("telegram", None)]
    channels.answer = ChannelTest(said=("anahtar reddedildi.",))
    assert "anahtar reddedildi." in (await press(visit, "telegram")).text
    assert "Gidiş dönüş" in (await press(visit, "web")).text
    audit = [line[3] for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "channel_tested"]
    assert audit == ["web: ulaştı", "telegram: anahtar reddedildi.", "telegram: ulaştı"]
    said = site.store.read(lambda uow: uow.timeline.page("web:p:admin", limit=5))
    assert [message.kind for message in said] == ["channel_test"]
    assert (await press(visit, "matrix")).status_code == 400
