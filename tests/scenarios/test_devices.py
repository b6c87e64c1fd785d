"""Devices in talk: which one a ticket is about, and what is asked of whom."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.context import Acting
from handlers.devices import recording
from handlers.domain.devices import Custody, CustodyKind, Description, Device
from tests.scenarios.stage import Actor, Seen, Stage
from tests.scenarios.test_targets import web

__all__ = ["web"]

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


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("d2 olan", "Cihaz: Kyocera · D-00002"),
        ("kyocera", "Cihaz (tahmin): Kyocera · D-00002"),
        ("bilmiyorum", ""),
    ],
)
async def test_who_is_asked_may_write_instead(web: Stage, answer: str, found: str) -> None:
    own = await room_of(web, "ayse")
    for brand in ("HP", "Kyocera"):
        await records(web, own, brand=brand)
    ayse = await reports(web)
    asked = await ayse.last("which_device")
    assert (await ayse.last()).text == asked.text, "no second question beside it"
    await ayse.says(answer)
    assert line(await card(web)) == found
    assert "Hangisi?" not in [one.text for one in await ayse.sees() if one.buttons]


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


async def test_a_device_is_shown_moved_and_put_right(web: Stage) -> None:
    await records(web, "312", brand="HP", serial="CND12345678901")
    mehmet = web.person("mehmet")
    await mehmet.says("/cihaz d1")
    shown = (await mehmet.last("device_card")).text
    assert "HP · D-00001 · Yazıcı" in shown
    assert "Seri no: CND12345678901" in shown, "what stands on a device is masked nowhere"
    assert "Zimmet: ortak kullanım" in shown
    await mehmet.presses("Taşı")
    await mehmet.says("2. kat 204")
    assert (await mehmet.last("device_moved")).text == "D-00001 artık burada: 2. kat · 204 (önce: 312)."
    await mehmet.presses("Geri al")
    assert (await mehmet.last("device_moved")).text == "D-00001 artık burada: 312 (önce: 2. kat · 204)."
    await mehmet.presses("Taşı", on=await mehmet.last("device_card"))
    await mehmet.presses("Vazgeç")
    assert (await mehmet.last("device_stopped")).text == "Tamam, bir şey değişmedi."
    await mehmet.presses("Düzelt", on=await mehmet.last("device_card"))
    wrongs = {"renk mavi": "“renk mavi” anlaşılmadı.", "garanti 31.02.2027": "“31.02.2027” diye bir gün yok."}
    for wrong, said in wrongs.items():
        await mehmet.says(wrong)
        assert (await mehmet.last()).text.startswith(said)
    await mehmet.says("model M404dn\ngaranti 17.07.2027\nsicil no 255.2.1.1.2.1/18/252\nnot tepsi 2 bozuk")
    shown = (await mehmet.last("device_card")).text
    for part in ("HP M404dn", "Garanti: 17.07.2027", "Sicil no: 255.02.01.01.02.01/18/00252", "“tepsi 2 bozuk”"):
        assert part in shown
    await mehmet.presses("Düzelt")
    await mehmet.says("vazgeç")
    assert (await mehmet.last("device_stopped")).text == "Tamam, bir şey değişmedi."
    await mehmet.presses("Düzelt", on=await mehmet.last("device_card"))
    await mehmet.presses("Arızalı")
    assert "Durum: arızalı, kullanımda" in (await mehmet.last("device_card")).text
    await mehmet.presses("Geçmişi")
    history = (await mehmet.last("device_history")).text
    assert [history.count(word) for word in ("taşındı", "düzeltildi", "kaydedildi")] == [2, 2, 1]


async def test_a_history_shows_numbers_and_no_keys_of_ours(web: Stage) -> None:
    one = await records(web, "312", brand="HP", ips=("10.0.4.7",))

    def moved(uow: Any) -> None:
        person = uow.people.by_handle("mehmet")
        acting = Acting(desk=web.app.desk, uow=uow, now=web.clock.now(), person=person, channel="web", event_key="k")
        for place, ref in (("214", "panel:7d0c1f5e-7a0b-4b3c-9a70-0d5d3a2f8f11"), ("105", "D-00077")):
            recording.move(acting, one.id, place, ref=ref)

    await web.app.gateway.write(moved)
    mehmet = web.person("mehmet")
    await mehmet.says("/cihaz d1")
    assert "IP: 10.0.4.7" in (await mehmet.last("device_card")).text
    await mehmet.presses("Geçmişi")
    history = (await mehmet.last("device_history")).text
    assert "taşındı (D-00077)" in history
    assert "panel:" not in history


async def test_who_may_read_everything_leaves_a_trace(web: Stage) -> None:
    await records(web, "312", brand="HP")
    kemal = web.person("kemal")
    await kemal.says("/cihaz d1")
    assert "Taşı" not in (await kemal.last("device_card")).buttons
    lines = await web.app.gateway.read(lambda uow: uow.audit.recent())
    assert [about for _, _, what, about, _ in lines if what == "read_device"] == ["D-00001"]


async def test_a_new_device_is_two_presses(web: Stage) -> None:
    mehmet = web.person("mehmet")
    await mehmet.says("/cihaz BİM-0042")
    assert (await mehmet.last()).text == "“BİM-0042” diye bir cihaz yok."
    await mehmet.presses("Yeni cihaz")
    await mehmet.presses("Yazıcı")
    assert (await mehmet.last("device_recorded")).text == "D-00001 yeni cihaz: Yazıcı · no BİM-0042."
    await mehmet.says("/cihaz")
    await mehmet.presses("Yeni cihaz")
    assert len((await mehmet.last("device_kind")).buttons) == 9
    await mehmet.presses("Diğer türler ›")
    await mehmet.presses("UPS")
    await mehmet.says("sistem odası")
    recorded = await mehmet.last("device_recorded")
    assert recorded.text == "D-00002 yeni cihaz: UPS, sistem odası."
    await mehmet.presses("Geri al")
    await mehmet.says("/cihaz d99999")
    assert (await mehmet.last()).text == "D-99999 diye bir cihaz yok."
    await mehmet.says("/cihaz")
    await mehmet.presses("Yeni cihaz")
    await mehmet.presses("Yazıcı")
    await mehmet.says("BİM-0042")
    assert (await mehmet.last()).text.startswith("Bu numara D-00001'de kayıtlı (Yazıcı). Aynı cihazsa birleştirin")
    await mehmet.says("CND1234567")
    assert (await mehmet.last("device_recorded")).text == "D-00003 yeni cihaz: Yazıcı · seri no CND1234567."


async def test_two_records_are_made_one_and_parted(web: Stage) -> None:
    await records(web, "312", brand="HP")
    await records(web, "214", serial="CND1234567")
    fatma = web.person("fatma")
    await fatma.says("/cihaz birleştir d2 d1")
    assert "D-00002 (Yazıcı, 214) ile D-00001 (HP, 312) aynı cihaz mı?" in (await fatma.last("device_merge")).text
    await fatma.presses("Birleştir")
    assert (await fatma.last("device_merged")).text == "D-00002 ile D-00001 artık tek cihaz: D-00001."
    await fatma.says("/cihaz d2")
    assert "Aynı cihaz sayılanlar: D-00002" in (await fatma.last("device_card")).text
    await fatma.presses("Geri al", on=await fatma.last("device_merged"))
    assert (await fatma.last("device_parted")).text == "D-00002 yeniden ayrı bir cihaz."
    await fatma.says("/cihaz birleştir d2")
    assert (await fatma.last()).text.startswith("Hangi iki cihaz?")
    await fatma.says("/cihaz 2026")
    assert (await fatma.last("devices_failing")).text.endswith("O yıl cihazı bilinen kayıt yok.")


async def test_somebody_reports_a_fault_of_what_they_hold_or_says_it_is_not_theirs(web: Stage) -> None:
    ayse = web.person("ayse")
    await ayse.says("/zimmetim")
    assert (await ayse.last("own_devices")).text.startswith("Üzerinize kayıtlı cihaz yok.")
    await ayse.says("/cihaz d1")
    assert (await ayse.last()).text == "D-00001 diye bir cihaz yok."
    key = await web.app.gateway.read(lambda uow: uow.people.by_handle("ayse").id)
    held = Custody(kind=CustodyKind.PERSON, holder=key)
    await records(web, "", who="fatma", kind="dizustu", brand="Lenovo", serial="PF4C8271X", custody=held)
    await ayse.says("/zimmetim")
    listed = await ayse.last("own_devices")
    assert "1. Lenovo · D-00001" in listed.text
    await ayse.presses("Bende değil: D-00001", on=listed)
    assert "sorumlusuna iletildi" in (await ayse.last("device_disputed")).text
    assert "(Lenovo) için “bende değil” dedi." in (await web.person("fatma").last("device_disputed_told")).text
    await ayse.presses("Arıza bildir: D-00001", on=listed)
    asked = await ayse.last("device_known")
    assert asked.text == "Lenovo · D-00001 — ne oldu?"
    assert list(asked.buttons)[:2] == ["Bilgisayar açılmıyor", "Bilgisayar yavaş veya donuyor"]
    await ayse.presses("Bilgisayar açılmıyor", on=asked)
    await ayse.presses("Teknisyene ilet")
    assert line(await card(web)) == "Cihaz: Lenovo · D-00001"
    await ayse.says("/zimmetim")
    await ayse.presses("Arıza bildir: D-00001", on=await ayse.last("own_devices"))
    await ayse.says("ekranı kararıyor, görüntü gelmiyor")
    await ayse.presses("Teknisyene ilet")
    assert line(await card(web)) == "Cihaz: Lenovo · D-00001 · bu yıl 2. kayıt"
