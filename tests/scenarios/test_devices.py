"""Devices in talk: which one a ticket is about, and what is asked of whom."""

from __future__ import annotations

from typing import Any

from handlers.context import Acting
from handlers.devices import recording
from handlers.domain.devices import Description, Device
from tests.scenarios.stage import Actor, Seen, Stage

PRINTER = "yazıcı çıktı vermiyor"


async def records(stage: Stage, place: str = "312", who: str = "mehmet", **about: Any) -> Device:
    """A printer, unless another kind is said."""

    def work(uow: Any) -> Device:
        person = uow.people.by_handle(who)
        acting = Acting(
            desk=stage.app.desk, uow=uow, now=stage.clock.now(), person=person, channel="web", event_key="k"
        )
        kept = {name: about[name] for name in ("custody", "department") if name in about}
        said = {"kind": "yazici", **{name: value for name, value in about.items() if name not in kept}}
        return recording.record(acting, Description(**said), place=place, **kept)

    return await stage.app.gateway.write(work)


async def room_of(stage: Stage, who: str) -> str:
    return await stage.app.gateway.read(lambda uow: uow.people.by_handle(who).room)


async def reports(stage: Stage, text: str = PRINTER, who: str = "ayse") -> Actor:
    actor = stage.person(who)
    await actor.says(text)
    await actor.presses("Teknisyene ilet")
    return actor


async def card(stage: Stage) -> Seen:
    return await stage.in_room("mehmet", "donanim").last("card")


def line(seen: Seen) -> str:
    return next((one for one in seen.text.splitlines() if one.startswith("Cihaz") and " D-" in one), "")


async def test_a_number_in_a_report_names_the_device(stage: Stage) -> None:
    await records(stage, "214", brand="HP", model="M404dn")
    ayse = await reports(stage, "d1 yazdırmıyor")
    assert "Cihaz: HP M404dn · D-00001." in (await ayse.last("opened")).text
    assert line(await card(stage)) == "Cihaz: HP M404dn · D-00001"


async def test_whoever_has_two_printers_in_the_room_is_asked_once(stage: Stage) -> None:
    own = await room_of(stage, "ayse")
    await records(stage, own, brand="HP", model="M404dn")
    await records(stage, own, brand="Kyocera")
    ayse = await reports(stage)
    asked = await ayse.last("which_device")
    assert asked.text.endswith("Hangisi?")
    assert [label.partition(" · ")[0] for label in asked.buttons] == ["HP M404dn", "Kyocera", "Bilmiyorum"]
    assert line(await card(stage)) == ""
    (label,) = [one for one in asked.buttons if one.startswith("Kyocera")]
    await ayse.presses(label, on=asked)
    assert (await ayse.last("device_noted")).text == "2026-000001 · Cihaz: Kyocera · D-00002"
    assert line(await card(stage)) == "Cihaz: Kyocera · D-00002"
    await ayse.presses_token(asked.buttons["Bilmiyorum"])
    assert line(await card(stage)) == "Cihaz: Kyocera · D-00002"


async def test_a_likely_one_is_confirmed_when_the_work_is_done(stage: Stage) -> None:
    await records(stage, await room_of(stage, "ayse"), brand="HP", model="M404dn")
    await records(stage, "koridor sonu", brand="Kyocera")
    await reports(stage)
    room = stage.in_room("mehmet", "donanim")
    assert line(await card(stage)) == "Cihaz (tahmin): HP M404dn · D-00001"
    await room.presses("Üstlen")
    await room.presses("Tamamladım")
    await room.says("Sürücü yeniden kuruldu")
    asked = await room.last("device_right")
    assert asked.text == "2026-000001 · Cihaz: HP M404dn D-00001, doğru mu?"
    await room.presses("Değiştir", on=asked)
    await room.says("d99999")
    assert (await room.last()).text == "D-99999 diye bir cihaz yok."
    await room.says("d2")
    assert (await room.last("device_noted")).text == "2026-000001 · Cihaz: Kyocera · D-00002"
    assert line(await card(stage)) == "Cihaz: Kyocera · D-00002"


async def test_on_the_card_it_is_said_under_more(stage: Stage) -> None:
    await records(stage, await room_of(stage, "ayse"), brand="HP")
    await records(stage, "koridor sonu", brand="Kyocera", serial="CND1234567")
    await reports(stage)
    room = stage.in_room("mehmet", "donanim")
    await room.presses("Diğer", on=await card(stage))
    await room.presses("Bu cihaz", on=await card(stage))
    assert line(await card(stage)) == "Cihaz: HP · D-00001"
    await room.presses("Diğer", on=await card(stage))
    await room.presses("Başka cihaz", on=await card(stage))
    await room.says("cnd 123-4567")
    assert line(await card(stage)) == "Cihaz: Kyocera · D-00002"
    await room.presses("Diğer", on=await card(stage))
    await room.presses("Başka cihaz", on=await card(stage))
    await room.presses("Cihaz yok")
    assert line(await card(stage)) == ""
