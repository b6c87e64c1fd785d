"""`/c/TOKEN`: what whoever scans the label of a device sees."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.web import build
from bot.web.label_page import MOST_WRONG
from handlers.devices import labels
from handlers.domain.people import Person
from tests.bot.web.panel.device_house import acts, device_settings, furnish
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import connect

REVOKED = "Bu etiket iptal edilmiş. Numarayı ya da odanızı yazın, yine yardımcı olurum."


def token(site: ScriptedSite, staff: dict[str, Person]) -> str:
    printer, laptop = furnish(site, staff)
    acts(site, staff["fatma"], lambda acting: labels.issue(acting, [printer.id]))
    return acts(site, staff["fatma"], lambda acting: labels.issue(acting, [laptop.id]))[0].token


@pytest.mark.parametrize("prefix", ["/c/", "/C/"])
async def test_it_tells_what_everybody_may_know_in_any_case(
    site: ScriptedSite, staff: dict[str, Person], prefix: str
) -> None:
    own = token(site, staff)
    async with connect(build(site, device_settings())) as client:
        for typed in (own, own.lower()):
            answer = await client.get(prefix + typed, headers={"Accept": "text/html"})
            assert answer.status_code == 200
            for shown in ("Lenovo ThinkPad E14", "Dizüstü", "D-00002", "Fen İşleri, 105", 'href="/?cihaz=D-00002"'):
                assert shown in answer.text
            for hidden in ("5CD8123ABC", "PC-MALI-07", staff["ayse"].name, "t.me", "slack.com"):
                assert hidden not in answer.text


async def test_channels_that_are_on_have_their_button(site: ScriptedSite, staff: dict[str, Person]) -> None:
    own = token(site, staff)
    settings = device_settings(telegram_name=lambda: "defne_masa_bot", slack_app=lambda: "A0123456")
    async with connect(build(site, settings)) as client:
        text = (await client.get(f"/c/{own.lower()}")).text
        assert f'href="https://t.me/defne_masa_bot?start=c_{own}"' in text
        assert 'href="https://slack.com/app_redirect?app=A0123456"' in text


async def test_unknown_and_revoked_are_the_same_page(site: ScriptedSite, staff: dict[str, Person]) -> None:
    own = token(site, staff)
    acts(site, staff["fatma"], lambda acting: labels.revoke(acting, own))
    async with connect(build(site, device_settings())) as client:
        pages = [await client.get(f"/c/{one}") for one in (own, "2345ABCD", "kisa", "x" * 300)]
        assert {page.status_code for page in pages} == {404}
        assert len({page.text for page in pages}) == 1
        assert REVOKED in pages[0].text


async def test_whoever_tries_many_is_let_to_try_no_more_for_an_hour(
    site: ScriptedSite, staff: dict[str, Person]
) -> None:
    own = token(site, staff)
    async with connect(build(site, device_settings())) as client:
        for _ in range(MOST_WRONG):
            assert (await client.get("/c/2345ABCD")).status_code == 404
        refused = await client.get(f"/c/{own}")
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 3000
        site.clock.forward(seconds=timedelta(hours=1, seconds=1).total_seconds())
        assert (await client.get(f"/c/{own}")).status_code == 200


async def test_the_chat_begins_with_the_number(site: ScriptedSite, staff: dict[str, Person]) -> None:
    assert staff
    async with connect(build(site, device_settings())) as client:
        assert 'data-room="D-00002: "' in (await client.get("/demo/ayse/?cihaz=D-00002")).text
        assert "data-room" not in (await client.get("/demo/ayse/?cihaz=%22%3E")).text
