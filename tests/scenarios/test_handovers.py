"""Handing over in talk: example 7 of the stores, what falls out, and what comes back."""

from __future__ import annotations

from handlers.domain.devices import Custody, CustodyKind
from tests.scenarios.stage import Stage
from tests.scenarios.test_devices import records

DEPOT = Custody(kind=CustodyKind.DEPOT)


async def in_depot(stage: Stage) -> None:
    about = {"kind": "dizustu", "brand": "HP", "model": "ProBook 450", "serial": "5CD8123A00", "custody": DEPOT}
    await records(stage, "depo", who="fatma", **about)


async def held_by(stage: Stage) -> str | None:
    def holder(uow):  # type: ignore[no-untyped-def]
        device = uow.devices.by_number(1)
        return None if device.custody.holder is None else uow.people.get(device.custody.holder).handle

    return await stage.app.gateway.read(holder)


async def ordered(stage: Stage) -> None:
    mehmet, kemal = stage.person("mehmet"), stage.person("kemal")
    await mehmet.says("/cihaz teslim d1 Ayşe")
    refusal = await mehmet.last()
    assert "D-00001 depoda. Depodan çıkış için Müdürün emri gerekir (11/26)." in refusal.text
    await mehmet.presses("Emri iste")
    await kemal.presses("Çıksın")
    await mehmet.presses("Teslim et")


async def test_a_laptop_leaves_the_depot_and_is_confirmed(stage: Stage) -> None:
    ayse, mehmet = stage.person("ayse"), stage.person("mehmet")
    await ayse.says("/zimmetim")
    await stage.person("kemal").says("/yardim")
    await in_depot(stage)
    await ordered(stage)
    asked = await ayse.last()
    assert "1. Dizüstü, HP ProBook 450 · D-00001 · seri 5CD8123A00" in asked.text
    assert await held_by(stage) is None
    await ayse.presses("Teslim aldım")
    assert await held_by(stage) == "ayse"
    assert "teslim aldı" in (await mehmet.last()).text
    await mehmet.says("/cihaz d1")
    await mehmet.presses("Geri al")
    await mehmet.presses("Tam")
    assert "Belgeniz: TB-" in (await ayse.last()).text
    assert await held_by(stage) is None


async def test_what_did_not_come_falls_out(stage: Stage) -> None:
    ayse, mehmet, kemal = stage.person("ayse"), stage.person("mehmet"), stage.person("kemal")
    await ayse.says("/zimmetim")
    await kemal.says("/yardim")
    await in_depot(stage)
    await ordered(stage)
    await ayse.presses("Sorun var")
    await ayse.presses("Gelmedi")
    assert "“Gelmedi” dedi" in (await mehmet.last()).text
    assert await held_by(stage) is None
    await mehmet.says("/cihaz teslim d1 Ayşe")
    assert "onaylayınca" in (await mehmet.last()).text
