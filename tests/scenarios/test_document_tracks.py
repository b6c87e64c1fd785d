"""`/evrak` in talk: written in two presses, answered by its number, extended, passed on."""

from __future__ import annotations

from dataclasses import replace

from handlers.ports import UnitOfWork
from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import FIRST


async def test_a_document_is_written_extended_passed_on_and_answered(stage: Stage) -> None:
    mehmet, fatma = stage.person("mehmet"), stage.person("fatma")
    await mehmet.says("/evrak")
    assert "Cevap bekleyen evrak yok." in (await mehmet.last("documents")).text
    await mehmet.says("/evrak 45123 internet hattı yavaş")
    asked = await mehmet.last("document_which_kind")
    assert list(asked.buttons)[:2] == ["Dilekçe (30 gün)", "Bilgi edinme (15 iş günü)"]
    await mehmet.presses("Dilekçe (30 gün)")
    receipt = await mehmet.last("document_recorded")
    assert "ET-2026-00001 (45123, dilekçe) yazıldı, sizde: son gün" in receipt.text
    await mehmet.says("/evrak 45123")
    assert "“internet hattı yavaş”" in (await mehmet.last("document_card")).text
    await mehmet.presses("Süre uzadı")
    await mehmet.says("31 Aralık 2026")
    assert "son gün 31 Aralık Perşembe" in (await mehmet.last("document_card")).text
    await mehmet.presses("Devret")
    await mehmet.says("Kimse Yok")
    assert "“Kimse Yok” adında biri yok" in (await mehmet.last("errors/document_nobody")).text
    await mehmet.says("Fatma Şahin")
    assert "artık Fatma Şahin adlı kişide" in (await mehmet.last("document_passed")).text
    given = await fatma.last("document_given")
    assert list(given.buttons) == ["Cevaplandı", "Süre uzadı", "Devret"]
    await fatma.presses("Cevaplandı")
    await fatma.says("yazdık")
    assert "“yazdık” içinde numara yok" in (await fatma.last("errors/document_answer")).text
    await fatma.says("E-46001")
    ended = await fatma.last("document_ended")
    assert "cevaplandı, cevap E-46001" in ended.text
    await fatma.presses("Geri al")
    await fatma.presses("Cevaplandı")
    await fatma.presses("Gereği yapıldı")
    assert "gereği yapıldı" in (await fatma.last("document_ended")).text
    await fatma.says("/evrak 45123")
    assert "Sonuç: gereği yapıldı" in (await fatma.last("document_card")).text


async def test_what_has_its_own_day_is_asked_for_it_and_a_slip_is_taken_back(stage: Stage) -> None:
    fatma = stage.person("fatma")
    await fatma.says("/evrak acele")
    assert "bir EBYS numarasına benzemiyor" in (await fatma.last("errors/document_number")).text
    await fatma.says("/evrak 7001 kamera kaydı")
    await fatma.presses("Yazıda süre var")
    await fatma.says("31 Aralık 2026")
    assert "yazıda süre var) yazıldı" in (await fatma.last("document_recorded")).text
    await fatma.presses("Geri al")
    assert "geri alındı" in (await fatma.last("document_withdrawn")).text
    await fatma.says("/evrak")
    assert "Cevap bekleyen evrak yok." in (await fatma.last("documents")).text
    await fatma.says("/evrak et-9")
    assert "ET-2026-00009 diye bir evrak yok" in (await fatma.last("errors/document_unknown")).text


async def test_a_document_names_no_security_matter_to_who_may_not_know(stage: Stage) -> None:
    """Its ticket became one since."""
    ayse, fatma = stage.person("ayse"), stage.person("fatma")
    await ayse.says("yazıcı çıktı vermiyor")
    await ayse.presses("Teknisyene ilet")
    ticket = await stage.ticket(FIRST)

    def rests_on_it(uow: UnitOfWork) -> None:
        (one,) = uow.document_tracks.registered("7002")
        uow.document_tracks.save(replace(one, ticket=ticket.id))

    def hide(uow: UnitOfWork) -> None:
        found = uow.tickets.get(ticket.id)
        found.restricted, found.unit = True, "yazilim"
        uow.tickets.save(found)

    await fatma.says("/evrak 7002 yazıcı")
    await fatma.presses("Dilekçe (30 gün)")
    await stage.app.gateway.write(rests_on_it)
    await fatma.says("/evrak 7002")
    assert f"kayıt {FIRST}" in (await fatma.last("document_card")).text
    await stage.app.gateway.write(hide)
    await fatma.says("/evrak 7002")
    assert FIRST not in (await fatma.last("document_card")).text
