"""Handing over in talk: example 7 of the stores, what falls out, and what comes back."""

from __future__ import annotations

from typing import Any

from handlers.context import Acting
from handlers.devices import handing
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
    await kemal.says("/yardim")
    await in_depot(stage)
    await ordered(stage)
    await ayse.says("/zimmetim")
    assert (await ayse.last()).kind == "handover_confirm"
    await ayse.presses("Sorun var")
    await ayse.presses("Gelmedi")
    assert "“Gelmedi” dedi" in (await mehmet.last()).text
    assert await held_by(stage) is None
    await mehmet.says("/cihaz teslim d1 Ayşe")
    assert "onaylayınca" in (await mehmet.last()).text


async def test_a_silent_receiver_is_reminded_and_then_whoever_hands_over_is_told(stage: Stage) -> None:
    ayse, mehmet, fatma = stage.person("ayse"), stage.person("mehmet"), stage.person("fatma")
    for person in (ayse, fatma, stage.person("kemal")):
        await person.says("/yardim")
    await in_depot(stage)
    await ordered(stage)

    async def reminders() -> list[int]:
        said = [await one.heard() for one in (ayse, mehmet, fatma)]
        return [
            sum(1 for text in texts if "Onayınız bekleniyor" in text or "3 iş günüdür onaylamadı" in text)
            for texts in said
        ]

    await stage.tick(hours=2)
    assert await reminders() == [0, 0, 0]
    await stage.tick(days=1)
    await stage.tick(minutes=1)
    assert await reminders() == [1, 0, 0]
    await stage.tick(days=2)
    await stage.tick(minutes=1)
    assert await reminders() == [2, 1, 1]
    await mehmet.says("/cihaz d1")
    card = await mehmet.last()
    assert {"İptal et", "Kâğıt imzalandı"} <= set(card.buttons)
    assert "Teslim et" not in card.buttons
    await fatma.presses("Kâğıt imzalandı")
    assert await held_by(stage) is None
    await fatma.says("", files={"imzali.pdf": b"%PDF-1.4 x"})
    assert "İmzalı sayfa saklandı" in (await fatma.last()).text
    assert await held_by(stage) == "ayse"
    assert "Kâğıda imzanızla teslim edildi" in (await ayse.last()).text


async def test_a_devir_that_nobody_confirms_lapses_by_the_clock_and_both_are_told(stage: Stage) -> None:
    ayse, hasan = stage.person("ayse"), stage.person("hasan")
    for person in (ayse, hasan):
        await person.says("/yardim")
    device = await in_somebodys_zimmet(stage, "ayse")

    def swap(uow: Any) -> None:
        people = [uow.people.by_handle(handle) for handle in ("ayse", "hasan")]
        acting = Acting(
            desk=stage.app.desk, uow=uow, now=stage.clock.now(), person=people[0], channel="web", event_key="k"
        )
        handing.swap(acting, [device.id], people[1].id)

    await stage.app.gateway.write(swap)
    await stage.tick(days=4, hours=2)
    asked = [next(text for text in await one.heard() if "Onayınız bekleniyor" in text) for one in (ayse, hasan)]
    assert [("Sizden" in text, "Size 1" in text) for text in asked] == [(True, False), (False, True)]
    await ayse.presses("Teslim ettim")
    assert "öbür tarafın onayı bekleniyor" in (await ayse.last()).text
    await stage.tick(days=3)
    await stage.tick(minutes=1)
    for person in (ayse, hasan):
        said = [text for text in await person.heard() if "devir 7 gün içinde onaylanmadı" in text]
        assert len(said) == 1
    assert await held_by(stage) == "ayse"


async def in_somebodys_zimmet(stage: Stage, handle: str) -> Any:
    holder = await stage.app.gateway.read(lambda uow: uow.people.by_handle(handle).id)
    custody = Custody(kind=CustodyKind.PERSON, holder=holder)
    return await records(stage, "312", who="fatma", kind="dizustu", brand="HP", model="ProBook 450", custody=custody)


async def test_a_second_press_changes_nothing_and_says_how_it_stands(stage: Stage) -> None:
    ayse, mehmet, kemal = stage.person("ayse"), stage.person("mehmet"), stage.person("kemal")
    await ayse.says("/zimmetim")
    await kemal.says("/yardim")
    await in_depot(stage)
    await mehmet.says("/cihaz teslim d1 Ayşe")
    ask = (await mehmet.last()).buttons["Emri iste"]
    for _ in range(2):
        await mehmet.presses_token(ask)
        assert "emir bekleniyor" in (await mehmet.last()).text
    wanted = [one for one in await kemal.sees() if "çıkış emri isteniyor" in one.text]
    assert len(wanted) == 1
    for token in ("Çıksın", "Çıksın"):
        await kemal.presses_token(wanted[0].buttons[token])
        assert "depodan çıkabilir" in (await kemal.last()).text
    hand = next(one.buttons["Teslim et"] for one in await mehmet.sees() if "Teslim et" in one.buttons)
    for _ in range(2):
        await mehmet.presses_token(hand)
        assert "TB-2026-00001 açıldı" in (await mehmet.last()).text
    asked = [one for one in await ayse.sees() if one.kind == "handover_confirm"]
    assert len(asked) == 1
    for _ in range(2):
        await ayse.presses_token(asked[0].buttons["Teslim aldım"])
        assert "Teslim aldınız" in (await ayse.last()).text
    assert len([one for one in await mehmet.sees() if "teslim aldı." in one.text]) == 1
    await ayse.presses_token(asked[0].buttons["Sorun var"])
    assert "onaylandı, artık değişmez" in (await ayse.last()).text
    assert await held_by(stage) == "ayse"
    await ayse.says("/zimmetim")
    not_mine = next(iter(reversed(await ayse.sees()))).buttons["Bende değil: D-00001"]
    for _ in range(2):
        await ayse.presses_token(not_mine)
        assert "sorumlusuna iletildi" in (await ayse.last()).text
    assert len([one for one in await stage.person("fatma").sees() if "bende değil" in one.text.lower()]) == 1
