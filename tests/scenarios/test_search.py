"""`/ara`: by who, where, what was answered, noted and done; and no more than the asker may read."""

from __future__ import annotations

from pathlib import Path

from tests.scenarios.stage import open_stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket
from tests.scenarios.test_long_lists import fill


async def test_a_ticket_is_found_by_all_that_is_known_of_it(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await open_ticket(stage)
        ayse, mehmet, room = stage.person("ayse"), stage.person("mehmet"), stage.in_room("mehmet", "donanim")
        await ayse.presses("Bilmiyorum, atla")
        await ayse.says("1: hata kodu 13.B2 yazıyor")
        await room.presses("Üstlen")
        await mehmet.says("/not 1 bobin Çınar Bilişim'den istendi, sayı 2026/881")
        await room.presses("Tamamladım")
        await room.says("Besleme kasnağı değişti")
        words = ("yılmaz ayşe", "mali hizmetler", "13.b2", "bobin", "2026/881", "kasnağı", "“çıktı”", "#1", "1", FIRST)
        for asked in words:
            await mehmet.says(f"/ara {asked}")
            assert FIRST in (await mehmet.last("found")).text, asked
        for asked, found in (("kasnağı", True), ("13.b2", True), ("bobin", False), ("2026/881", False)):
            await ayse.says(f"/ara {asked}")
            assert (FIRST in (await ayse.last("found")).text) is found, "a reporter finds nothing by internal notes"
        ali = stage.person("ali")  # of the other unit
        await ali.says("/ara kasnağı")
        assert FIRST not in (await ali.last("found")).text
        await ayse.says("/verilerim")
        await ayse.presses("Yazdıklarımı sil")
        await ayse.presses("Evet, sil")


async def test_older_ones_are_shown_at_a_press(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await fill(stage, "ayse", 13)
        mehmet = stage.person("mehmet")
        await mehmet.says("/ara yazıcı")
        assert FIRST not in (await mehmet.last("found")).text
        await mehmet.presses("Daha eskilerde ara")
        older = await mehmet.last("found")
        assert FIRST in older.text
        assert "daha eski 3 kayıt" in older.text
        assert not older.buttons
