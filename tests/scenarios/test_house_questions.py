"""A director and a lead ask about the house in the chat; whoever reports asks about their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.stage import Stage, open_stage
from tests.scenarios.test_calendar import says
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket


async def test_the_director_asks_on_every_channel(stage: Stage) -> None:
    await open_ticket(stage)
    kemal = stage.person("kemal")
    answer = await says(kemal, "durum nedir")
    assert "Şu an 1 açık kayıt: 1 sırada, 0 bekleyen, 0 acil." in answer
    assert "• Donanım ve Teknik Destek: 1 açık" in answer
    assert "• Yazılım: 0 açık" in answer
    assert "Gösterge" in answer
    assert "Bugün 1 kayıt geldi, 0 kayıt tamamlandı." in await says(kemal, "bugün kaç arıza geldi")
    assert "Şu an 0 açık kayıt" in await says(kemal, "yazılım birimi ne durumda")
    assert "Süresi geçen açık kayıt yok." in await says(kemal, "geciken var mı")
    assert "Bu hafta 1 kayıt geldi, 0 kayıt tamamlandı." in await says(kemal, "bu hafta kaç kayıt kapandı")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


async def test_a_lead_hears_of_the_own_unit_alone(folder: Path) -> None:
    async with open_stage(folder, "web") as stage:
        await open_ticket(stage)
        fatma = stage.person("fatma")
        assert "1 açık kayıt" in await says(fatma, "donanımda durum ne")
        assert "yetki" in (await says(fatma, "yazılım birimi ne durumda")).lower()


async def test_who_reports_asks_about_their_own(folder: Path) -> None:
    async with open_stage(folder, "web") as stage:
        await open_ticket(stage)
        assert FIRST in await says(stage.person("ayse"), "durum nedir")
        mehmet = stage.person("mehmet")
        await mehmet.says("durum nedir")
        assert "açık kayıt:" not in (await mehmet.heard())[-1]


async def test_a_director_who_reports_reports(folder: Path) -> None:
    async with open_stage(folder, "web") as stage:
        kemal = stage.person("kemal")
        await kemal.says("yazıcım çıktı vermiyor")
        assert "Gösterge" not in (await kemal.heard())[-1]
        await kemal.says("durum nedir")  # of what they are about to report
        assert "açık kayıt:" not in (await kemal.heard())[-1]


@pytest.mark.parametrize("typed", ["sistemde gecikme var", "yazılımda gecikme var", "acil durum var", "Acil iş var!"])
@pytest.mark.parametrize("handle", ["fatma", "kemal"])
async def test_what_a_lead_or_director_reports_is_no_question(folder: Path, handle: str, typed: str) -> None:
    async with open_stage(folder, "web") as stage:
        leader = stage.person(handle)
        await leader.says(typed)
        assert [m.text for m in await leader.sees() if m.kind == "house_question"] == []
        answer = await leader.last()
        assert (
            "Teknisyene ilet" in answer.buttons or "Yine de ilet" in answer.buttons or "yazmanız yeter" in answer.text
        )
