"""`/duyuru` in talk: written, seen before it is sent, read by one press."""

from __future__ import annotations

from tests.scenarios.stage import Stage


async def test_an_announcement_is_sent_and_read(stage: Stage) -> None:
    mehmet, fatma = stage.person("mehmet"), stage.person("fatma")
    await mehmet.says("/duyuru")
    assert "Okumadığınız duyuru yok." in (await mehmet.last("announcements_none")).text
    await mehmet.says("/duyuru Parolanızı kimseye vermeyin.")
    await fatma.says("/duyuru Parolanızı kimseye vermeyin.")
    await fatma.presses("Bilgi İşlem’e")
    sure = await fatma.last("announcement_sure")
    assert "kişiye gidecek; emin misiniz?" in sure.text
    await fatma.presses("Güvenlik duyurusu olarak gönder")
    assert "DU-2026-00001 gönderildi" in (await fatma.last("announcement_sent")).text
    told = await mehmet.last("announcement")
    assert "Güvenlik duyurusu" in told.text
    assert "Parolanızı kimseye vermeyin." in told.text
    await mehmet.presses("Okudum")
    assert "DU-2026-00001 okundu" in (await mehmet.last("announcement_read")).text
    await mehmet.says("/duyuru")
    assert "Okumadığınız duyuru yok." in (await mehmet.last("announcements_none")).text
    await fatma.says("/duyuru İkinci duyuru")
    await fatma.says("Uzay İşleri")
    assert "“Uzay İşleri” diye bir müdürlük listede yok" in (await fatma.last("errors/announcement_department")).text
    await fatma.presses("Vazgeç")
