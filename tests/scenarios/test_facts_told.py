"""Nobody is asked for what they said: the facts of a message stand on the ticket."""

from __future__ import annotations

import pytest

from handlers.domain.states import Priority
from tests.scenarios.stage import Stage

FIRST = "2026-000001"


async def send_on(stage: Stage, typed: str) -> None:
    ayse = stage.person("ayse")
    await ayse.says(typed)
    buttons = (await ayse.last()).buttons
    await ayse.presses("Talep oluştur" if "Talep oluştur" in buttons else "Teknisyene ilet")


async def questions(stage: Stage) -> list[str]:
    return [m.text for m in await stage.person("ayse").sees() if m.kind == "fact"]


@pytest.mark.parametrize(
    ("typed", "fact", "value"),
    [
        ("5. kat 512 nolu odada yazıcı çıktı vermiyor", "oda", "5. kat 512"),
        ("zemin katta yazıcı çıktı vermiyor", "oda", "zemin kat"),
        ("HP LaserJet M404 yazıcı çıktı vermiyor", "cihaz", "HP LaserJet M404"),
        ("yazıcı çıktı vermiyor, demirbaş no 253.2.1.17", "demirbas", "253.2.1.17"),
        ("yazıcı çıktı vermiyor, ekranında 49.38 hatası var", "hata", "49.38"),
        ("yazıcı çıktı vermiyor, dahilim 1999", "dahili", "1999"),
        ("yazıcı çıktı vermiyor cep 0532 123 45 67", "dahili", "0532 123 45 67"),
        ("dünden beri yazıcı çıktı vermiyor", "suredir", "dünden beri"),
        ("servisteki 5 kişi yazıcıdan çıktı alamıyor", "etkilenen", "5"),
        ("nikâh saat 2'de yazıcı çıktı vermiyor", "son", "saat 2'de"),
        ("Zabıta müdürlüğündeyim yazıcı çıktı vermiyor", "mudurluk", "Zabıta"),
        ("excel açılmıyor, formüller bozuldu", "program", "Excel"),
    ],
)
async def test_what_was_said_stands_on_the_ticket(stage: Stage, typed: str, fact: str, value: str) -> None:
    await send_on(stage, typed)
    assert (await stage.ticket(FIRST)).facts[fact] == value


@pytest.mark.parametrize(
    ("typed", "not_asked"),
    [
        ("HP M404 yazıcı çıktı vermiyor", "Hangi cihaz"),
        ("yazıcı çıktı vermiyor, demirbaş 253.2.1.17", "Hangi cihaz"),
        ("yazıcı çıktı vermiyor, ekranında 49.38 hatası var", "Ekranda ne yazıyor"),
        ("excel açılmıyor, formüller bozuldu", "Hangi program"),
        ("yeni personele bilgisayar kullanıcı hesabı açılması gerekiyor, yarına kadar lazım", "Hangi güne"),
        ("internet dünden beri çok yavaş", "Ne zaman başladı"),
    ],
)
async def test_nobody_is_asked_for_what_they_said(stage: Stage, typed: str, not_asked: str) -> None:
    await send_on(stage, typed)
    while "Bilmiyorum, atla" in (await stage.person("ayse").last()).buttons:
        await stage.person("ayse").presses("Bilmiyorum, atla")
    assert not any(not_asked in question for question in await questions(stage))


async def test_the_room_one_sits_in_is_kept_where_only_its_floor_is_said(stage: Stage) -> None:
    await send_on(stage, "3. katta yazıcı çıktı vermiyor")
    assert (await stage.ticket(FIRST)).facts["oda"] == "3. kat 312"


async def test_ones_own_department_is_not_said_twice(stage: Stage) -> None:
    await send_on(stage, "yazıcı çıktı vermiyor, tahakkuk servisi")
    assert "mudurluk" not in (await stage.ticket(FIRST)).facts


@pytest.mark.parametrize(
    ("typed", "priority"),
    [
        ("nikâh saat 2'de yazıcı çıktı vermiyor", Priority.HIGH),
        ("yazıcı çıktı vermiyor, 10 dakika sonra meclis var", Priority.HIGH),
        ("yarın nikâh saat 2'de, yazıcı çıktı vermiyor", Priority.HIGH),
        ("yazıcı çıktı vermiyor", Priority.NORMAL),
    ],
)
async def test_what_is_due_today_or_soon_is_urgent(stage: Stage, typed: str, priority: Priority) -> None:
    await send_on(stage, typed)
    assert (await stage.ticket(FIRST)).priority is priority


async def test_who_says_where_they_sit_is_not_asked_on_the_way_in(stage: Stage) -> None:
    veli = stage.person("veli")
    await veli.says("Zabıta müdürlüğündeyim 3. kat 305 nolu oda, yazıcım çıktı vermiyor")
    await veli.presses("Okudum")
    await veli.says("Veli Can")
    assert "Teknisyene ilet" in (await veli.last()).buttons
    await veli.presses("Teknisyene ilet")
    assert "Veli Can, Zabıta, 3. kat 305" in (await stage.in_room("mehmet", "donanim").last("card")).text
