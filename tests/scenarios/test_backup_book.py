"""Yedek defteri: what was answered on which day of a month, by whom, and the days on which nobody did."""

from __future__ import annotations

from handlers.ports import UnitOfWork
from tests.scenarios.stage import Stage
from tests.scenarios.test_recurring import _add_lead, offered
from tests.scenarios.test_targets import tick_at, web

__all__ = ["web"]


async def test_without_a_check_it_says_how_to_begin(stage: Stage) -> None:
    fatma = stage.person("fatma")
    await fatma.says("/yedek")
    book = (await fatma.last("backup_book")).text
    assert "Yedek defteri, Kasım 2026" in book
    assert "Bu ay için yedek denetimi yok. Yedek defterini Yazılım Birimi tutar" in book
    assert "/duzenli" not in book, "the list is not theirs to begin"
    await _add_lead(stage)
    await fatma.says("/yedek")
    assert "Başlatmak için: /duzenli" in (await fatma.last("backup_book")).text


async def test_a_month_with_who_result_and_the_days_without_an_answer(web: Stage) -> None:
    await _add_lead(web)
    await offered(web, "fatma", "Günlük yedek")
    ali = web.in_room("ali", "yazilim")
    for day, result in ((2, "Tamam"), (3, "Uyarı var"), (4, "Alınamadı")):
        await tick_at(web, f"2026-12-{day:02d}T08:00")
        await ali.presses(result, on=await ali.last("check"))
    await tick_at(web, "2026-12-07T08:00")
    await tick_at(web, "2026-12-09T08:00")
    fatma = web.person("fatma")
    await fatma.says("/yedek aralık")
    book = (await fatma.last("backup_book")).text
    assert "2 Ara: ✅ tamam – Ali Çelik, 08.00" in book
    assert "3 Ara: ⚠ uyarı var – Ali Çelik, 08.00 · 2026-000002" in book
    assert "4 Ara: ⛔ alınamadı – Ali Çelik" in book
    assert "7 Ara: ❌ yanıtlanmadı · 2026-000004" in book
    assert "8 Ara: ❌ kayıt açılmadı" in book
    assert "9 Ara: … bekleniyor" in book
    assert "6 denetim günü: 1 tamam, 1 uyarı var, 1 alınamadı, 1 bekleniyor, 1 yanıtlanmadı, 1 kayıt açılmadı." in book
    await fatma.presses("Önceki ay")
    assert "Kasım 2026" in (await fatma.last("backup_book")).text


async def test_it_stays_when_the_check_is_taken_away(web: Stage) -> None:
    await _add_lead(web)
    await offered(web, "fatma", "Günlük yedek")
    await tick_at(web, "2026-12-02T08:00")
    fatma = web.person("fatma")
    await fatma.says("/duzenli")
    await fatma.presses("Kaldır: Günlük")
    await tick_at(web, "2026-12-03T08:00")
    await fatma.says("/yedek")
    book = (await fatma.last("backup_book")).text
    assert "1 denetim günü: 1 yanıtlanmadı." in book


async def test_who_may_read_it_and_which_months_there_are(web: Stage) -> None:
    fatma, kemal = web.person("fatma"), web.person("kemal")
    for typed, said in (
        ("/yedek dün", "Hangi ay?"),
        ("/yedek 2026-13", "Hangi ay?"),
        ("/yedek 2027-01", "O ay daha gelmedi."),
    ):
        await fatma.says(typed)
        assert (await fatma.heard())[-1].startswith(said)
    await kemal.says("/yedek geçen ay")
    assert "Kasım 2026" in (await kemal.last("backup_book")).text
    mehmet = web.person("mehmet")
    await mehmet.says("/yedek")
    assert not [m for m in await mehmet.sees() if m.kind == "backup_book"]


async def test_an_auditor_reads_it_and_that_is_noted(web: Stage) -> None:
    auditor = await _auditor(web)
    await web.person(auditor).says("/yedek")
    noted = await web.app.gateway.read(lambda uow: [what for _, _, what, _, _ in uow.audit.recent()])
    assert "backup_book_read" in noted


async def _auditor(stage: Stage) -> str:
    def change(uow: UnitOfWork) -> None:
        person = uow.people.by_handle("kemal")
        assert person is not None
        person.role = type(person.role)("auditor")
        uow.people.save(person)

    await stage.app.gateway.write(change)
    return "kemal"
