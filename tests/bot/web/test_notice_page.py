"""The privacy notice in full: what KVKK m.10 and 11 want said, in the terms that are set, in the house's words."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from bot.web import WebSettings, build
from handlers.domain.house_texts import HouseText, TextKind
from handlers.domain.people import Person
from handlers.ports import UnitOfWork
from tests.bot.web.scripted_site import ScriptedSite
from tests.bot.web.visiting import connect
from tests.handlers.test_notice import FULL
from tests.scenarios.stage import shared_desk


async def read(site: ScriptedSite) -> httpx.Response:
    desk = replace(shared_desk(), notice=FULL)
    async with connect(build(site, WebSettings(desk=desk))) as nobody:
        return await nobody.get("/aydinlatma")


@pytest.mark.parametrize(
    "block",
    [
        "Başkanlığı, Deniz Cad. 1, deniz@hs01.kep.tr", "Hangi veriler", "Amaç", "otomatik yollarla", "(ç) ve (e)",
        "servis firmasına", "yurt dışındaki sunucularından", "Zorunlu", "7 ay", "31 ay", "11 yıl", "m.11",
        "işlenip işlenmediğini", "amacına uygun", "üçüncü kişileri bilebilirsiniz", "düzeltilmesini", "yok edilmesini",
        "üçüncü kişilere bildirilmesini", "otomatik sistemlerle", "zararın giderilmesini", "kvkk@deniz.bel.tr",
        "30 günde", FULL.name,
    ],
)  # fmt: skip
async def test_whoever_comes_reads_every_block_of_the_law(site: ScriptedSite, block: str) -> None:
    page = await read(site)
    assert page.status_code == 200
    assert block.casefold() in page.text.casefold()
    assert "paylaşılmaz" not in page.text


async def test_the_house_can_write_it_anew(site: ScriptedSite, people: dict[str, Person]) -> None:
    def edit(uow: UnitOfWork) -> None:
        uow.house_texts.add(
            HouseText(
                kind=TextKind.MESSAGE, name="notice_page", version=1, body="Hukuk biriminin yazdığı metin.",
                shipped="0" * 64, written_at=site.now(), written_by=people["kemal"].id,
            )
        )  # fmt: skip

    site.store.write(edit)
    assert "Hukuk biriminin yazdığı metin." in (await read(site)).text


async def test_a_site_without_a_desk_has_none(client: httpx.AsyncClient) -> None:
    assert (await client.get("/aydinlatma")).status_code == 404
