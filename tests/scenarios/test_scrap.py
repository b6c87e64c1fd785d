"""Hurda öner from the card of a device: why, a technical opinion, and what became of its disk."""

from __future__ import annotations

from tests.scenarios.stage import Stage
from tests.scenarios.test_devices import records


async def test_a_device_is_proposed_from_its_card(stage: Stage) -> None:
    await records(stage, "312", brand="HP", model="M404dn")
    mehmet = stage.person("mehmet")
    await mehmet.says("/cihaz d1")
    await mehmet.presses("Hurda öner")
    await mehmet.presses("onarımı ekonomik değil")
    told = await mehmet.last("scrap_proposed")
    assert "D-00001, HT-2026-001 listesine önerildi: onarımı ekonomik değil." in told.text
    await mehmet.says("Anakart arızalı, yenisi alınmaya değmez")
    assert "görüş yazıldı" in (await mehmet.last("scrap_described")).text
    await mehmet.presses("Disk: silindi")
    assert "hangi yöntemle silindi?" in (await mehmet.last("scrap_disk_how")).text
    await mehmet.says("üç geçişli silme")
    assert "disk silindi (üç geçişli silme)" in (await mehmet.last("scrap_disk_said")).text
    proposal = await stage.app.gateway.read(lambda uow: uow.scrap.latest()[0])
    assert proposal.lines[0].opinion == "Anakart arızalı, yenisi alınmaya değmez"
    await mehmet.presses("Geri al", on=told)
    assert "listesinden çıkarıldı" in (await mehmet.last("scrap_taken_back")).text
