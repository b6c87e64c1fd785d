"""An approval as people meet it: asked for under Beklet, judged in private without opening anything."""

from __future__ import annotations

from handlers.ports import UnitOfWork
from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import open_ticket
from tests.scenarios.test_targets import TUESDAY, opened, web

__all__ = ["web"]


async def asked(stage: Stage, kind: str, why: str = "eski monitör yandı, yerine") -> None:
    room = stage.in_room("mehmet", "donanim")
    for label in ("Üstlen", "Beklet", "Onay", kind):
        await room.presses(label)
    await room.says(why)


async def test_a_director_judges_without_opening_anything(stage: Stage) -> None:
    await open_ticket(stage)
    await asked(stage, "Depodan çıkış")
    room, kemal = stage.in_room("mehmet", "donanim"), stage.person("kemal")
    assert "onayı Kemal Aydın'dan istendi" in (await room.last("approval_sent")).text
    assert "depodan çıkış: Kemal A." in (await room.last("card")).text
    request = (await kemal.last("approval_request")).text
    for part in ("depodan çıkış", "Ayşe Yılmaz", "3. kat 312", "isteyen: Mehmet Kaya", "eski monitör yandı"):
        assert part in request
    assert "yazılı emir yerine geçmez" in request
    await kemal.presses("Onayla")
    assert "sayı bekleniyor" in (await room.last("card")).text
    await kemal.says("yok")
    assert "Yazının sayısını yazın (örnek: E-12345678-000-1412" in (await kemal.heard())[-1]
    await kemal.says("E-12345678-000-1412")
    assert "EBYS E-12345678-000-1412" in (await kemal.last("approval_documented")).text
    assert "🟢 Üstlenildi" in (await room.last("card")).text


async def test_a_manager_who_is_no_technician_decides_by_what_they_are_shown(web: Stage) -> None:
    """And is shown nothing else of the ticket."""
    await opened(web, f"{TUESDAY}T09:00")

    def add_manager(uow: UnitOfWork) -> None:
        hasan = uow.people.by_handle("hasan")
        assert hasan is not None
        hasan.department = "Mali Hizmetler"
        uow.people.save(hasan)

    await web.app.gateway.write(add_manager)
    await web.person("hasan").says("merhaba")
    room, hasan, mehmet = web.in_room("mehmet", "donanim"), web.person("hasan"), web.person("mehmet")
    for label in ("Üstlen", "Beklet", "Onay", "Yetki açma"):
        await room.presses(label)
    assert "Mali Hizmetler müdürünün adını yazın" in (await room.last("prompt_approver")).text
    await room.says("Kemal Aydın")
    assert "Mali Hizmetler içinde bu adda başka kimse bulamadım" in (await room.heard())[-1]
    await room.says("hasan demir")
    await room.presses("Gerekçesiz iste")
    assert "yetki açma" in (await hasan.last("approval_request")).text
    await hasan.says("/durum 1")
    assert "bulamadım" in (await hasan.heard())[-1]
    await hasan.says("/onay")
    assert "Onayınızı bekleyen 1 istek var." in (await hasan.last("approvals")).text
    await hasan.presses("Reddet")
    await hasan.says("kişi birimimizden ayrıldı")
    assert "onaylanmadı – Hasan Demir: “kişi birimimizden ayrıldı”" in (await mehmet.last("approval_decided")).text
    await hasan.says("/onay")
    assert "bir istek yok" in (await hasan.last("approvals")).text


async def test_a_stale_button_says_when_it_was_given(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T09:00")
    await asked(web, "Planlı çalışma")
    kemal = web.person("kemal")
    request = await kemal.last("approval_request")
    await kemal.presses("Onayla")
    await kemal.presses_token(request.buttons["Reddet"])
    assert (await kemal.heard())[-1] == "Bu onay 1 Aralık'ta verildi (Kemal Aydın); bir şey değişmedi."


async def test_in_their_own_words_it_waits_as_before(web: Stage) -> None:
    await opened(web, f"{TUESDAY}T09:00")
    room = web.in_room("mehmet", "donanim")
    for label in ("Üstlen", "Beklet", "Onay"):
        await room.presses(label)
    await room.says("Başkan onayı, EBYS 1412, cuma")
    assert "(Başkan onayı, EBYS 1412, cuma)" in (await room.last("card")).text
    assert not [m for m in await web.person("kemal").sees() if m.kind == "approval_request"]
