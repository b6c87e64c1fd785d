"""Numbers that people write: a ticket's or not, whole or short, this year's or the last one's, from any keyboard."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.clock import FakeClock
from tests.scenarios.stage import Stage, open_stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket


async def test_a_number_in_a_report_is_no_ticket(tmp_path: Path) -> None:
    """Two tickets are open; banko 2 and two days have nothing to do with the second."""
    async with open_stage(tmp_path, "web") as stage:
        await open_ticket(stage)
        ayse = stage.person("ayse")
        await ayse.says("monitör kararıyor")
        await ayse.presses("Teknisyene ilet")
        while (await ayse.last()).kind == "fact":
            await ayse.presses("Bilmiyorum")
        for typed in ("2 nolu bankodaki bilgisayar açılmıyor", "2:15'te toplantı var projeksiyon görüntü vermiyor"):
            await ayse.says(typed)
            assert (await ayse.last()).kind != "reply_kept"
            assert "Teknisyene ilet" in (await ayse.last()).buttons
            await ayse.says("/iptal")
        for typed in ("2 gündür bekliyorum ne oldu benim iş", "saat 16:20 de geleceklerdi ne oldu"):
            await ayse.says(typed)
            assert (await ayse.last()).kind == "my_tickets"
        await ayse.says("2 nolu kaydım: ne yapsak düzelmedi")
        assert (await ayse.last()).kind == "reply_kept"


async def test_a_short_number_outlives_the_year(tmp_path: Path) -> None:
    """At midnight the numbers begin anew: what the desk printed in December still finds its ticket in January."""
    clock = FakeClock(datetime(2026, 12, 31, 6, 0, tzinfo=UTC))
    async with open_stage(tmp_path, "web", clock) as stage:
        old = await open_ticket(stage)
        ayse, mehmet = stage.person("ayse"), stage.person("mehmet")
        await ayse.presses("Bilmiyorum, atla")
        clock.advance(days=2)
        for typed in ("/durum 1", "1", "1 nolu kaydım ne oldu"):
            await ayse.says(typed)
            assert old in (await ayse.last()).text
        await ayse.says("1: hâlâ çıkmıyor")
        assert (await ayse.last()).kind == "reply_kept"
        await stage.person("hasan").says("monitör kararıyor")
        await stage.person("hasan").presses("Teknisyene ilet")
        await ayse.says("/durum 1")
        assert old in (await ayse.last()).text, "the new year's first is somebody else's"
        await mehmet.says("/durum 1")
        asked = (await mehmet.last()).text
        assert (old in asked, "2027-000001" in asked) == (True, True)
        await mehmet.says(f"/not {old} parça bekliyor")
        assert (await mehmet.last()).kind == "noted"
        await ayse.says("faremin tuşu basmıyor")
        await ayse.presses("Teknisyene ilet")
        await ayse.presses("Bilmiyorum, atla")
        await ayse.says("/iptal 2")
        assert list((await ayse.last("cancel_which")).buttons) == ["İptal et: 2", "Çözüldü"]


@pytest.mark.parametrize("typed", ["/durum\u00a01", "/durum\n1", "/durum:1", "/durum2026\u2013000001", "/durum 2026/1"])
async def test_a_command_of_any_keyboard(stage: Stage, typed: str) -> None:
    await open_ticket(stage)
    ayse = stage.person("ayse")
    await ayse.says(typed)
    assert FIRST in (await ayse.last("ticket")).text


async def test_words_behind_a_command_may_stand_in_lines_of_their_own(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await open_ticket(stage)
        mehmet = stage.person("mehmet")
        await mehmet.says("/not\r\n1\r\ntoner istendi")
        assert (await mehmet.last()).kind == "noted"
        await mehmet.says("/adina\nAyşe Yılmaz\nsaat 10:30'dan beri yazıcı yazdırmıyor")
        offered = await mehmet.last("caller_offer")
        assert "Ayşe Yılmaz adına" in offered.text
        assert "10:30" in offered.text
        await stage.person("admin").says("/davet teknisyen donanim Can Öz")
        code = next(
            w for w in (await stage.person("admin").last("invited")).text.split() if len(w) == 11 and w[5] == "-"
        )
        can = stage.person("can")
        await can.says("/katil\u00a0" + code.replace("-", "\u2013") + ".")
        assert any(m.kind == "joined" for m in await can.sees())
        assert code[:5] not in " ".join(m.text for m in await can.sees())
