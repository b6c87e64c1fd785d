"""Zimmet in talk: the worked examples 7, 8, 9 and 20 of the stores on both databases, and each way to hand over."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.context import Acting
from handlers.domain.absences import Absence
from handlers.domain.deputies import Deputy
from handlers.domain.devices import Custody, CustodyKind, Device
from handlers.domain.handovers import OrderMode
from handlers.domain.people import Role
from handlers.people import personal_data
from handlers.queries import handovers as queries
from tests.scenarios.conftest import require_sound
from tests.scenarios.stage import Actor, Seen, Stage, open_stage
from tests.scenarios.test_devices import records
from tests.scenarios.test_handovers import in_depot

DEPOT = Custody(kind=CustodyKind.DEPOT)


@pytest.fixture
async def both(tmp_path: Path, database: str) -> AsyncIterator[Stage]:
    """On SQLite, and on PostgreSQL."""
    async with open_stage(tmp_path, "web", database_url=database) as stage:
        yield stage
        require_sound(stage, tmp_path)


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, "web") as stage:
        yield stage
        require_sound(stage, tmp_path)


async def device(stage: Stage, number: int = 1) -> Device:
    return await stage.app.gateway.read(lambda uow: uow.devices.by_number(number))


async def holder(stage: Stage, number: int = 1) -> str | None:
    def look(uow: Any) -> str | None:
        key = uow.devices.by_number(number).custody.holder
        return None if key is None else uow.people.get(key).handle

    return await stage.app.gateway.read(look)


async def asks(stage: Stage, who: str, query: Any) -> Any:
    def look(uow: Any) -> Any:
        person, now = uow.people.by_handle(who), stage.clock.now()
        return query(Acting(desk=stage.app.desk, uow=uow, now=now, person=person, channel="web", event_key="k"))

    return await stage.app.gateway.read(look)


async def is_away(stage: Stage, who: str, days: int) -> None:
    def work(uow: Any) -> None:
        person, now = uow.people.by_handle(who).id, stage.clock.now()
        away = {"starts": now - timedelta(hours=1), "ends": now + timedelta(days=days), "entered_at": now}
        uow.absences.add(Absence(person=person, entered_by=person, **away))

    await stage.app.gateway.write(work)


async def acts(stage: Stage, whose: str, who: str) -> None:
    """As director."""

    def work(uow: Any) -> None:
        now = stage.clock.now()
        days = {"starts": now - timedelta(hours=1), "ends": now + timedelta(days=3), "entered_at": now}
        people = {"person": uow.people.by_handle(whose).id, "deputy": uow.people.by_handle(who).id}
        of = {"role": Role.DIRECTOR, "unit": None, "document": "2026/9", "document_day": now.date()}
        uow.deputies.add(Deputy(**people, **days, **of))

    await stage.app.gateway.write(work)


def texts(seen: list[Seen], words: str) -> list[str]:
    return [one.text for one in seen if words in one.text]


async def zimmet(stage: Stage, who: str, *numbers: int) -> None:
    """These are theirs already."""
    key = await stage.app.gateway.read(lambda uow: uow.people.by_handle(who).id)
    for number in numbers:
        held = Custody(kind=CustodyKind.PERSON, holder=key)
        made = await records(stage, "312", who="fatma", kind="dizustu", brand="HP", serial=f"S{number}", custody=held)
        assert made.number.place == number


# --- the worked examples --------------------------------------------------------------------------------
async def test_example_7_an_order_while_the_director_is_away(both: Stage) -> None:
    ayse, mehmet, fatma = (both.person(handle) for handle in ("ayse", "mehmet", "fatma"))
    hasan, zeynep = both.person("hasan"), both.person("zeynep")
    for person in (ayse, fatma, hasan, zeynep):
        await person.says("/yardim")
    await in_depot(both)
    await is_away(both, "kemal", 4)
    await mehmet.says("/cihaz teslim d1 Ayşe")
    assert "D-00001 depoda. Depodan çıkış için Müdürün emri gerekir (11/26)." in (await mehmet.last()).text
    await mehmet.presses("Emri iste")
    waits = (await mehmet.last()).text
    assert re.search(r"Müdür .+ izinli, vekil tanımlı değil\. Emir bekliyor\.", waits)
    assert texts(await fatma.sees(), "vekil belirlenmesini isteyin")
    await acts(both, "kemal", "zeynep")
    await zeynep.says("/cihaz emirler")
    await zeynep.presses("Çıksın")
    decided = (await mehmet.last("order_decided")).text
    assert "(Müdür V.)" in decided
    await mehmet.presses("Teslim et")
    asked = await ayse.last("handover_confirm")
    assert asked.text.startswith("Size 1 cihaz teslim ediliyor (TB-2026-00001):")
    assert asked.text.endswith("depoya iade edilir, başkasına verilmez.")
    await hasan.presses_token(asked.buttons["Teslim aldım"])
    assert await holder(both) is None
    for _ in range(2):
        await ayse.presses_token(asked.buttons["Teslim aldım"])
        assert "Teslim aldınız" in (await ayse.last()).text
    assert await holder(both) == "ayse"
    act = await asks(both, "kemal", lambda acting: queries.act(acting, "TB-2026-00001"))
    assert [order.decided_by.endswith("(Müdür V.)") for order in act.orders] == [True]
    assert asked.text.splitlines()[1:] == act.text.splitlines()[1:], "what was read is what is kept"


async def test_example_8_a_devir_that_one_side_leaves_lapses(both: Stage) -> None:
    ayse, hasan = both.person("ayse"), both.person("hasan")
    for person in (ayse, hasan):
        await person.says("/yardim")
    await zimmet(both, "ayse", 1)
    await ayse.says("D-00001'i Hasan'a devret")
    given, taken = await ayse.last("handover_confirm"), await hasan.last("handover_confirm")
    assert given.text.startswith("Sizden 1 cihaz devralınıyor, alan: Hasan")
    assert taken.text.startswith("Size 1 cihaz devrediliyor, veren: Ayşe")
    await hasan.presses("Teslim aldım")
    assert "öbür tarafın onayı bekleniyor" in (await hasan.last()).text
    assert await holder(both) == "ayse"
    await both.tick(days=7, minutes=1)
    for person in (ayse, hasan):
        assert len(texts(await person.sees(), "devir 7 gün içinde onaylanmadı")) == 1
    assert await holder(both) == "ayse"
    await ayse.says("d1'i hasana devretmek istiyorum")
    await ayse.presses("Teslim ettim")
    await hasan.presses("Teslim aldım")
    assert await holder(both) == "hasan"
    for person in (ayse, hasan):
        assert texts(await person.sees(), "devir tamam, iki taraf da onayladı")


async def test_example_9_who_leaves_with_two_devices(both: Stage) -> None:
    ayse, fatma, admin = both.person("ayse"), both.person("fatma"), both.person("admin")
    for person in (ayse, fatma):
        await person.says("/yardim")
    await zimmet(both, "ayse", 1, 2)
    await fatma.says("/ilisik Ayşe")
    shown = await fatma.last("clearance")
    assert "D-00001 HP" in shown.text
    assert "Üzerinde zimmetli cihaz yoktur" not in shown.text
    await admin.says("/ayrildi ayse")
    warned = (await admin.last("person_left")).text
    assert "üzerinde 2 cihaz var (D-00001, D-00002)" in warned
    gone = await both.app.gateway.read(lambda uow: uow.people.by_handle("ayse").gone)
    assert gone, "it warns and holds nothing up"
    await fatma.presses("Hepsini geri al", on=shown)
    await fatma.presses("Tam")
    assert await holder(both) is None
    await fatma.presses("Başka hasar")
    await fatma.says("kapağı çatlak")
    assert "D-00002 iade alındı: kapağı çatlak" in (await fatma.last("handover_returned")).text
    await fatma.says("/ilisik Ayşe Yılmaz")  # who left is still found
    cleared = (await fatma.last("clearance")).text
    assert re.search(r"Üzerinde zimmetli cihaz yoktur \(\d\d\.\d\d\.2026 \d\d:\d\d\)", cleared)
    key = await both.app.gateway.read(lambda uow: uow.people.by_handle("ayse").id)
    state = await asks(both, "fatma", lambda acting: queries.clearance(acting, key))
    assert (state.clear, state.last_return) == (True, "TB-2026-00002")


# --- several, and what falls out --------------------------------------------------------------------------
async def test_several_devices_are_one_act_and_a_damaged_one_falls_out(web: Stage) -> None:
    """Example 20, too: nothing of this file needs a messenger."""
    ayse, mehmet, kemal, fatma = (web.person(handle) for handle in ("ayse", "mehmet", "kemal", "fatma"))
    for person in (ayse, kemal, fatma):
        await person.says("/yardim")
    await in_depot(web)
    await records(web, "depo", who="fatma", kind="monitor", brand="Dell", model="P2422H", custody=DEPOT)
    await mehmet.says("/cihaz teslim d1 (şarj aleti, çanta), d2 Ayşe")
    await mehmet.presses("Emri iste")
    wanted = (await kemal.last("order_wanted")).text
    assert wanted == (
        "Depodan çıkış emri isteniyor (11/26): Dizüstü HP ProBook 450, D-00001; Monitör Dell P2422H, D-00002 → "
        "Ayşe Yılmaz, Mali Hizmetler. İsteyen: Mehmet K. · CE-2026-00001"
    )
    await kemal.presses("Çıksın")
    await mehmet.presses("Teslim et")
    asked = await ayse.last("handover_confirm")
    assert asked.text.splitlines()[:3] == [
        "Size 2 cihaz teslim ediliyor (TB-2026-00001):",
        "1. Dizüstü, HP ProBook 450 · D-00001 · seri 5CD8123A00 · şarj aleti, çanta",
        "2. Monitör, Dell P2422H · D-00002",
    ]
    await ayse.presses("Sorun var")
    await ayse.presses("Dell P2422H")
    await ayse.presses("Hasarlı")
    for person in (mehmet, fatma):
        assert texts(await person.sees(), "D-00002 için “Hasarlı” dedi")
    await ayse.presses_token(asked.buttons["Teslim aldım"])
    assert (await ayse.last()).text == "Bu teslim değişti; yeni listeyi onaylayın."
    await ayse.presses("Teslim aldım", on=await ayse.last("handover_confirm"))
    assert [await holder(web, 1), await holder(web, 2)] == ["ayse", None]


async def test_the_words_of_a_button_are_as_good_as_a_press(web: Stage) -> None:
    ayse, mehmet, kemal = web.person("ayse"), web.person("mehmet"), web.person("kemal")
    for person in (ayse, kemal):
        await person.says("/yardim")
    await in_depot(web)
    await mehmet.says("/cihaz teslim d1 Ayşe")
    await mehmet.says("emri iste")
    await kemal.says("Çıksın")
    await mehmet.says("teslim et")
    await ayse.says("sorun var")
    assert await holder(web) is None
    await ayse.says("iptal")
    await ayse.says("/zimmetim")
    await ayse.says("teslim aldım.")
    assert await holder(web) == "ayse"


async def test_who_stands_at_the_counter_reads_a_code_out(web: Stage) -> None:
    ayse, mehmet = web.person("ayse"), web.person("mehmet")
    await ayse.says("/yardim")
    await records(web, "depo", who="fatma", kind="dizustu", serial="S1")
    await mehmet.says("/cihaz teslim d1 Ayşe")
    await mehmet.presses("Yerinde onay")
    shown = (await ayse.last("handover_code")).text
    code = re.findall(r"\b\d{6}\b", shown)[0]
    assert code not in " ".join(one.text for one in await mehmet.sees())
    await mehmet.says("000000" if code != "000000" else "111111")
    assert "doğru değil" in (await mehmet.last()).text
    await mehmet.says(code)
    assert "yerinde kodla onaylandı" in (await mehmet.last()).text
    assert await holder(web) == "ayse"
    assert "Teslim aldınız" in (await ayse.last("handover_confirmed")).text


async def test_a_common_area_is_confirmed_by_its_keeper(web: Stage) -> None:
    ayse, mehmet = web.person("ayse"), web.person("mehmet")
    await ayse.says("/yardim")
    await records(web, "depo", who="fatma", brand="HP")
    await mehmet.says("/cihaz d1")
    await mehmet.presses("Teslim et")
    await mehmet.presses("Ortak kullanım")
    await mehmet.says("ortak Ayşe, 3. kat 305")
    asked = await ayse.last("handover_confirm")
    assert asked.text.startswith("Sorumlusu olduğunuz ortak alana 1 cihaz teslim ediliyor")
    await ayse.presses("Teslim aldım")
    found = (await device(web)).custody
    assert (found.kind, found.holder) == (CustodyKind.SHARED, None)
    assert found.keeper is not None


async def test_what_is_outside_is_signed_for_and_asked_back(web: Stage) -> None:
    mehmet, fatma = web.person("mehmet"), web.person("fatma")
    await fatma.says("/yardim")
    await records(web, "312", who="fatma", kind="projeksiyon", serial="S1")
    await mehmet.says("/cihaz d1")
    await mehmet.presses("Teslim et")
    await mehmet.presses("Dışarıya")
    await mehmet.says("Defne Bilişim")
    assert "En geç hangi gün geri gelecek?" in (await mehmet.last()).text
    await mehmet.says("Defne Bilişim, 4 Aralık")
    assert "dönüş 04.12.2026" in (await mehmet.last()).text
    await mehmet.presses("Kâğıt imzalandı")
    await mehmet.says("tamam imzaladı")
    assert "fotoğrafını ya da PDF'ini gönderin" in (await mehmet.last()).text
    await mehmet.says("", files={"tutanak.pdf": b"%PDF-1.4 x"})
    assert "İmzalı sayfa saklandı" in (await mehmet.last()).text
    assert (await device(web)).custody.kind is CustodyKind.AWAY

    def erases(uow: Any) -> tuple[int, bool]:
        """The page is of a paper that is kept; what else they sent goes."""
        person, now = uow.people.by_handle("mehmet"), web.clock.now()
        acting = Acting(desk=web.app.desk, uow=uow, now=now, person=person, channel="web", event_key="k")
        erased = personal_data.erase(acting)
        page = uow.handovers.by_number("TB-2026-00001").page
        return erased.files, uow.attachments.get(page) is not None

    await mehmet.says("", files={"baska.pdf": b"%PDF-1.4 y"})
    assert await web.app.gateway.write(erases) == (1, True)

    async def asked_back() -> int:
        return len(texts(await fatma.sees(), "D-00001 dışarıda, Defne Bilişim."))

    await web.tick(days=4, hours=2)
    assert await asked_back() == 0
    await web.tick(days=6)  # the working day before
    assert await asked_back() == 1
    await web.tick(hours=1)
    assert await asked_back() == 1
    await web.tick(days=4)
    assert texts(await fatma.sees(), "Dönüş günü geçti (04.12.2026, 3 gün)")
    await mehmet.presses("Geri al: D-00001")
    await mehmet.presses("Tam")
    await web.tick(days=7)
    assert await asked_back() == 2


async def test_nobody_confirms_for_ten_working_days(web: Stage) -> None:
    ayse, mehmet, fatma = web.person("ayse"), web.person("mehmet"), web.person("fatma")
    for person in (ayse, fatma):
        await person.says("/yardim")
    await records(web, "312", who="fatma", kind="dizustu", serial="S1")
    await mehmet.says("/cihaz teslim d1 Ayşe")
    await web.tick(days=3, hours=2)
    assert not texts(await fatma.sees(), "Kâğıtla imzalatın")
    await web.tick(days=11, minutes=1)
    for person in (mehmet, fatma):
        assert len(texts(await person.sees(), "10 iş günüdür onaylamadı. Kâğıtla imzalatın")) == 1
    await fatma.says("/cihaz teslimler")
    assert "TB-2026-00001 · Ayşe" in (await fatma.last()).text


# --- what counts as the order -----------------------------------------------------------------------------
async def test_where_the_signature_comes_first(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        stage.app.desk.depot_order = OrderMode.SIGNED_FIRST
        ayse, mehmet, kemal = stage.person("ayse"), stage.person("mehmet"), stage.person("kemal")
        for person in (ayse, kemal):
            await person.says("/yardim")
        await in_depot(stage)
        await mehmet.says("/cihaz teslim d1 Ayşe")
        await mehmet.presses("Emri iste")
        await kemal.presses("Çıksın")
        decided = await mehmet.last("order_decided")
        assert "İmzalı sayfa ya da EBYS numarası girilmeden cihaz çıkmaz" in decided.text
        await mehmet.presses("İmzayı gir")
        await mehmet.says("2026/1412")
        assert "imzalı (2026/1412); cihaz çıkabilir" in (await mehmet.last()).text
        await mehmet.presses("Teslim et")
        await ayse.presses("Teslim aldım")
        assert await holder(stage) == "ayse"
        require_sound(stage, tmp_path)


async def test_a_standing_order_is_written_in_the_chat(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        stage.app.desk.depot_order = OrderMode.STANDING
        ayse, mehmet, kemal = stage.person("ayse"), stage.person("mehmet"), stage.person("kemal")
        for person in (ayse, kemal):
            await person.says("/yardim")
        await in_depot(stage)
        for typed, said in (
            ("/cihaz emir dizüstü 1-31 Aralık", "EBYS numarasını da yazın"),
            ("/cihaz emir buzdolabı 1-31 Aralık EBYS 2026/1412", "“buzdolabı” diye bir cihaz türü yok"),
            ("/cihaz emir dizüstü EBYS 2026/1412", "günlerini yazın"),
        ):
            await kemal.says(typed)
            assert said in (await kemal.last()).text
        await kemal.says("/cihaz emir dizüstü, monitör 20 Kasım - 31 Aralık EBYS 2026/1412")
        assert "Toplu emir yazıldı (2026/1412): Dizüstü, Monitör" in (await kemal.last()).text
        await mehmet.says("/cihaz teslim d1 Ayşe")
        await ayse.presses("Teslim aldım")
        assert await holder(stage) == "ayse"
        await kemal.presses("Bitir")
        assert "bitti" in (await kemal.last()).text
        require_sound(stage, tmp_path)


async def test_each_morning_the_director_hears_whose_page_is_not_signed(web: Stage) -> None:
    mehmet, kemal = web.person("mehmet"), web.person("kemal")
    await kemal.says("/yardim")
    await in_depot(web)
    await mehmet.says("/cihaz teslim d1 Ayşe")
    await mehmet.presses("Emri iste")
    await kemal.presses("Çıkmasın")
    await kemal.says("Önce sayım bitsin")
    assert "Neden: Önce sayım bitsin" in (await mehmet.last()).text
    await mehmet.says("/cihaz teslim d1 Ayşe")
    await mehmet.presses("Emri iste")
    await kemal.presses("Çıksın")
    assert not texts(await kemal.sees(), "İmza bekleyen")
    await web.tick(days=1, hours=2)
    told = await kemal.last("orders_unsigned")
    assert "23.11.2026: 1 emir" in told.text
    for _ in range(2):
        await kemal.presses_token(told.buttons["İmzalandı: 23.11.2026"])
        assert "23.11.2026 emirleri imzalandı" in (await kemal.last()).text
    await web.tick(days=1)
    assert len(texts(await kemal.sees(), "İmza bekleyen")) == 1


# --- lost -------------------------------------------------------------------------------------------------
async def test_a_lost_laptop_is_a_security_matter_and_may_be_found(web: Stage) -> None:
    ayse, kemal = web.person("ayse"), web.person("kemal")
    await kemal.says("/yardim")
    await zimmet(web, "ayse", 1)
    await ayse.says("/zimmetim")
    await ayse.presses("Devret, kayıp bildir")
    await ayse.presses("Kayıp bildir: D-00001")
    await ayse.presses("Kayıp")
    said = (await ayse.last("device_lost")).text
    assert "güvenlik kaydı açıldı (2026-000001)" in said
    assert texts(await kemal.sees(), "D-00001 (HP) kayıp bildirildi")
    assert (await web.ticket("2026-000001")).restricted
    await ayse.says("/zimmetim")
    assert "kayıp bildirildi" in (await ayse.last("own_devices")).text
    question = await kemal.last("breach_question")
    assert "D-00001 ile kişisel veri etkilenmiş olabilir mi?" in question.text
    await kemal.presses("Bilmiyorum")
    assert "6 saat sonra yeniden sorulacak" in (await kemal.last("breach_answered")).text
    await web.tick(hours=5, minutes=59)
    assert len([one for one in await kemal.sees() if one.kind == "breach_question"]) == 0
    await web.tick(minutes=1)
    again = await kemal.last("breach_question")
    for label in ("Evet", "Hayır"):
        await kemal.presses_token(again.buttons[label])
        told = (await kemal.last("breach_answered")).text
        assert "Kurula bildirim en geç 26.11.2026 12:00" in told, "what was said first stays"
    notes = await web.app.gateway.read(lambda uow: [one.text for one in uow.tickets.entries(1)])
    assert len([text for text in notes if "Evet. Kurula bildirim en geç 26.11.2026 12:00 (72 saat" in text]) == 1
    await web.tick(hours=7)
    assert not [one for one in await kemal.sees() if one.kind == "breach_question" and one.ref != again.ref]
    await ayse.presses("Bulundu")
    assert "kayıp sayılmıyor" in (await ayse.last("device_found")).text
    assert await holder(web) == "ayse"


async def begin(stage: Stage, typed: str) -> Actor:
    mehmet = stage.person("mehmet")
    await mehmet.says(typed)
    return mehmet


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/cihaz teslim", "Şöyle yazın: /cihaz teslim"),
        ("/cihaz teslim d1 Kimse Yokoğlu", "“Kimse Yokoğlu” adında kimse bulunamadı"),
        ("/cihaz teslim d1 ortak Kimse Yokoğlu", "adında kimse bulunamadı"),
        ("/cihaz teslim d1 dışarı Firma dün", "Dönüş günü bugünden önce"),
        ("/cihaz devret", "Şöyle yazın: /cihaz devret"),
        ("/cihaz devret d1 Ayşe", "tek bir kişinin zimmetinde değil"),
        ("/cihaz teslim d1", "kime teslim ediliyor?"),
        ("/ilisik Ayşe", "yetki"),
    ],
)
async def test_what_is_typed_wrong_is_answered_with_what_to_do(web: Stage, typed: str, said: str) -> None:
    await records(web, "312", who="fatma", serial="S1")
    assert said in (await (await begin(web, typed)).last()).text
