"""`/ara`: by who, where, what was answered, noted and done; and no more than the asker may read."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.domain.states import State
from handlers.messages import BOLD, END
from handlers.ports import UnitOfWork
from storage.engine.time_limit import TookTooLong
from storage.repositories.search import SqlSearch
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
        words = (
            "yılmaz ayşe",
            "ayşe",
            "312",
            "YAZICI",
            "mali hizmetler",
            "13.b2",
            "bobin",
            "2026/881",
            "kasnağı",
            "“çıktı”",
            "#1",
            "1",
            FIRST,
        )
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


async def test_what_is_found_is_told_apart_dated_and_leads_on(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await open_ticket(stage)
        room, mehmet = stage.in_room("mehmet", "donanim"), stage.person("mehmet")
        await room.presses("Üstlen")
        await room.presses("Tamamladım")
        await room.says("Fuser ünitesi değişti")
        await mehmet.says("/ara fuser")
        found = (await mehmet.last("found")).text
        assert "“fuser” için 1 kayıt" in found
        assert "Yapılan, 23 Kas 2026: Fuser ünitesi değişti" in found
        assert "/durum 1" in found
        said = await stage.app.gateway.read(lambda uow: uow.timeline.page(mehmet.address, limit=500))
        marked = [message.text for message in said if message.kind == "found"][-1]
        assert f"{BOLD}Fuser{END} ünitesi" in marked


async def test_people_and_articles_are_found_by_those_who_work(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        mehmet, ayse = stage.person("mehmet"), stage.person("ayse")
        for asked, who in (("hasan", "Hasan"), ("zabıta", "Hasan"), ("ZABITA hasan", "Hasan")):
            await mehmet.says(f"/ara {asked}")
            assert f"• {who}" in (await mehmet.last("found")).text, asked
        await mehmet.says("/ara çevrimdışı")
        assert "Çözüm adımları" in (await mehmet.last("found")).text
        await ayse.says("/ara hasan")
        assert "bir şey bulamadım" in (await ayse.last("found")).text, "colleagues are not for everybody to look up"


async def test_what_was_meant_is_offered_where_nothing_is_found(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        mehmet = stage.person("mehmet")
        await mehmet.says("/ara hasna zabta")
        found = await mehmet.last("found")
        assert "Şunu mu demek istediniz?" in found.text
        assert "Hasan Zabıta" in found.buttons
        await mehmet.presses("Hasan Zabıta")
        assert "• Hasan" in (await mehmet.last("found")).text
        await mehmet.says("/ara qwxz")
        found = await mehmet.last("found")
        assert (dict(found.buttons), "kelimenin başı yeter" in found.text) == ({}, True)


async def test_no_more_is_looked_for_than_one_can_ask_at_once(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await open_ticket(stage)
        mehmet = stage.person("mehmet")
        for asked in ("yazıcı " * 9, "yazıcı " * 600):
            await mehmet.says(f"/ara {asked}")
            found = (await mehmet.last("found")).text
            assert FIRST in found
            assert "en çok 8 kelime" in found


async def test_what_takes_too_long_is_told_to_ask_for_less(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise TookTooLong

    async with open_stage(tmp_path, "web") as stage:
        mehmet = stage.person("mehmet")
        with monkeypatch.context() as patched:
            patched.setattr(SqlSearch, "_found", stop)
            await mehmet.says("/ara yazıcı")
        assert "Daha dar arayın" in (await mehmet.last()).text
        await mehmet.says("/ara hasan")
        assert "• Hasan" in (await mehmet.last("found")).text, "the next one is heard as ever"


async def test_what_waits_since_yesterday_is_asked_for_as_in_kayitlar(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await fill(stage, "ayse", 11)

        def wait(uow: UnitOfWork) -> None:
            for number in range(1, 12):
                it, by = uow.tickets.by_number(f"2026-{number:06}"), uow.people.by_handle("mehmet")
                assert by is not None
                it.claim(by=by.id, at=stage.clock.now(), channel="web")
                it.wait(State.WAITING_PARTS, "", by=by.id, at=stage.clock.now(), channel="web")
                uow.tickets.save(it)

        stage.app.store.write(wait)
        mehmet = stage.person("mehmet")
        await mehmet.says("/ara dünden beri bekleyen")
        assert FIRST not in (await mehmet.last("found")).text, "since today"
        stage.clock.advance(days=1)
        await mehmet.says("/ara dünden beri bekleyen")
        found = (await mehmet.last("found")).text
        assert "10 kayıt" in found
        assert FIRST in found
        assert "Daha fazlası panelde" in found


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
